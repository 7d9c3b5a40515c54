"""Who is where on which days, across all inspections: on-site days, and days away.

Of an inspection that somebody does not work on, only its area, reference and dates are ever shown (R53). Everything is
asked for all people and inspections at once: the number of queries does not grow with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import INSPECTORATES
from accounts.models import User
from accounts.roles import TEAM_ROLES, Role
from core.workdays import monday_of
from inspections.enums import GOES_ON_SITE, NOT_YET_PUBLISHED, InspectionState, StepKind
from inspections.models import Area, Inspection, Leave, Membership, Method, Step
from inspections.queries.draft import draft_timetable, draft_timetables
from inspections.timetable import Entry, TimetableRefused

ENDS_WITH = "publication"  # the step that ends the span in which an inspection takes people


@dataclass(frozen=True, slots=True)
class Stay:
    """One inspection in the calendar: its on-site days, and the span from notification to publication."""

    pk: int | None
    reference: str  # none for a plan that is being made
    area: str
    days: tuple[date, ...]
    begins_on: date
    ends_on: date
    weeks: Mapping[date, int]  # the counted weeks with on-site days, by their Monday

    @property
    def place(self) -> str:
        """Area and reference: what others may read of it."""
        return f"{self.area} ({self.reference})" if self.reference else self.area

    def runs_beside(self, other: Stay) -> bool:
        """Whether both take people at the same time."""
        return self.begins_on <= other.ends_on and other.begins_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Part:
    """One person on one inspection, until a last day where there is one."""

    stay: Stay
    role: Role
    until: date | None

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which this person is on site for it; none for a role that stays at the desk."""
        if self.role not in GOES_ON_SITE:
            return ()
        return tuple(day for day in self.stay.days if self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Diary:
    """What is known of some people: their parts on inspections not yet published, and their days away."""

    parts: dict[int, list[Part]]
    leave: dict[int, list[Leave]]
    stays: dict[int, Stay] = field(default_factory=dict)  # of every inspection that was asked for

    def away(self, person: int, days: Iterable[date]) -> list[date]:
        """Of these days, those on which the person is away."""
        mine = self.leave.get(person, ())
        return [day for day in days if any(leave.covers(day) for leave in mine)]


def stays_of(inspections: Iterable[Inspection]) -> dict[int, Stay]:
    """The stay of each, by its number: from its own steps, or from the draft while it is a plan. At most five queries."""
    every = list(inspections)
    plans = [one for one in every if one.state == InspectionState.PLANNED]
    begun = [one for one in every if one.state != InspectionState.PLANNED]
    drafts = draft_timetables(plans)
    found = {one.pk: _stay_of_draft(one, drafts.get(one.pk, [])) for one in plans}
    return found | _stays_of_steps(begun)


def _stays_of_steps(begun: Sequence[Inspection]) -> dict[int, Stay]:
    days: dict[int, list[date]] = {one.pk: [] for one in begun}
    weeks: dict[int, dict[date, int]] = {one.pk: {} for one in begun}
    ends: dict[int, date] = {}
    if begun:
        rows = Step.objects.filter(inspection__in=begun).filter(
            Q(kind=StepKind.ONSITE) | Q(key=ENDS_WITH)
        )
        for pk, key, on_site, last, week in rows.order_by().values_list(
            "inspection_id", "key", "days", "ends_on", "week"
        ):
            days[pk] += [date.fromisoformat(day) for day in on_site]
            if on_site and week:
                weeks[pk][monday_of(date.fromisoformat(on_site[0]))] = week
            if key == ENDS_WITH:
                ends[pk] = last
    return {
        one.pk: _stay(one, days[one.pk], ends.get(one.pk), weeks=weeks[one.pk]) for one in begun
    }


def _stay_of_draft(plan: Inspection, draft: list[Entry]) -> Stay:
    days = [day for entry in draft for day in entry.days]
    ends = next((entry.ends_on for entry in draft if entry.key == ENDS_WITH), None)
    weeks = {monday_of(entry.starts_on): entry.week for entry in draft if entry.days and entry.week}
    return _stay(plan, days, ends, weeks=weeks)


def _stay(
    one: Inspection, days: Iterable[date], ends_on: date | None, *, weeks: Mapping[date, int]
) -> Stay:
    on_site = tuple(sorted(days))
    last = ends_on or max(on_site, default=one.week_one_date)
    return Stay(one.pk, one.reference, one.area.name, on_site, one.week_one_date, last, weeks)


def stay_of_plan(area: Area, method: Method, planned_for: date, *, plan: Inspection | None) -> Stay:
    """Where an inspection would stand if it were planned for this day; without days where its calendar has no room."""
    drawn = Inspection(area=area, method=method, planned_for=planned_for)
    if plan is not None:
        drawn.pk, drawn.reference = plan.pk, plan.reference
    try:
        return _stay_of_draft(drawn, draft_timetable(drawn))
    except TimetableRefused:
        return _stay_of_draft(drawn, [])


def taking_people() -> QuerySet[Inspection]:
    """The inspections that take people: planned or running, and not yet published."""
    return Inspection.objects.filter(state__in=NOT_YET_PUBLISHED).select_related("area", "method")


def diary_of(people: Collection[int], *, since: date, also: Iterable[Inspection] = ()) -> Diary:
    """The diary of these people from a day on, with the stays of ``also``. Three queries where all have begun, at most six."""
    every = {one.pk: one for one in also}
    if not people:
        return Diary({}, {}, stays_of(every.values()))
    held = list(
        Membership.objects.current()
        .filter(person__in=people, role__in=TEAM_ROLES, inspection__state__in=NOT_YET_PUBLISHED)
        .select_related("inspection__area", "inspection__method")
        .order_by("inspection__planned_for", "pk")
    )
    stays = stays_of(({one.inspection_id: one.inspection for one in held} | every).values())
    parts: dict[int, list[Part]] = {}
    for one in held:
        part = Part(stays[one.inspection_id], Role(one.role), one.until)
        parts.setdefault(one.person_id, []).append(part)
    leave: dict[int, list[Leave]] = {}
    for row in Leave.objects.from_day(since).filter(person__in=people):
        leave.setdefault(row.person_id, []).append(row)
    return Diary(parts, leave, stays)


def may_clash(inspections: Collection[Inspection], *, since: date) -> list[Membership]:
    """The team's parts on these, of the people who have days away or another inspection beside: one query.

    Where nobody has, nothing can clash, and nothing more need be asked.
    """
    beside = Membership.objects.current().filter(
        person=OuterRef("person"),
        role__in=TEAM_ROLES,
        inspection__state__in=NOT_YET_PUBLISHED,
    ).exclude(inspection=OuterRef("inspection"))  # fmt: skip
    return list(
        Membership.objects.current()
        .filter(inspection__in=[one.pk for one in inspections], role__in=TEAM_ROLES)
        .filter(
            Exists(Leave.objects.from_day(since).filter(person=OuterRef("person"))) | Exists(beside)
        )
        .select_related("person")
        .order_by("inspection_id", "named_at", "pk")
    )


def inspectors(*, agency: int | None = None) -> QuerySet[User]:
    """Everybody who can be named to a team, by name."""
    found = User.objects.filter(is_active=True, agency__kind__in=INSPECTORATES)
    return (found.filter(agency=agency) if agency else found).select_related("agency")
