"""What the clock tells people: about due dates, and about who comes onto the team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User, system_user
from accounts.roles import PARTNERSHIP_ROLES, TEAM_ROLES, Role
from audit.models import Event
from audit.record import record
from core.dates import day_in_words
from core.jobs import enqueue
from inspections import emails, queries
from inspections.enums import StepState
from inspections.models import (
    Inspection,
    Membership,
    NoticeKind,
    SharedInbox,
    StandIn,
    Step,
    StepNotice,
    TimetableVersion,
)


@transaction.atomic
def send_step_notice(step: Step, *, kind: NoticeKind, at: datetime) -> StepNotice | None:
    """Everybody whose move the step is gets the notice, once. None when it was sent before, or is not wanted any more."""
    step = (
        Step.objects.select_for_update(of=("self",))
        .select_related("inspection__area")
        .get(pk=step.pk)
    )
    if step.state != StepState.UPCOMING or queries.notice_for(step, timezone.localdate(at)) != kind:
        return None
    notice, is_new = StepNotice.objects.get_or_create(
        step=step, kind=kind, due_on=step.ends_on, defaults={"sent_at": at}
    )
    if not is_new:
        return None
    people = queries.owners_of(step)
    if kind == NoticeKind.OVERDUE:
        people = _with_lead(step, people)
    send = emails.step_overdue if kind == NoticeKind.OVERDUE else emails.step_due
    readers: list[User | SharedInbox] = [*people, *queries.inboxes_beside(step.inspection, people)]
    for reader in readers:
        send(step, to=reader, today=timezone.localdate(at))
    record(
        "inspections.overdue_notice_sent"
        if kind == NoticeKind.OVERDUE
        else "inspections.reminder_sent",
        by=system_user(),
        at=at,
        subject=step,
        inspection=step.inspection,
        title=step.title,
        people="1 person" if len(people) == 1 else f"{len(people)} people",
    )
    return notice


@transaction.atomic
def tell_of_last_day(membership: Membership, *, at: datetime) -> Membership:
    """The person and the support officer are told that access ends within a week. Safe to repeat: once a last day."""
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("person", "inspection__area")
        .get(pk=membership.pk)
    )
    if membership.told_at or membership.ended_at or membership.until is None:
        return membership
    membership.told_at = at
    membership.save()
    officer = queries.contact(membership.inspection)
    people = {one.pk: one for one in (membership.person, officer) if one}
    for person in people.values():
        emails.last_day_near(membership, to=person, contact=officer)
    record(
        "inspections.last_day_told",
        by=system_user(),
        at=at,
        subject=membership,
        inspection=membership.inspection,
        person=membership.person.name,
        role=Role(membership.role).label.lower(),
        until=day_in_words(membership.until),
    )
    return membership


def tell_of_dates(version: TimetableVersion, *, at: datetime) -> list[User]:
    """Whoever a version concerns gets one letter with every date that it changed. Safe to repeat: one a person and version."""
    changes = list(version.changes.select_related("step"))
    owners = {change.step.owner for change in changes}
    people = queries.told_of_dates(version.inspection, owners, but=version.made_by_id)
    readers: list[User | SharedInbox] = [
        *people,
        *queries.inboxes_beside(version.inspection, people),
    ]
    for reader in readers:
        emails.dates_changed(version, changes, to=reader, at=at)
    return people


def ask_to_tell_of_team(event: Event, *, role: Role) -> None:
    """After this deed, by which somebody comes onto the team, those who answer for it are told."""
    if role in TEAM_ROLES:
        enqueue("inspections.tell_of_team", key=f"team:{event.number}", event=event.number)


def tell_of_team(event: Event, *, at: datetime) -> list[User]:
    """The lead, the service managers and whose office it is get a letter with what the record says, so that nobody comes onto
    the team unseen. Not those who did it or who were named. Safe to repeat: one a person.
    """
    newcomer = queries.newcomer_of(event)
    told = {
        one.pk: one for one in (*queries.told_of_team(newcomer.inspection), *newcomer.whose_office)
    }
    readers = [one for pk, one in told.items() if pk not in (event.by_id, newcomer.person_id)]
    for reader in readers:
        emails.team_changed(newcomer, to=reader, event=event, at=at)
    return readers


def ask_to_tell_of_office(
    part: Membership, *, before: User, stand_ins: list[StandIn], doer: User
) -> None:
    """After an office is handed over, all whose business that is are told."""
    enqueue(
        "inspections.tell_of_office",
        key=f"office:{part.pk}",
        part=part.pk,
        before=before.pk,
        stand_ins=",".join(str(one.pk) for one in stand_ins),
        doer=doer.pk,
    )


def tell_of_office(
    part: Membership, *, before: User, stand_ins: list[StandIn], doer: User
) -> list[User]:
    """Whose office it is now, whose it was, and whoever stood in for them get a letter each, and so do those who answer for the
    partnership. Not those who did it, nor who of the team reads it elsewhere (``tell_of_team``, ``ask_to_declare``). Safe to
    repeat: one a person.
    """
    inspection = part.inspection
    told = [part.person, *(one.person for one in stand_ins)]
    if part.role in PARTNERSHIP_ROLES:
        told += [before, *queries.told_of_offices(inspection)]
    readers = _once(told, but={doer.pk} | _asked_to_declare(inspection, part.person))
    contact = queries.contact(inspection)
    for reader in readers:
        ask = (reader == part.named_by and contact) or part.named_by
        emails.office_handed_over(
            part, to=reader, before=before, stand_ins=stand_ins, by=doer, ask=ask
        )
    return readers


def ask_to_tell_of_stand_in(stand_in: StandIn) -> None:
    """After somebody is named to stand in for the holder of an office, all whose business that is are told."""
    enqueue("inspections.tell_of_stand_in", key=f"stand-in:{stand_in.pk}", stand_in=stand_in.pk)


def tell_of_stand_in(stand_in: StandIn) -> list[User]:
    """Who stands in, and for whom, get a letter each, and so do those who answer for the partnership. Not those who did it, nor
    who of the team reads it elsewhere. Safe to repeat: one a person."""
    inspection = stand_in.membership.inspection
    told = [stand_in.person]
    if stand_in.membership.role in PARTNERSHIP_ROLES:
        told += [stand_in.membership.person, *queries.told_of_offices(inspection)]
    already = {stand_in.named_by_id} | _asked_to_declare(inspection, stand_in.person)
    readers = _once(told, but=already)
    for reader in readers:
        emails.stand_in_named(stand_in, to=reader)
    return readers


def _asked_to_declare(inspection: Inspection, person: User) -> set[int]:
    """The person, where the letter that asks them to declare their interests tells them of their part too."""
    closed = Membership.objects.closed_to(person).filter(inspection=inspection)
    return {person.pk} if closed.exists() else set()


def _once(people: list[User], *, but: set[int]) -> list[User]:
    """Each person once, as they came, but for those."""
    return [person for pk, person in {one.pk: one for one in people}.items() if pk not in but]


def _with_lead(step: Step, people: list[User]) -> list[User]:
    """What is late is the lead's business too (R23)."""
    known = {person.pk for person in people}
    leads = queries.holders_of(step.inspection, *queries.OWNER_ROLES["lead"])
    return people + [lead for lead in leads if lead.pk not in known]
