"""Naming the team, and ending somebody's part in it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions.people import lock_person
from accounts.models import User, system_user
from accounts.roles import Role
from accounts.ties import tell_of_gaps
from audit.record import record
from core.dates import day_in_words
from inspections import permissions, rules
from inspections.actions.declarations import ask_to_declare
from inspections.actions.notices import ask_to_tell_of_team
from inspections.models import Inspection, Membership


def lock_part(membership: Membership) -> Membership:
    """The part as it is now, its inspection locked first: every deed on a part waits for the one before, and sees it."""
    inspection = Inspection.objects.select_for_update().get(pk=membership.inspection_id)
    found = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=membership.pk)
    )
    found.inspection = inspection
    return found


@transaction.atomic
def name_team_member(
    inspection: Inspection, *, person: User, role: Role, until: date | None, by: User, at: datetime
) -> Membership:
    """The person holds the role from now on, and sees the inspection once they have declared their interests (R3).

    They are told so, and so are the lead and the service managers. Parts that ran out are ended first.
    """
    person = lock_person(person)
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    today = timezone.localdate(at)
    permissions.can_name_team_member(by, inspection).enforce()
    rules.may_name_team_member(inspection, role=role, person=person).enforce()
    rules.somebody_else_names(by=by, person=person).enforce()
    rules.may_last_until(inspection, role=role, until=until, on=today).enforce()
    end_lapsed_parts(inspection, at=at)
    membership = Membership.objects.create(
        inspection=inspection, person=person, role=role, until=until, named_at=at, named_by=by
    )
    event = record(
        "inspections.team_member_named",
        by=by,
        at=at,
        subject=membership,
        inspection=inspection,
        person=person.name,
        role=role.label.lower(),
    )
    ask_to_declare(inspection, person=person, role=role, key=f"named:{membership.pk}")
    ask_to_tell_of_team(event, role=role)
    return membership


def end_lapsed_parts(inspection: Inspection, *, at: datetime) -> None:
    """Parts whose last day has gone by are ended in the rows too, so that a successor fits in before the clock comes by."""
    for membership in Membership.objects.lapsed(timezone.localdate(at)).filter(
        inspection=inspection
    ):
        end_lapsed_part(membership, at=at)


@transaction.atomic
def end_lapsed_part(membership: Membership, *, at: datetime) -> Membership:
    """A part whose last day has gone by is over since that day's end, and the record says so. Safe to repeat."""
    membership = lock_part(membership)
    if membership.ended_at or not membership.until or membership.until >= timezone.localdate(at):
        return membership
    end = datetime.combine(membership.until + timedelta(days=1), time())
    membership.ended_at, membership.ended_by = timezone.make_aware(end), system_user()
    membership.save(update_fields=["ended_at", "ended_by"])
    record(
        "inspections.part_lapsed",
        by=system_user(),
        at=at,
        subject=membership,
        inspection=membership.inspection,
        person=membership.person.name,
        role=Role(membership.role).label.lower(),
        until=in_words(membership.until),
    )
    return membership


@transaction.atomic
def change_last_day(
    membership: Membership, *, until: date | None, reason: str, by: User, at: datetime
) -> Membership:
    """Access lasts until the end of that day, or of the inspection. The person is told again a week before."""
    membership = lock_part(membership)
    on = timezone.localdate(at)
    permissions.can_change_last_day(by, membership, on=on).enforce()
    rules.somebody_else_sets_last_day(membership, by=by).enforce()
    rules.may_change_last_day(membership, until=until, on=on).enforce()
    before, membership.until, membership.told_at = membership.until, until, None
    membership.save(update_fields=["until", "told_at"])
    record(
        "inspections.last_day_changed",
        by=by,
        at=at,
        subject=membership,
        inspection=membership.inspection,
        person=membership.person.name,
        role=Role(membership.role).label.lower(),
        before=in_words(before),
        after=in_words(until),
        reason=reason,
    )
    return membership


def in_words(until: date | None) -> str:
    """A last day as the record says it."""
    return day_in_words(until) if until else "the end of the inspection"


@transaction.atomic
def end_team_member(membership: Membership, *, by: User, at: datetime) -> Membership:
    """The person's part ends now; what they did stays theirs, and who has to fill what nobody is left to do is told."""
    membership = lock_part(membership)
    permissions.can_end_team_member(by, membership).enforce()
    membership.ended_at, membership.ended_by = at, by
    membership.save(update_fields=["ended_at", "ended_by"])
    record(
        "inspections.team_member_ended",
        by=by,
        at=at,
        subject=membership,
        inspection=membership.inspection,
        person=membership.person.name,
        role=Role(membership.role).label.lower(),
    )
    tell_of_gaps(membership.person, at=at)
    return membership
