"""Clashes of people across inspections: sentences that warn and never stop, since only people know how to resolve one.

The limits are ours (ADR 8): the published method does not say how many inspections somebody can be on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from accounts.models import User
from accounts.roles import TEAM_ROLES, Role
from core.dates import days_in_words
from core.words import listed, number
from core.workdays import monday_of
from inspections import queries
from inspections.enums import AT_MEETINGS, StepKind, most_at_once
from inspections.models import Area, Inspection, Leave, Membership, Method, Step
from inspections.queries.diary import Diary, Part, Stay


class OfTeam(NamedTuple):
    """Somebody as they would be on the team."""

    person: User
    role: Role
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """One clash, in the sentence that everybody who plans the team reads. ``on`` is its first day."""

    person: int | None
    sentence: str
    on: date


def clashes(stay: Stay, team: Iterable[OfTeam], diary: Diary, *, since: date) -> list[Clash]:
    """What clashes for these people on this inspection from a day on: by person, on site first, then away, then too many."""
    found: list[Clash] = []
    for one in team:
        others = _others(diary, one.person, stay)
        days = [day for day in Part(stay, one.role, one.until).days if day >= since]
        found += _on_site(one.person, days, others)
        found += _away(one.person, days, diary)
        found += _too_many(one, stay, others, since=since)
    return found


def _others(diary: Diary, person: User, stay: Stay) -> list[Part]:
    """The person's parts on other inspections, each inspection once."""
    found: dict[int | None, Part] = {}
    for part in diary.parts.get(person.pk, ()):
        if part.stay.pk != stay.pk and (part.stay.pk not in found or part.days):
            found[part.stay.pk] = part
    return list(found.values())


def _on_site(
    person: User, days: Collection[date], others: Iterable[Part], *, same_day: bool = False
) -> list[Clash]:
    """One week on site is for one inspection; with ``same_day``, only the days themselves clash."""
    weeks = {monday_of(day) for day in days}
    found = []
    for part in others:
        there = [day for day in part.days if (day in days if same_day else monday_of(day) in weeks)]
        if there:
            found.append(
                Clash(
                    person.pk,
                    f"{person.name} is on site in {part.stay.place} on {days_in_words(there)}.",
                    there[0],
                )
            )
    return found


def _away(person: User, days: Collection[date], diary: Diary) -> list[Clash]:
    """Nobody is on site while they are away. Why they are is not known."""
    away = diary.away(person.pk, days)
    if not away:
        return []
    return [Clash(person.pk, f"{person.name} is away on {days_in_words(away)}.", away[0])]


def _too_many(one: OfTeam, stay: Stay, others: Iterable[Part], *, since: date) -> list[Clash]:
    """More inspections at once than we advise."""
    beside = [part.stay for part in others if part.stay.runs_beside(stay)]
    most = most_at_once(one.role)
    if len(beside) < most:
        return []
    names = listed([other.place for other in beside])
    role = one.role.label.lower()
    return [
        Clash(
            one.person.pk,
            f"{one.person.name} works on {number(len(beside) + 1)} inspections at once: this one and {names}. "
            f"More than {number(most)} is too many for {'an' if role[0] in 'aeiou' else 'a'} {role}.",
            max(since, stay.begins_on, min(other.begins_on for other in beside)),
        )
    ]


# ---------- What a deed would bring about ----------


def clashes_of_naming(
    inspection: Inspection, *, person: User, role: Role, until: date | None, on: date
) -> list[Clash]:
    """What would clash if this person were named in this role."""
    diary = queries.diary_of([person.pk], since=on, also=[inspection])
    stay = diary.stays[inspection.pk]
    return clashes(stay, [OfTeam(person, role, until)], diary, since=on)


def clashes_of_team(inspection: Inspection, *, on: date) -> list[Clash]:
    """What clashes for the present team from today on."""
    return clashes_of_teams([inspection], on=on).get(inspection.pk, [])


