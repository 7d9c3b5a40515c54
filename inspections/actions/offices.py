"""Handing over an office, and naming stand-ins for it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions.people import lock_person
from accounts.models import User
from accounts.roles import Role
from audit.record import record
from core.dates import day_in_words
from inspections import permissions, queries, rules
from inspections.actions.declarations import ask_to_declare
from inspections.actions.notices import (
    ask_to_tell_of_office,
    ask_to_tell_of_stand_in,
    ask_to_tell_of_team,
)
from inspections.actions.team import end_lapsed_parts, lock_part
from inspections.models import Membership, StandIn


@transaction.atomic
def hand_over_office(membership: Membership, *, to: User, by: User, at: datetime) -> Membership:
    """The office is with another person, from the moment at which the old part ends; nothing lies between.

    What waits for the office waits for its new holder, and a stand-in who was named by the old one is one no longer. All of
    them are told, and on the partnership's side those who answer for it.
    """
    to = lock_person(to)
    membership = lock_part(membership)
    permissions.can_hand_over_office(by, membership, on=timezone.localdate(at)).enforce()
    rules.may_hand_over_office(membership, to=to, on=timezone.localdate(at)).enforce()
    rules.somebody_else_names(by=by, person=to).enforce()
    end_lapsed_parts(membership.inspection, at=at)
    stand_ins = queries.stand_ins_of(membership)
    membership.ended_at, membership.ended_by = at, by
    membership.save(update_fields=["ended_at", "ended_by"])
    new = Membership.objects.create(
        inspection=membership.inspection,
        person=to,
        role=membership.role,
        until=membership.until,
        named_at=at,
        named_by=by,
    )
    event = record(
        "inspections.office_handed_over",
        by=by,
        at=at,
        subject=new,
        inspection=membership.inspection,
        role=Role(membership.role).label.lower(),
        before=membership.person.name,
        after=to.name,
        besides=queries.ends_with_office(stand_ins),
    )
    ask_to_declare(
        membership.inspection, person=to, role=Role(membership.role), key=f"named:{new.pk}"
    )
    ask_to_tell_of_team(event, role=Role(membership.role))
    ask_to_tell_of_office(new, before=membership.person, stand_ins=stand_ins, doer=by)
    return new


@transaction.atomic
def name_stand_in(
    membership: Membership,
    *,
    person: User,
    starts_on: date,
    until: date | None,
    by: User,
    at: datetime,
) -> StandIn:
    """From that day the person may do what the holder of the office may, and the record says for whom they act.

    Who stands in for one of the team declares their interests first. They are told, and so is the holder; on the partnership's
    side also those who answer for it.
    """
    person = lock_person(person)
    membership = lock_part(membership)
    permissions.can_name_stand_in(by, membership, on=timezone.localdate(at)).enforce()
    rules.may_name_stand_in(
        membership, person=person, starts_on=starts_on, until=until, on=timezone.localdate(at)
    ).enforce()
    rules.somebody_else_names(by=by, person=person).enforce()
    stand_in = StandIn.objects.create(
        membership=membership,
        person=person,
        starts_on=starts_on,
        until=until,
        named_at=at,
        named_by=by,
    )
    event = record(
        "inspections.stand_in_named",
        by=by,
        at=at,
        subject=stand_in,
        inspection=membership.inspection,
        person=person.name,
        role=Role(membership.role).label.lower(),
        holder=membership.person.name,
        days=f"from {day_in_words(starts_on)}" + (f" until {day_in_words(until)}" if until else ""),
    )
    ask_to_declare(
        membership.inspection,
        person=person,
        role=Role(membership.role),
        key=f"stand-in:{stand_in.pk}",
        starts_on=starts_on if starts_on > timezone.localdate(at) else None,
    )
    ask_to_tell_of_team(event, role=Role(membership.role))
    ask_to_tell_of_stand_in(stand_in)
    return stand_in


@transaction.atomic
def end_stand_in(stand_in: StandIn, *, by: User, at: datetime) -> StandIn:
    """The person stands in no longer; what they did stays theirs."""
    membership = lock_part(stand_in.membership)
    stand_in = (
        StandIn.objects.select_for_update(of=("self",)).select_related("person").get(pk=stand_in.pk)
    )
    stand_in.membership = membership
    permissions.can_end_stand_in(by, stand_in).enforce()
    stand_in.ended_at, stand_in.ended_by = at, by
    stand_in.save(update_fields=["ended_at", "ended_by"])
    record(
        "inspections.stand_in_ended",
        by=by,
        at=at,
        subject=stand_in,
        inspection=stand_in.membership.inspection,
        person=stand_in.person.name,
        role=Role(stand_in.membership.role).label.lower(),
        holder=stand_in.membership.person.name,
    )
    return stand_in
