"""What the moment allows, and what cannot be at once: a person and a room are in one session at a time, with the way between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time

from accounts.models import User
from core.dates import day_in_words, weekday_in_words
from core.verdicts import Verdict, refuse, require
from core.words import counted, listed
from inspections.enums import OVER
from inspections.models import Inspection
from onsite import queries
from onsite.enums import NEEDS_NO_ROOM
from onsite.models import Room, Session
from onsite.queries import Day, Plan, Presence


def may_plan_session(inspection: Inspection, *, on: date) -> Verdict:
    """Sessions are planned from when the timetable is drawn until the last day on site."""
    days = queries.days_of(inspection)
    verdict = require(
        inspection.state not in OVER,
        f"The inspection of {inspection.area} is over, so nothing is planned on site any more.",
    ) & require(
        days,
        f"The inspection of {inspection.area} has no days on site yet. They are drawn when the partnership is notified.",
    )
    if not verdict:
        return verdict
    last = max(day.date for day in days.values())
    return require(
        on <= last,
        f"The last day on site was {day_in_words(last)}, so nothing is planned on site any more.",
    )


def may_change_session(session: Session, *, on: date) -> Verdict:
    """A session is changed until its day has gone by, and not once it is cancelled."""
    return is_planned(session) & has_not_gone_by(session, on=on)


def may_cancel_session(session: Session, *, on: date) -> Verdict:
    """A session is cancelled once, until its day has gone by."""
    return is_planned(session) & has_not_gone_by(session, on=on)


def may_add_room(inspection: Inspection, *, on: date) -> Verdict:
    """Rooms are added as long as sessions are planned."""
    return may_plan_session(inspection, on=on)


def may_change_room(room: Room, *, on: date) -> Verdict:
    """Rooms are changed as long as sessions are planned."""
    return may_plan_session(room.inspection, on=on)


def is_planned(session: Session) -> Verdict:
    """What is cancelled stays so: a new session takes its place."""
    return require(
        not session.is_cancelled,
        f"“{session}” was cancelled on {day_in_words(session.cancelled_at)} by {session.cancelled_by}. Plan a new session instead.",
    )


def has_not_gone_by(session: Session, *, on: date) -> Verdict:
    """A day that has gone by stays as it was planned. A session whose day is none any more can still be moved."""
    day = queries.days_of(session.inspection).get(session.day)
    return require(
        day is None or on <= day.date,
        f"“{session}” was on {weekday_in_words(day.date if day else on)}, which has gone by, so it stays as it was planned.",
    )


def name_is_free(inspection: Inspection, *, name: str, but: Room | None = None) -> Verdict:
    """Rooms of one inspection have names of their own, so that a name says which."""
    others = inspection.onsite_rooms.exclude(pk=but.pk) if but else inspection.onsite_rooms.all()
    return require(
        not others.filter(name__iexact=name).exists(),
        f"A room “{name}” is there already. Change that one, or give this one another name.",
        about="name",
    )


def is_a_day_to_come(days: dict[int, Day], *, day: int, on: date) -> Verdict:
    """A session is on one of the days on site, and on none that has gone by."""
    found = days.get(day)
    if found is None:
        return refuse(
            f"There is no day {day} on site: the inspection has {counted(len(days), 'day,days')} there. Choose one of them.",
            about="day",
        )
    return require(
        on <= found.date,
        f"Day {day} was {weekday_in_words(found.date)}, which has gone by. Choose a later one.",
        about="day",
    )


def hours_hold(begins: time, ends: time) -> Verdict:
    """A session ends after it begins, and lies between seven in the morning and nine in the evening."""
    first, last = queries.FIRST_HOUR, queries.LAST_HOUR
    return (
        require(
            begins < ends,
            f"It would end at {ends:%H:%M}, which is not after {begins:%H:%M}. Choose a later end.",
            about="ends",
        )
        & require(
            begins >= first,
            f"No session begins before {first:%H:%M}. Choose a later hour.",
            about="begins",
        )
        & require(
            ends <= last,
            f"No session ends after {last:%H:%M}. Choose an earlier end.",
            about="ends",
        )
    )


def is_somewhere(plan: Plan, inspection: Inspection) -> Verdict:
    """A session is in a room of this inspection; travel and time of the team need none."""
    return require(
        plan.room is not None or plan.kind in NEEDS_NO_ROOM,
        "Choose the room. Only travel and time of the team need none.",
        about="room",
    ) & require(
        plan.room is None or plan.room.inspection_id == inspection.pk,
        "Choose one of the rooms of this inspection, or add it first.",
        about="room",
    )


def everybody_is_there(plan: Plan, there: Presence, *, on: date) -> Verdict:
    """Who takes part has a part in the team on that day, and is not away."""
    found = _not_there(plan, there, on)
    return require(
        not found, f"{' '.join(found)} Choose another day, or somebody else.", about="people"
    )


def volunteers_are_not_alone(plan: Plan, there: Presence) -> Verdict:
    """A young inspection volunteer is never the only one of the team: somebody who is none is with them."""
    return require(
        any(not there.is_volunteer(one) for one in plan.people),
        "A young inspection volunteer is not on their own: choose somebody else of the team who is with them.",
        about="people",
    )


def room_is_free(plan: Plan, others: Iterable[Session]) -> Verdict:
    """A room holds one session at a time."""
    found = _in_the_room(plan, others)
    return require(
        not found, f"{' '.join(found)} Choose another room, or another hour.", about="room"
    )


def people_are_free(plan: Plan, others: Iterable[Session]) -> Verdict:
    """A person is in one session at a time, and has the time for the way from one room to the next."""
    found = _elsewhere(plan, others)
    return require(
        not found, f"{' '.join(found)} Choose another hour, or somebody else.", about="people"
    )


def plan_holds(
    plan: Plan, inspection: Inspection, others: Sequence[Session], there: Presence, *, on: date
) -> Verdict:
    """All of what a session needs, on its day and beside the ``others`` of that day."""
    days = queries.days_of(inspection)
    verdict = is_a_day_to_come(days, day=plan.day, on=on) & hours_hold(plan.begins, plan.ends)
    if not verdict:
        return verdict
    return (
        is_somewhere(plan, inspection)
        & everybody_is_there(plan, there, on=days[plan.day].date)
        & volunteers_are_not_alone(plan, there)
        & room_is_free(plan, others)
        & people_are_free(plan, others)
    )


def troubles(
    sessions: Iterable[Session], days: dict[int, Day], there: Presence
) -> dict[int, list[str]]:
    """What does not hold any more of sessions that are planned, by their number, in sentences.

    They held when they were planned. Since then the days may have moved, somebody may have gone or be away, or a room may be
    further than it was thought to be. The sessions come with everybody who takes part.
    """
    planned = [one for one in sessions if not one.is_cancelled]
    found: dict[int, list[str]] = {}
    for one in planned:
        plan, day = Plan.of(one), days.get(one.day)
        others = [other for other in planned if other.day == one.day and other.pk != one.pk]
        if day is None:
            said = ["Its day is no day on site any more."]
        else:
            said = [
                *_not_there(plan, there, day.date),
                *_in_the_room(plan, others),
                *_elsewhere(plan, others),
            ]
        if said:
            found[one.pk] = said
    return found


def _not_there(plan: Plan, there: Presence, on: date) -> list[str]:
    """A sentence for those who have no part that day, and one for those who are away."""
    gone = [one.name for one in _in_order(plan) if not there.has_part(one, on)]
    away = [one.name for one in _in_order(plan) if there.is_away(one, on)]
    day = weekday_in_words(on)
    sentences = []
    if gone:
        sentences.append(
            f"{listed(gone)} {'has' if len(gone) == 1 else 'have'} no part in the team on {day}."
        )
    if away:
        sentences.append(f"{listed(away)} {'is' if len(away) == 1 else 'are'} away on {day}.")
    return sentences


def _in_the_room(plan: Plan, others: Iterable[Session]) -> list[str]:
    if plan.room is None:
        return []
    return [
        f"{plan.room} is taken from {one.begins:%H:%M} to {one.ends:%H:%M} that day by “{one}”."
        for one in others
        if one.room_id == plan.room.pk and plan.gap_to(Plan.of(one)) < 0
    ]


def _elsewhere(plan: Plan, others: Iterable[Session]) -> list[str]:
    """A sentence for each session with which this one shares people, and that overlaps it or is too far."""
    sentences = []
    for session in others:
        other = Plan.of(session)
        both = [one.name for one in _in_order(plan) if one in other.people]
        if both:
            sentences += _clash(plan, other, f"{listed(both)} {'is' if len(both) == 1 else 'are'}")
    return sentences


def _clash(plan: Plan, other: Plan, who: str) -> list[str]:
    gap, way = plan.gap_to(other), plan.way_to(other)
    if gap >= way:
        return []
    where = f" in {other.room}" if other.room else ""
    sentence = (
        f"{who} at “{other.title}”{where} from {other.begins:%H:%M} to {other.ends:%H:%M} that day"
    )
    if gap < 0:
        return [f"{sentence}."]
    return [
        f"{sentence}, and the way to {plan.room} takes {counted(way, 'minute,minutes')}: "
        f"there {'is' if gap == 1 else 'are'} {gap} between."
    ]


def _in_order(plan: Plan) -> list[User]:
    return sorted(plan.people, key=lambda one: (one.name, one.pk))
