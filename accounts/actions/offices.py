"""Giving and ending offices of the programme, and inviting somebody to one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import emails, permissions, queries, rules
from accounts.actions.accounts import account_of_invited
from accounts.actions.people import lock_person
from accounts.models import Agency, Office, OfficeInvitation, User
from accounts.roles import Role
from audit.models import Event
from audit.record import record
from core.jobs import enqueue


@transaction.atomic
def give_office(person: User, *, role: Role, by: User, at: datetime) -> Office:
    """The person holds the office from now on."""
    person = lock_person(person)
    permissions.can_give_office(by, person).enforce()
    rules.may_give_office(person, role=role).enforce()
    office = Office.objects.create(person=person, role=role)
    event = record(
        "accounts.office_given",
        by=by,
        at=at,
        subject=person,
        person=person.name,
        role=rules.words_of(role),
    )
    _ask_to_tell(event)
    return office


@transaction.atomic
def end_office(office: Office, *, by: User, at: datetime) -> None:
    """The office ends now; what was done in it stays on record. Of two managers who end each other's, one stays."""
    list(Office.objects.select_for_update().order_by("pk"))  # few rows; all, so that one waits
    office = Office.objects.select_related("person").get(pk=office.pk)
    permissions.can_end_office(by, office).enforce()
    role = Role(office.role)
    office.delete()
    record(
        "accounts.office_ended",
        by=by,
        at=at,
        subject=office.person,
        person=office.person.name,
        role=rules.words_of(role),
    )


@transaction.atomic
def invite_office_holder(
    *,
    email: str,
    name: str,
    designation: str,
    agency: Agency,
    role: Role,
    by: User,
    at: datetime,
) -> OfficeInvitation:
    """An invitation is open for 28 days and its link is on the way. The link's secret is kept only as a hash."""
    permissions.can_invite_office_holder(by).enforce()
    Agency.objects.select_for_update().get(
        pk=agency.pk
    )  # of two clicks at once, the second sees the first
    email = email.strip().lower()
    rules.may_invite_office_holder(email=email, name=name, role=role, agency=agency).enforce()
    invitation = OfficeInvitation(
        email=email,
        name=name,
        designation=designation,
        agency=agency,
        role=role,
        invited_at=at,
        invited_by=by,
    )
    secret = invitation.renew(at=at)
    invitation.save()
    emails.office_holder_invited(invitation, secret=secret)
    event = _record("accounts.office_holder_invited", invitation, by=by, at=at)
    _ask_to_tell(event)
    return invitation


@transaction.atomic
def resend_office_invitation(
    invitation: OfficeInvitation, *, by: User, at: datetime
) -> OfficeInvitation:
    """A new link is on the way, good for 28 days; the old one no longer opens."""
    invitation = OfficeInvitation.objects.select_for_update().get(pk=invitation.pk)
    permissions.can_resend_office_invitation(by, invitation).enforce()
    secret = invitation.renew(at=at)
    invitation.save(update_fields=["secret_hash", "expires_at"])
    emails.office_holder_invited(invitation, secret=secret)
    _record("accounts.office_invitation_resent", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def withdraw_office_invitation(
    invitation: OfficeInvitation, *, by: User, at: datetime
) -> OfficeInvitation:
    """The link no longer opens; its page says that it was withdrawn, and when."""
    invitation = OfficeInvitation.objects.select_for_update().get(pk=invitation.pk)
    permissions.can_withdraw_office_invitation(by, invitation).enforce()
    invitation.withdrawn_at, invitation.withdrawn_by = at, by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("accounts.office_invitation_withdrawn", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def accept_office_invitation(
    invitation: OfficeInvitation, *, person: User | None, password: str | None, at: datetime
) -> Office:
    """The person holds the office. Somebody without an account gets one, with the password they chose."""
    invitation = (
        OfficeInvitation.objects.select_for_update(of=("self",))
        .select_related("agency", "invited_by")
        .get(pk=invitation.pk)
    )
    rules.may_accept_office_invitation(invitation, now=at).enforce()
    person = account_of_invited(invitation, person=person, password=password, at=at)
    office = Office.objects.create(person=person, role=invitation.role)
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    emails.office_taken_by_link(invitation)
    event = record(
        "accounts.office_invitation_accepted",
        by=person,
        at=at,
        subject=person,
        role=rules.words_of(Role(invitation.role)),
    )
    _ask_to_tell(event)
    return office


def _ask_to_tell(event: Event) -> None:
    """After this deed, by which somebody comes to an office of the programme, the others who hold one are told."""
    enqueue(
        "accounts.tell_of_office", key=f"office:{event.number}", now=event.at, event=event.number
    )


def tell_of_office(event: Event) -> list[User]:
    """The programme managers and the service managers get a letter with what the record says, so that nobody comes to an office
    unseen. Not those who did it or whom it is about. Safe to repeat: one a person.
    """
    invited = None
    if event.subject_type == OfficeInvitation._meta.label_lower:
        invited = OfficeInvitation.objects.get(pk=event.subject_id)
    person = event.subject_id if invited is None else ""
    holders = queries.office_holders(Role.PROGRAMME_MANAGER, Role.SERVICE_MANAGER)
    readers = [one for one in holders if one.pk != event.by_id and str(one.pk) != person]
    for reader in readers:
        emails.office_changed(event, to=reader, email=invited.email if invited else "")
    return readers


def _record(event: str, invitation: OfficeInvitation, *, by: User, at: datetime) -> Event:
    return record(
        event,
        by=by,
        at=at,
        subject=invitation,
        person=invitation.name,
        role=rules.words_of(Role(invitation.role)),
    )