def clashes_of_teams(inspections: Collection[Inspection], *, on: date) -> dict[int, list[Clash]]:
    """The same of several at once: one query where nobody is away or on another inspection, at most a dozen otherwise."""
    held = queries.may_clash(inspections, since=on) if inspections else []
    if not held:
        return {}
    teams: dict[int, list[OfTeam]] = {}
    for one in held:
        teams.setdefault(one.inspection_id, []).append(_of_team(one))
    also = [one for one in inspections if one.pk in teams]
    diary = queries.diary_of({one.person_id for one in held}, since=on, also=also)
    return {pk: clashes(diary.stays[pk], team, diary, since=on) for pk, team in teams.items()}


def _of_team(held: Membership) -> OfTeam:
    return OfTeam(held.person, Role(held.role), held.until)


def _team(inspection: Inspection) -> list[OfTeam]:
    held = Membership.objects.current().filter(inspection=inspection, role__in=TEAM_ROLES)
    return [_of_team(one) for one in held.select_related("person")]


def clashes_of_replanning(plan: queries.Plan, *, on: date) -> list[Clash]:
    """What would clash if this were released: for all who go on site with on-site days, for lead and depute with a meeting."""
    moved = [one for one in plan.moved if one.step.kind in (StepKind.ONSITE, StepKind.MEETING)]
    if not moved:
        return []
    inspection = plan.inspection
    team = _team(inspection)
    since = min(on, *(one.stand.starts_on for one in moved))
    diary = queries.diary_of({one.person.pk for one in team}, since=since)
    found: list[Clash] = []
    for one in moved:
        days = one.stand.days or (one.stand.starts_on,)
        stay = Stay(
            inspection.pk, "", inspection.area.name, days, inspection.week_one_date, days[-1], {}
        )
        found += _of_moved(one.step, stay, team, diary)
    return list(dict.fromkeys(found))


def _of_moved(step: Step, stay: Stay, team: list[OfTeam], diary: Diary) -> list[Clash]:
    found: list[Clash] = []
    for one in team:
        others = _others(diary, one.person, stay)
        if step.kind == StepKind.ONSITE:
            theirs = Part(stay, one.role, one.until).days
            found += _on_site(one.person, theirs, others)
            found += _away(one.person, theirs, diary)
        elif one.role in AT_MEETINGS:
            found += _on_site(one.person, stay.days, others, same_day=True)
            found += _away(one.person, stay.days, diary)
    return found


def clashes_of_plan(
    area: Area, *, method: Method, planned_for: date, plan: Inspection | None = None, on: date
) -> list[Clash]:
    """What would clash if the inspection were planned for this day: its team, and who else is on site in its weeks."""
    stay = queries.stay_of_plan(area, method, planned_for, plan=plan)
    team = _team(plan) if plan is not None else []
    people = {one.person.pk for one in team}
    diary = queries.diary_of(people, since=on, also=queries.taking_people())
    weeks = {monday_of(day) for day in stay.days}
    found = clashes(stay, team, diary, since=on)
    for pk, other in diary.stays.items():
        there = [day for day in other.days if monday_of(day) in weeks]
        if there and pk != stay.pk:
            found.append(
                Clash(
                    None,
                    f"{other.place} is on site in the same weeks, on {days_in_words(there)}.",
                    there[0],
                )
            )
    return found


def clashes_of_leave(leave: Leave, *, on: date) -> list[Clash]:
    """The on-site days that somebody's days away fall on, by inspection."""
    diary = queries.diary_of([leave.person_id], since=on)
    found = []
    for part in diary.parts.get(leave.person_id, ()):
        there = [day for day in part.days if leave.covers(day) and day >= on]
        if there:
            found.append(
                Clash(
                    leave.person_id,
                    f"{part.stay.place} is on site on {days_in_words(there)}.",
                    there[0],
                )
            )
    return found
