"""Inviting somebody to work on an inspection, and their joining."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions.accounts import open_account
from accounts.models import Agency, User
from accounts.roles import Role
from audit.record import record
from core.verdicts import Verdict, require
from inspections import emails, rules
from inspections.actions.team import end_lapsed_parts
from inspections.models import Inspection, Invitation, Membership
from inspections.models.invitation import LASTS, hash_of


@transaction.atomic
def invite_person(
    inspection: Inspection,
    *,
    email: str,
    name: str,
    designation: str,
    agency: Agency,
    role: Role,
    until: date | None,
    by: User,
    at: datetime,
    takes_over: Membership | None = None,
) -> Invitation:
    """An invitation is open for 28 days and its link is on the way (R15). The link's secret is kept only as a hash.

    With ``takes_over`` an office is handed over: whoever holds it keeps it until the invitation is accepted.
    """
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    email = email.strip().lower()
    rules.may_invite_person(
        inspection, role=role, email=email, name=name, agency=agency, takes_over=takes_over
    ).enforce()
    rules.may_last_until(inspection, role=role, until=until, on=timezone.localdate(at)).enforce()
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        inspection=inspection,
        email=email,
        name=name,
        designation=designation,
        agency=agency,
        role=role,
        until=until,
        takes_over=takes_over,
        secret_hash=hash_of(secret),
        invited_at=at,
        invited_by=by,
        expires_at=at + LASTS,
    )
    emails.person_invited(invitation, secret=secret)
    _record("inspections.person_invited", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """A new link is on the way, good for 28 days; the old one no longer opens."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("inspection")
        .get(pk=invitation.pk)
    )
    rules.may_resend_invitation(invitation).enforce()
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash, invitation.expires_at = hash_of(secret), at + LASTS
    invitation.save()
    emails.person_invited(invitation, secret=secret)
    _record("inspections.invitation_resent", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def withdraw_invitation(
    invitation: Invitation, *, reason: str, by: User, at: datetime
) -> Invitation:
    """The link, and a code that was read out, open nothing any more; the link says so. The person can be invited anew."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("inspection")
        .get(pk=invitation.pk)
    )
    rules.may_withdraw_invitation(invitation).enforce()
    invitation.withdrawn_at, invitation.withdrawn_by = at, by
    invitation.withdrawal_reason = reason
    invitation.save()
    because = f", because: “{reason}”" if reason else ""
    record(
        "inspections.invitation_withdrawn",
        by=by,
        at=at,
        subject=invitation,
        inspection=invitation.inspection,
        person=invitation.name,
        role=Role(invitation.role).label.lower(),
        because=because,
    )
    return invitation


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, person: User | None, password: str | None, at: datetime
) -> Membership:
    """The person works on the inspection. Somebody without an account gets one, with the password they chose."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("inspection", "agency", "takes_over__person")
        .get(pk=invitation.pk)
    )
    invitation.inspection = Inspection.objects.select_for_update().get(pk=invitation.inspection_id)
    rules.may_accept_invitation(invitation, now=at).enforce()
    _is_for(invitation, person).enforce()
    end_lapsed_parts(invitation.inspection, at=at)
    person = person or open_account(
        email=invitation.email,
        name=invitation.name,
        designation=invitation.designation,
        agency=invitation.agency,
        password=password or "",
        at=at,
    )
    before = invitation.takes_over
    if before and before.ended_at is None:
        before.ended_at, before.ended_by = at, invitation.invited_by
        before.save()
    membership = Membership.objects.create(
        inspection=invitation.inspection,
        person=person,
        role=invitation.role,
        until=invitation.until,
        named_at=at,
        named_by=invitation.invited_by,
    )
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save()
    record(
        "inspections.invitation_accepted",
        by=person,
        at=at,
        subject=invitation,
        inspection=invitation.inspection,
        role=Role(invitation.role).label.lower()
        + (f", taking over from {before.person.name}" if before else ""),
    )
    return membership


def _is_for(invitation: Invitation, person: User | None) -> Verdict:
    """An invitation is for the person whose address it was sent to, and for nobody who has the link besides."""
    return require(
        person is None or person.email == invitation.email,
        f"This invitation is for {invitation.email}.",
    )


def _record(event: str, invitation: Invitation, *, by: User, at: datetime) -> None:
    record(
        event,
        by=by,
        at=at,
        subject=invitation,
        inspection=invitation.inspection,
        person=invitation.name,
        role=Role(invitation.role).label.lower(),
    )
