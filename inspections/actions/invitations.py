"""Inviting somebody to work on an inspection, and their joining."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions.accounts import account_of_invited
from accounts.actions.people import lock_person
from accounts.models import Agency, User
from accounts.roles import Role
from audit.models import Event
from audit.record import record
from inspections import emails, permissions, queries, rules
from inspections.actions.joined import ask_to_confirm
from inspections.actions.notices import ask_to_tell_of_office, ask_to_tell_of_team
from inspections.actions.team import end_lapsed_parts, lock_part
from inspections.models import Inspection, Invitation, Membership


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

    With ``takes_over`` an office is handed over, by whoever may hand it over at once: its holder keeps it until the
    invitation is accepted.
    """
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    today = timezone.localdate(at)
    if takes_over:
        takes_over = lock_part(takes_over)
        rules.may_hand_over_by_invitation(
            takes_over, inspection=inspection, role=role, on=today
        ).enforce()
        permissions.can_hand_over_office(by, takes_over, on=today).enforce()
    else:
        permissions.can_invite_person(by, inspection, role=role).enforce()
    email = email.strip().lower()
    rules.may_invite_person(
        inspection, role=role, email=email, name=name, agency=agency, takes_over=takes_over
    ).enforce()
    rules.somebody_else_names(by=by, person=User.objects.filter(email=email).first()).enforce()
    rules.may_last_until(inspection, role=role, until=until, on=today).enforce()
    invitation = Invitation(
        inspection=inspection,
        email=email,
        name=name,
        designation=designation,
        agency=agency,
        role=role,
        until=until,
        takes_over=takes_over,
        invited_at=at,
        invited_by=by,
    )
    secret = invitation.renew(at=at)
    invitation.save()
    emails.person_invited(invitation, secret=secret)
    event = _record("inspections.person_invited", invitation, by=by, at=at)
    ask_to_tell_of_team(event, role=Role(role))
    return invitation


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """A new link is on the way, good for 28 days; the old one no longer opens."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("inspection")
        .get(pk=invitation.pk)
    )
    permissions.can_resend_invitation(by, invitation).enforce()
    secret = invitation.renew(at=at)
    invitation.save(update_fields=["secret_hash", "expires_at"])
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
    permissions.can_withdraw_invitation(by, invitation).enforce()
    invitation.withdrawn_at, invitation.withdrawn_by = at, by
    invitation.withdrawal_reason = reason
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
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
    invitation: Invitation,
    *,
    person: User | None,
    password: str | None,
    at: datetime,
    by_code: bool = False,
) -> Membership:
    """The person works on the inspection. Somebody without an account gets one, with the password they chose.

    ``by_code``: a code that was read out opened the page, and no letter did. So a new address is not proved yet, and
    whoever reads its letters is told, with a link that proves it and whom to tell if it was not them. Until then the part opens
    nothing, but for roles that see nothing of others (``OPENS_UNPROVED``), unless a second person confirms that they know them.
    Whoever is invited is told of a link too: a letter may have been sent on.

    The inspection is locked before the part that ends is read, as by every deed that ends or changes a part: whatever one
    of them did meanwhile is seen here, and stays.
    """
    person = lock_person(person) if person else None
    inspection = Inspection.objects.select_for_update().get(pk=invitation.inspection_id)
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("agency", "takes_over__person")
        .get(pk=invitation.pk)
    )
    invitation.inspection = inspection
    rules.may_accept_invitation(invitation, now=at).enforce()
    end_lapsed_parts(inspection, at=at)
    person = account_of_invited(
        invitation, person=person, password=password, at=at, address_is_proved=not by_code
    )
    before = lock_part(invitation.takes_over) if invitation.takes_over else None
    stand_ins = queries.stand_ins_of(before) if before else []
    if before and before.ended_at is None:
        before.ended_at, before.ended_by = at, invitation.invited_by
        before.save(update_fields=["ended_at", "ended_by"])
    membership = Membership.objects.create(
        inspection=invitation.inspection,
        person=person,
        role=invitation.role,
        until=invitation.until,
        named_at=at,
        named_by=invitation.invited_by,
    )
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    if by_code:
        emails.joined_by_code(invitation, membership=membership)
        ask_to_confirm(membership, at=at)
    else:
        emails.joined_by_link(invitation, person=person)
    record(
        "inspections.invitation_accepted",
        by=person,
        at=at,
        subject=invitation,
        inspection=invitation.inspection,
        role=_role_in_words(invitation)
        + (", by a code that was read out" if by_code else "")
        + queries.ends_with_office(stand_ins),
    )
    if before:
        ask_to_tell_of_office(membership, before=before.person, stand_ins=stand_ins, doer=person)
    return membership


def _role_in_words(invitation: Invitation) -> str:
    """The role as the record says it, and from whom it is taken over."""
    before = invitation.takes_over
    taking_over = f", taking over from {before.person.name}" if before else ""
    return Role(invitation.role).label.lower() + taking_over


def _record(event: str, invitation: Invitation, *, by: User, at: datetime) -> Event:
    return record(
        event,
        by=by,
        at=at,
        subject=invitation,
        inspection=invitation.inspection,
        person=invitation.name,
        role=_role_in_words(invitation),
    )
