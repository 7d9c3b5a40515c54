"""What this app posts, besides the notification letter."""

from __future__ import annotations

from datetime import date, datetime

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import SECOND_FACTOR, Role
from audit.models import Event
from audit.narrate import narrate
from core.mail import post
from core.workdays import working_days_after
from inspections import queries
from inspections.models import (
    DateChange,
    Declaration,
    Inspection,
    Invitation,
    Membership,
    SharedInbox,
    StandIn,
    Step,
    TimetableVersion,
)
from inspections.queries import Newcomer


def person_invited(invitation: Invitation, *, secret: str) -> None:
    """The link to join, in words that are not kept. A new link (sent again) is a new letter; the same link is one."""
    post(
        template="inspections/person_invited",
        to=invitation.email,
        context={
            "invitation": invitation,
            "role": Role(invitation.role).label.lower(),
            "has_account": User.objects.filter(email=invitation.email).exists(),
            "second_proof": settings.SECOND_FACTOR_REQUIRED and invitation.role in SECOND_FACTOR,
            "link": settings.SITE_URL + reverse("inspections:accept-invitation", args=[secret]),
        },
        key=f"invitation:{invitation.secret_hash[:40]}",
        subject_reference=invitation.inspection.reference,
        forget=True,
    )


def joined_by_code(invitation: Invitation, *, membership: Membership) -> None:
    """Somebody joined with this address and a code that was read out. Where the address is not proved, its link does that.

    Whom to tell if it was not they: somebody who had no hand in it, since who made the code could have typed it.
    """
    person = membership.person
    address = EmailAddress.objects.filter(user=person, email=person.email, verified=False).first()
    key = EmailConfirmationHMAC.create(address).key if address else ""
    post(
        template="inspections/joined_by_code",
        to=invitation.email,
        context={
            "invitation": invitation,
            "role": Role(invitation.role).label.lower(),
            "to_tell": queries.can_be_asked_to_confirm(membership)[:2],
            "made_by": invitation.code.made_by,
            "reset_link": settings.SITE_URL + reverse("account_reset_password"),
            "link": settings.SITE_URL + reverse("account_confirm_email", args=[key]) if key else "",
        },
        key=f"joined-by-code:{invitation.pk}",
        subject_reference=invitation.inspection.reference,
        forget=True,
    )


def asked_to_confirm(membership: Membership, *, to: User) -> None:
    """Somebody joined by a code and waits; whoever may know them is asked to confirm it, or to raise the alarm. One a person."""
    post(
        template="inspections/asked_to_confirm",
        to=to.email,
        context={
            "membership": membership,
            "inspection": membership.inspection,
            "role": Role(membership.role).label.lower(),
            "to": to,
            "link": settings.SITE_URL
            + reverse(
                "inspections:confirm-joined",
                args=[membership.inspection.reference, membership.pk],
            ),
        },
        key=f"asked-to-confirm:{membership.pk}:{to.pk}",
        subject_reference=membership.inspection.reference,
    )


def joined_by_link(invitation: Invitation, *, person: User) -> None:
    """Somebody joined with the link that was sent to this address, which may have been sent on. One an invitation."""
    contact = queries.contact(invitation.inspection)
    post(
        template="inspections/joined_by_link",
        to=invitation.email,
        context={
            "invitation": invitation,
            "role": Role(invitation.role).label.lower(),
            "ask": contact if contact and contact != person else invitation.invited_by,
            "reset_link": settings.SITE_URL + reverse("account_reset_password"),
            "link": _link_of(invitation.inspection),
        },
        key=f"joined-by-link:{invitation.pk}",
        subject_reference=invitation.inspection.reference,
    )


def step_due(step: Step, *, to: User | SharedInbox, today: date) -> None:
    """A reminder that a due date is near. One a person, step and day."""
    _about(
        step,
        "inspections/step_due",
        to=to,
        key=f"due:{step.pk}:{step.ends_on}:{today}:{_key(to)}",
        today=today,
    )


def step_overdue(step: Step, *, to: User | SharedInbox, today: date) -> None:
    """Notice that a due date has gone by. One a person, step and due date."""
    _about(
        step,
        "inspections/step_overdue",
        to=to,
        key=f"overdue:{step.pk}:{step.ends_on}:{_key(to)}",
        today=today,
    )


def last_day_near(membership: Membership, *, to: User, contact: User | None) -> None:
    """Notice that somebody's access ends within a week. One a person and last day."""
    post(
        template="inspections/last_day_near",
        to=to.email,
        context={
            "membership": membership,
            "role": Role(membership.role).label.lower(),
            "to": to,
            "is_own": to == membership.person,
            "contact": contact,
            "link": settings.SITE_URL
            + reverse("inspections:team", args=[membership.inspection.reference]),
        },
        key=f"last-day:{membership.pk}:{membership.until}:{to.pk}",
        subject_reference=membership.inspection.reference,
    )


def asked_to_declare(
    inspection: Inspection, *, to: User, role: Role, key: str, starts_on: date | None = None
) -> None:
    """Somebody is on the team, or stands in there from a day on, and the inspection opens once they have declared their interests."""
    post(
        template="inspections/asked_to_declare",
        to=to.email,
        context={
            "inspection": inspection,
            "role": role.label.lower(),
            "to": to,
            "starts_on": starts_on,
            "link": _link("declare-interest", inspection),
        },
        key=f"declare:{key}",
        subject_reference=inspection.reference,
    )


def team_changed(newcomer: Newcomer, *, to: User, event: Event, at: datetime) -> None:
    """Notice that somebody comes onto the team, and by whom, as the record has it. One a person and deed."""
    post(
        template="inspections/team_changed",
        to=to.email,
        context={
            "inspection": newcomer.inspection,
            "newcomer": newcomer,
            "sentence": narrate(event),
            "to": to,
            "at": event.at,
            "by": event.by_name,
            "link": _link("team", newcomer.inspection),
        },
        key=f"team:{event.number}:{to.pk}",
        subject_reference=newcomer.inspection.reference,
        now=at,
    )


def office_handed_over(
    part: Membership, *, to: User, before: User, stand_ins: list[StandIn], by: User, ask: User
) -> None:
    """Notice that an office has another holder, in the words of each who reads it. One a person and part."""
    post(
        template="inspections/office_handed_over",
        to=to.email,
        context={
            "inspection": part.inspection,
            "part": part,
            "role": Role(part.role).label.lower(),
            "to": to,
            "before": before,
            "stand_ins": stand_ins,
            "is_new": to == part.person,
            "is_former": to == before,
            "stood_in": to in [one.person for one in stand_ins],
            "by": by,
            "ask": ask,
            "link": _link_of(part.inspection),
        },
        key=f"office:{part.pk}:{to.pk}",
        subject_reference=part.inspection.reference,
    )


def stand_in_named(stand_in: StandIn, *, to: User) -> None:
    """Notice that somebody stands in for the holder of an office, and from when to when. One a person and stand-in."""
    inspection = stand_in.membership.inspection
    post(
        template="inspections/stand_in_named",
        to=to.email,
        context={
            "inspection": inspection,
            "stand_in": stand_in,
            "holder": stand_in.membership.person,
            "role": Role(stand_in.membership.role).label.lower(),
            "to": to,
            "is_new": to == stand_in.person,
            "is_holder": to == stand_in.membership.person,
            "last_day": stand_in.last_day,
            "by": stand_in.named_by,
            "link": _link_of(inspection),
        },
        key=f"stand-in-named:{stand_in.pk}:{to.pk}",
        subject_reference=inspection.reference,
    )


def interest_declared(declaration: Declaration, *, to: User) -> None:
    """Somebody declared something. What it is stands in no letter."""
    post(
        template="inspections/interest_declared",
        to=to.email,
        context={
            "declaration": declaration,
            "inspection": declaration.inspection,
            "to": to,
            "link": settings.SITE_URL
            + reverse(
                "inspections:decide-interest",
                args=[declaration.inspection.reference, declaration.pk],
            ),
        },
        key=f"interest-declared:{declaration.pk}:{to.pk}",
        subject_reference=declaration.inspection.reference,
    )


def interest_decided(declaration: Declaration) -> None:
    """What was declared is decided on. What was decided stands in no letter."""
    post(
        template="inspections/interest_decided",
        to=declaration.person.email,
        context={
            "declaration": declaration,
            "inspection": declaration.inspection,
            "link": _link("declare-interest", declaration.inspection),
        },
        key=f"interest-decided:{declaration.pk}",
        subject_reference=declaration.inspection.reference,
    )


def _link(page: str, inspection: Inspection) -> str:
    return settings.SITE_URL + reverse(f"inspections:{page}", args=[inspection.reference])


def _link_of(inspection: Inspection) -> str:
    return settings.SITE_URL + inspection.get_absolute_url()


def dates_changed(
    version: TimetableVersion, changes: list[DateChange], *, to: User | SharedInbox, at: datetime
) -> None:
    """Notice that dates of the timetable have changed, which, and why. One a person and version."""
    post(
        template="inspections/dates_changed",
        to=to.email,
        context={
            "inspection": version.inspection,
            "version": version,
            "changes": changes,
            "to": to,
            "link": settings.SITE_URL
            + reverse(
                "inspections:timetable-version",
                args=[version.inspection.reference, version.number],
            ),
        },
        key=f"dates:{version.pk}:{_key(to)}",
        subject_reference=version.inspection.reference,
        at_once=_is_near(changes, today=timezone.localdate(at)),
        now=at,
    )


LAST_DAYS = 2  # of a due date: its reminder goes at once
NEAR = 5  # working days


def _is_near(changes: list[DateChange], *, today: date) -> bool:
    """Whether a date that falls, or fell, within five working days moves: whoever works with it cannot wait for the morning."""
    last = working_days_after(today, NEAR)
    days = [day for one in changes for day in (one.stood_from_on, one.starts_on, one.ends_on)]
    return any(day is not None and today <= day <= last for day in days)


def _about(step: Step, template: str, *, to: User | SharedInbox, key: str, today: date) -> None:
    post(
        template=template,
        to=to.email,
        context={
            "step": step,
            "to": to,
            "days": (step.ends_on - today).days,
            "link": settings.SITE_URL + step.inspection.get_absolute_url(),
        },
        key=key,
        subject_reference=step.inspection.reference,
        at_once=(step.ends_on - today).days <= LAST_DAYS,
    )


def _key(to: User | SharedInbox) -> str:
    """What tells one reader from another in the key of a letter: numbers of people and of inboxes overlap."""
    return f"inbox-{to.pk}" if isinstance(to, SharedInbox) else str(to.pk)
