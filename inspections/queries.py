"""What one page needs from several models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from accounts.enums import INSPECTORATES
from accounts.models import Agency, User
from accounts.roles import PARTNERSHIP_ROLES, TEAM_ROLES, Role
from audit.models import Event, EventQuerySet
from audit.narrate import narrate
from core.memo import asked_once
from core.pictures.calendar import OnSiteDay, Tracker, TrackerMeeting, TrackerPhase, TrackerWeek
from core.pictures.timetable_chart import ChartItem, ChartLane, TimetableChart
from core.workdays import public_holidays
from inspections import school_holidays, timetable
from inspections.enums import PHASE_TITLES, PHASE_WORDS, InspectionState, StepKind, StepState
from inspections.models import (
    Area,
    Inspection,
    Invitation,
    Membership,
    Method,
    MethodPhase,
    MethodStep,
    NoticeKind,
    SchoolHolidayWeek,
    Step,
)
from inspections.timetable import Entry

__all__ = ["Entry"]


def holiday_mondays(inspection: Inspection) -> dict[date, str]:
    """The area's school-holiday weeks, Monday to name. A page asks often; the database is asked once."""
    prefetch_related_objects([inspection.area], "school_holiday_weeks")
    return {week.monday: week.name for week in inspection.area.school_holiday_weeks.all()}


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The school-holiday weeks of an area in one school year, August to July."""

    name: str
    weeks: list[SchoolHolidayWeek]
    is_open: bool


def school_years(area: Area, today: date) -> list[SchoolYear]:
    """The school-holiday weeks by school year: this year and the next, open and there even when none is known; then later
    years, and those gone by with the newest first.
    """
    now, soon = (
        school_holidays.school_year_of(today),
        school_holidays.school_year_of(today + timedelta(days=365)),
    )
    by_year: dict[str, list[SchoolHolidayWeek]] = {now: [], soon: []}
    for week in area.school_holiday_weeks.all():
        by_year.setdefault(school_holidays.school_year_of(week.monday), []).append(week)
    years = [SchoolYear(name, by_year[name], name in (now, soon)) for name in sorted(by_year)]
    coming = [year for year in years if year.name >= now]
    return [*coming, *reversed(years[: -len(coming)])]


def agencies_to_invite_from(inspection: Inspection, *, roles: list[Role]) -> QuerySet[Agency]:
    """The agencies of the area that is inspected; for whoever also invites the team, the four inspectorates too."""
    wanted = Q(areas=inspection.area_id)
    if TEAM_ROLES & set(roles):
        wanted |= Q(kind__in=INSPECTORATES)
    return Agency.objects.filter(wanted).distinct().order_by("name")


def phases_of(method: Method) -> timetable.Phases:
    """First and last counted week of each phase, as the method's data says (R7). A page asks often; the database is asked once."""
    rows = asked_once(
        ("phases", method.pk), lambda: list(MethodPhase.objects.filter(method=method))
    )
    return {phase.number: (phase.first_week, phase.last_week) for phase in rows}


def method_of(inspection: Inspection) -> timetable.Method:
    """The method by which this inspection is timetabled, from its rows."""
    rows = [
        {
            "key": row.key,
            "phase": row.phase,
            "kind": row.kind,
            "week": str(row.week or ""),
            "weekday": row.weekday,
            "until_week": str(row.until_week or ""),
            "until_weekday": row.until_weekday,
            "after": row.after,
            "title": row.title,
            "owner": row.owner,
            "with": row.with_whom,
            "basis": row.basis,
        }
        for row in MethodStep.objects.filter(method=inspection.method)
    ]
    return timetable.parse_method(
        rows,
        phases=phases_of(inspection.method),
        key=inspection.method.key,
        title=inspection.method.title,
    )


def draft_timetable(inspection: Inspection) -> list[Entry]:
    """Every step of the method with its dates, for the notification date there is or is planned (R6 to R12)."""
    start = inspection.week_one_date
    return timetable.draw_timetable(
        method_of(inspection), start, holiday_mondays(inspection), _closed_days(start)
    )


def timetable_after(inspection: Inspection, key: str, day: date) -> list[Entry]:
    """The steps that the method reckons from the step ``key``, once it really was on ``day``."""
    start = inspection.week_one_date
    return timetable.draw_after(
        method_of(inspection), key, day, start, holiday_mondays(inspection), _closed_days(start)
    )


def _closed_days(start: date) -> dict[date, str]:
    return public_holidays(range(start.year, start.year + 4))


def last_onsite_year(area: Area, method: Method, start: date) -> int:
    """The year that a reference carries: the one in which the last on-site day falls."""
    planned = Inspection(area=area, method=method, planned_for=start)
    return max(day for entry in draft_timetable(planned) for day in entry.days).year


def calendar_weeks(inspection: Inspection, *, until: date) -> list[timetable.CountedWeek]:
    """Every calendar week from week 1, with its number or the name of its holiday."""
    return timetable.counted_weeks(inspection.week_one_date, holiday_mondays(inspection), until)


def week_of(inspection: Inspection, day: date) -> int | None:
    """The counted week of a day, or None before week 1 and in a school-holiday week."""
    return timetable.week_of(day, inspection.week_one_date, holiday_mondays(inspection))


def week_of_step(step: Step, day: date) -> int | None:
    """The counted week of a step on a day. After publication weeks are counted no more (R7)."""
    return None if step.phase == timetable.AFTER else week_of(step.inspection, day)


def week_of_entry(entry: Entry) -> int | None:
    """The counted week that a drawn step carries into the product: none after publication."""
    return None if entry.phase == timetable.AFTER else entry.week


def span(starts_on: date, ends_on: date) -> str:
    """One day or two, in words."""
    if starts_on == ends_on:
        return f"{starts_on:%A %-d %B %Y}"
    return f"{starts_on:%-d %B %Y} to {ends_on:%-d %B %Y}"


def days_between(step: Step, starts_on: date, ends_on: date) -> list[str]:
    """The on-site days of a moved step: as many working days as it had, from its new first day."""
    if step.kind != StepKind.ONSITE:
        return []
    days = [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
    return [day.isoformat() for day in days if day.weekday() < 5]


def calendar_of(inspection: Inspection) -> timetable.Weeks:
    """The inspection's calendar: its counted weeks, the area's school holidays and the public ones."""
    start = inspection.week_one_date
    closed = public_holidays(range(start.year, start.year + 4))
    return timetable.Weeks(start, holiday_mondays(inspection), closed)


def stands_of(inspection: Inspection) -> dict[str, timetable.Stand]:
    """Where each step of the inspection stands today, by its key."""
    return {
        step.key: timetable.Stand(
            step.key,
            step.starts_on,
            step.ends_on,
            tuple(date.fromisoformat(day) for day in step.days),
            timezone.localdate(step.done_at) if step.done_at else None,
            step.state == StepState.UPCOMING,
        )
        for step in Step.objects.filter(inspection=inspection)
    }


def stand_after_move(step: Step, starts_on: date, ends_on: date) -> timetable.Stand:
    """Where a step would stand if it moved to these dates."""
    days = tuple(date.fromisoformat(day) for day in days_between(step, starts_on, ends_on))
    return timetable.Stand(step.key, starts_on, ends_on, days)


@dataclass(frozen=True, slots=True)
class TiedStep:
    """A step that is tied to one that moves: how, where it stands, and where the method would then have it."""

    title: str
    words: str
    source: str
    stands: str
    reckoned: str


def tied_to(step: Step, starts_on: date, ends_on: date) -> list[TiedStep]:
    """The steps that are tied to this one by the rules or the method's data, if it moved to these dates."""
    method, weeks = method_of(step.inspection), calendar_of(step.inspection)
    stands = stands_of(step.inspection)
    stands[step.key] = stand_after_move(step, starts_on, ends_on)
    found = []
    for tie in timetable.ties_of(method, step.key):
        other, stand = method.step(tie.key), stands.get(tie.key)
        if other is None or stand is None:
            continue
        due = timetable.reckoned_from(method, weeks, stands, other)
        leans = step.key in other.leans_on
        found.append(
            TiedStep(
                other.title,
                tie.words,
                tie.source,
                ("done; it stood on " if not stand.is_open else "stands on ")
                + span(stand.starts_on, stand.ends_on),
                span(*due) if due and leans and due != (stand.starts_on, stand.ends_on) else "",
            )
        )
    return found


def told_of_move(inspection: Inspection, *, but: int | None) -> list[User]:
    """Who is told when a step moves: both co-ordinators and the team, but for the one who moves it."""
    coordinators = (Role.INSPECTION_COORDINATOR, Role.PARTICIPATION_COORDINATOR)
    people = holders_of(inspection, *coordinators, *(role for role in Role if role in TEAM_ROLES))
    return [person for person in people if person.pk != but]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an inspection is on a day, in the words of the pages."""

    week: int | None
    phase: str
    sentence: str


def plan_has_gone_by(inspection: Inspection, today: date) -> bool:
    """Whether the planned day of notification is over, and nobody was notified."""
    return inspection.state == InspectionState.PLANNED and inspection.planned_for < today


STATE_WORDS = {
    InspectionState.PLANNED: "Planned; the partnership has not been notified yet.",
    InspectionState.NOTIFIED: "notified; phase one is not open yet",
    InspectionState.PHASE_ONE: "phase one, preparation",
    InspectionState.PHASE_TWO: "phase two, on site",
    InspectionState.PHASE_THREE: "phase three, reporting",
    InspectionState.PUBLISHED: "The report is published.",
    InspectionState.FOLLOW_UP: "The report is published; improvement is under way.",
    InspectionState.CLOSED: "This inspection is closed.",
    InspectionState.WITHDRAWN: "Withdrawn: this inspection does not take place.",
}


def standing(inspection: Inspection, today: date) -> Standing:
    """The counted week, the phase and one sentence. A school-holiday week takes no number and says so."""
    words = STATE_WORDS[InspectionState(inspection.state)]
    if plan_has_gone_by(inspection, today):
        words = (
            f"Planned for {inspection.planned_for:%A %-d %B %Y}, which has gone by; "
            "the partnership has not been notified yet."
        )
    if words.endswith("."):
        return Standing(None, inspection.get_state_display(), words)
    week = week_of(inspection, today)
    if week is None:
        return Standing(
            None, inspection.get_state_display(), f"School holiday, not counted; {words}."
        )
    if week > inspection.method.weeks:
        return Standing(
            week, inspection.get_state_display(), f"Past week {inspection.method.weeks}; {words}."
        )
    return Standing(
        week, inspection.get_state_display(), f"Week {week} of {inspection.method.weeks}; {words}."
    )


def next_step(inspection: Inspection, today: date) -> Step | None:
    """The meeting, due date or on-site block that comes next."""
    return (
        inspection.steps.open()
        .filter(starts_on__gte=today, kind__in=[StepKind.MEETING, StepKind.DUE, StepKind.ONSITE])
        .first()
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One office to fill on one side, and who holds it."""

    role: Role
    holders: list[Membership]


def people_of(inspection: Inspection) -> tuple[list[Place], list[Place]]:
    """Who works on the inspection today: the team's roles, then the partnership's, each in the order of the roles."""
    current = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .select_related("person__agency")
        .order_by("named_at")
    )
    by_role: dict[str, list[Membership]] = {}
    for membership in current:
        by_role.setdefault(membership.role, []).append(membership)
    team = [Place(role, by_role.get(role, [])) for role in Role if role in TEAM_ROLES]
    partnership = [Place(role, by_role.get(role, [])) for role in Role if role in PARTNERSHIP_ROLES]
    return team, partnership


def open_invitations(inspection: Inspection) -> QuerySet[Invitation]:
    """Invitations sent and not used."""
    return inspection.invitations.filter(accepted_at__isnull=True).select_related(
        "agency", "invited_by"
    )


def contact(inspection: Inspection) -> User | None:
    """Whom the partnership rings: the support officer, else the lead."""
    people = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .in_role(Role.SUPPORT_OFFICER, Role.INSPECTION_LEAD)
        .select_related("person")
    )
    by_role = {m.role: m.person for m in people}
    return by_role.get(Role.SUPPORT_OFFICER) or by_role.get(Role.INSPECTION_LEAD)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about one inspection."""

    inspection: Inspection
    person: User


def contacts_of(person: User) -> list[Contact]:
    """Whom this person asks, for each inspection they work on today: the support officer, else the lead. One query."""
    mine = Membership.objects.current().filter(person=person).values("inspection_id")
    asked = (
        Membership.objects.current()
        .filter(inspection__in=mine)
        .in_role(Role.SUPPORT_OFFICER, Role.INSPECTION_LEAD)
        .select_related("person", "inspection__area")
        .order_by("inspection__reference", "pk")
    )
    found: dict[int, Membership] = {}
    for one in asked:
        if one.inspection_id not in found or one.role == Role.SUPPORT_OFFICER:
            found[one.inspection_id] = one
    return [Contact(one.inspection, one.person) for one in found.values()]


def holders_of(inspection: Inspection, *roles: Role) -> list[User]:
    """The people who hold any of these roles today, each once."""
    people = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .in_role(*roles)
        .select_related("person")
    )
    return list({m.person_id: m.person for m in people}.values())


OWNER_ROLES: dict[str, tuple[Role, ...]] = {
    "lead": (Role.INSPECTION_LEAD, Role.DEPUTE),
    "support officer": (Role.SUPPORT_OFFICER,),
    "participation lead": (Role.PARTICIPATION_LEAD,),
    "team": (Role.INSPECTION_LEAD, Role.DEPUTE),
    "inspection co-ordinator": (Role.INSPECTION_COORDINATOR,),
    "partnership": (Role.INSPECTION_COORDINATOR,),
    "panel chair": (Role.INSPECTION_LEAD,),
    "communications": (Role.INSPECTION_LEAD,),
}


def owners_of(step: Step) -> list[User]:
    """Whose move a step is: the people who hold its owner's role today. Never nobody: the lead is told instead."""
    people = holders_of(step.inspection, *OWNER_ROLES.get(step.owner, (Role.INSPECTION_LEAD,)))
    return people or holders_of(step.inspection, Role.INSPECTION_LEAD, Role.SUPPORT_OFFICER)


OWNER_WORDS = {
    "lead": Role.INSPECTION_LEAD.label,
    "depute": Role.DEPUTE.label,
    "support officer": Role.SUPPORT_OFFICER.label,
    "participation lead": Role.PARTICIPATION_LEAD.label,
    "team": "Inspection team",
    "inspection co-ordinator": Role.INSPECTION_COORDINATOR.label,
    "partnership": "Partnership",
    "panel chair": Role.PANEL_CHAIR.label,
    "communications": "Communications",
}
KIND_WORDS: dict[str, str] = {
    StepKind.MILESTONE: "Milestone",
    StepKind.DUE: "Due date",
    StepKind.WINDOW: "Window of time",
    StepKind.MEETING: "Meeting",
    StepKind.ONSITE: "On-site days",
}


def owner_words(owner: str) -> str:
    """The full name of a step's owner: ``lead`` is the inspection lead."""
    return OWNER_WORDS.get(owner, owner.capitalize())


def programme(person: User, *, also_withdrawn: bool = False) -> QuerySet[Inspection]:
    """The inspections this person sees, with what a list needs, in three queries whatever their number.

    A plan that was withdrawn stands in the programme and nowhere else.
    """
    found = Inspection.objects.visible_to(person)
    return (
        (found if also_withdrawn else found.exclude(state=InspectionState.WITHDRAWN))
        .select_related("area", "method")
        .prefetch_related(
            Prefetch("area__school_holiday_weeks"),
            Prefetch(
                "memberships",
                queryset=Membership.objects.current()
                .filter(role=Role.INSPECTION_LEAD)
                .select_related("person"),
                to_attr="leads",
            ),
        )
    )


def steps_to_notice(today: date) -> list[tuple[Step, NoticeKind]]:
    """Which due dates need which notice today, and have not had it (R18). Those after publication too (R50, R52).

    Driven by dates in the table: after an outage the nearest notice that still makes sense is sent, once. A step two days
    away that missed its week's notice gets the two days' one only; one gone by gets the overdue notice only.
    """
    near = (
        Step.objects.open()
        .filter(
            kind=StepKind.DUE,
            ends_on__lte=today + timedelta(days=7),
        )
        .select_related("inspection__area")
        .prefetch_related("notices")
        .order_by("pk")
    )
    wanted = ((step, notice_for(step, today)) for step in near)
    return [
        (step, kind)
        for step, kind in wanted
        if kind
        and not any(
            notice.kind == kind and notice.due_on == step.ends_on for notice in step.notices.all()
        )
    ]


def notice_for(step: Step, today: date) -> NoticeKind | None:
    """Which notice a due date needs on a day: none more than a week ahead."""
    left = (step.ends_on - today).days
    if left > 7:
        return None
    if left < 0:
        return NoticeKind.OVERDUE
    return NoticeKind.DAYS_BEFORE if left <= 2 else NoticeKind.WEEK_BEFORE


def steps_or_draft(inspection: Inspection) -> list[Step]:
    """The inspection's own steps in order of date; before notification, those that the method would give it.

    A plan that was withdrawn has none.
    """
    if inspection.state != InspectionState.PLANNED:
        return list(inspection.steps.all())
    owners = dict(inspection.method.steps.values_list("key", "owner"))
    return [
        Step(
            inspection=inspection,
            order=order,
            key=entry.key,
            title=entry.title,
            kind=entry.kind,
            phase=str(entry.phase),
            week=week_of_entry(entry),
            starts_on=entry.starts_on,
            ends_on=entry.ends_on,
            days=[day.isoformat() for day in entry.days],
            owner=owners[entry.key],
            note=entry.note,
        )
        for order, entry in enumerate(draft_timetable(inspection))
    ]


def coming_up_in_plan(steps: list[Step], today: date, *, count: int = 5) -> list[Step]:
    """The first dates of a plan that lie ahead, windows of work left out."""
    ahead = (step for step in steps if step.starts_on >= today and step.kind != StepKind.WINDOW)
    return list(ahead)[:count]


PLAN_WORDS = {
    "planned_for": "date of notification",
    "requested_on": "date of the ministerial request",
    "timetable_approved_on": "date on which Ministers approved the timetable",
}


def changes_of_plan(inspection: Inspection, **dates: date | None) -> list[str]:
    """What these dates change in the plan, each as words; nothing where they are those that it has."""
    return [
        f"{PLAN_WORDS[name]} from {_on_record(getattr(inspection, name))} to {_on_record(day)}"
        for name, day in dates.items()
        if getattr(inspection, name) != day
    ]


def _on_record(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "none"


def about_plan(inspection: Inspection) -> list[dict[str, str]]:
    """The dates of a plan, as questions and answers."""
    return [
        {
            "key": words[:1].upper() + words[1:],
            "value": f"{day:%A %-d %B %Y}" if day else "not on record",
        }
        for name, words in PLAN_WORDS.items()
        for day in [getattr(inspection, name)]
    ]


def holidays_not_known(inspection: Inspection) -> str:
    """The usual school holidays in the time of the inspection that its area's calendar lacks, in words; empty when none."""
    mondays = holiday_mondays(inspection)
    weeks = timetable.Weeks(inspection.week_one_date, mondays)
    last = weeks.monday(inspection.method.weeks) + timedelta(days=6)
    missing = school_holidays.holidays_not_known(mondays, weeks.first, last)
    return " and ".join(filter(None, [", ".join(missing[:-1]), *missing[-1:]]))


def about_step(step: Step) -> list[dict[str, str]]:
    """What there is to say of one step, as questions and answers."""
    days = ", ".join(f"{date.fromisoformat(day):%A %-d %B %Y}" for day in step.days)
    rows = [
        ("When", days or span(step.starts_on, step.ends_on)),
        ("Counted week", str(step.week) if step.week else _no_week(step)),
        ("Kind", KIND_WORDS[step.kind]),
        ("Whose move", owner_words(step.owner)),
        ("With", _with_words(step.with_whom)),
        ("Note", step.note),
        (
            "Done",
            f"{timezone.localtime(step.done_at):%-d %B %Y, %H:%M} by {step.done_by}"
            if step.done_at
            else "",
        ),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _no_week(step: Step) -> str:
    return "Not counted, after publication" if step.phase == timetable.AFTER else "Not counted"


def _with_words(with_whom: str) -> str:
    """``lead; service manager`` with full names of roles: ``Inspection lead; service manager``."""
    words = "; ".join(
        owner_words(one).lower() if one in OWNER_WORDS else one for one in with_whom.split("; ")
    )
    return words[:1].upper() + words[1:]


def code_and_title(title: str) -> tuple[str, str]:
    """``M2 Emerging themes: records and surveys`` as code and short title; the code is empty where there is none."""
    short = title.partition(":")[0]
    first, _, rest = short.partition(" ")
    return (first, rest) if rest and len(first) == 2 and first[1].isdigit() else ("", short)


def tracker(inspection: Inspection, steps: list[Step], today: date) -> Tracker:
    """The data of the phase tracker: every calendar week to the last counted one, phases, meetings and on-site days."""
    mondays = holiday_mondays(inspection)
    numbers = timetable.Weeks(inspection.week_one_date, mondays)
    waits = inspection.notified_on is None and numbers.first <= today
    last = numbers.monday(inspection.method.weeks)
    weeks = timetable.counted_weeks(inspection.week_one_date, mondays, last)
    return Tracker(
        name=inspection.area.name,
        weeks=[TrackerWeek(week.number, week.monday, week.holiday_name) for week in weeks],
        phases=[
            TrackerPhase(
                PHASE_TITLES[str(phase)], PHASE_WORDS[str(phase)].capitalize(), first, last
            )
            for phase, (first, last) in phases_of(inspection.method).items()
        ],
        today=numbers.first - timedelta(days=1) if waits else today,
        waits=waits,
        meetings=[_meeting(step, inspection) for step in steps if _is_partnership_meeting(step)],
        onsite=_onsite(steps),
    )


def _is_partnership_meeting(step: Step) -> bool:
    return step.kind == StepKind.MEETING and code_and_title(step.title)[0].startswith("M")


def _meeting(step: Step, inspection: Inspection) -> TrackerMeeting:
    code, title = code_and_title(step.title)
    held = step.state == StepState.DONE
    return TrackerMeeting(
        code, title, step.starts_on, step.week, "held" if held else "planned", held
    )


def _onsite(steps: list[Step]) -> list[OnSiteDay]:
    """The on-site days; those of one step, or that stand together, carry one label, even where a holiday parts them."""
    days = sorted(
        (date.fromisoformat(day), step.key)
        for step in steps
        if step.kind == StepKind.ONSITE
        for day in step.days
    )
    groups: list[list[tuple[int, date, str]]] = []
    for number, (day, key) in enumerate(days, start=1):
        if groups and ((day - groups[-1][-1][1]).days <= 3 or key == groups[-1][-1][2]):
            groups[-1].append((number, day, key))
        else:
            groups.append([(number, day, key)])
    return [
        OnSiteDay(day, _numbers(group[0][0], group[-1][0]))
        for group in groups
        for _, day, _ in group
    ]


def _numbers(first: int, last: int) -> str:
    if first == last:
        return f"Day {first}"
    return f"Days {first} {'and' if last == first + 1 else 'to'} {last}"


LANES: tuple[tuple[str, frozenset[str]], ...] = (
    ("Meetings", frozenset({StepKind.MEETING})),
    ("Asked of the partnership", frozenset({StepKind.DUE})),
    ("Windows of work", frozenset({StepKind.WINDOW})),
    ("On site", frozenset({StepKind.ONSITE})),
    ("Moments", frozenset({StepKind.MILESTONE})),
)
SHAPES = {StepKind.WINDOW: "bar", StepKind.ONSITE: "days"}


def chart(inspection: Inspection, steps: list[Step], today: date) -> TimetableChart:
    """The timetable as a picture: a lane for each kind of step, as far as publication."""
    within = [step for step in steps if step.phase != timetable.AFTER]
    return TimetableChart(
        tracker(inspection, steps, today),
        [
            ChartLane(title, [_item(step) for step in within if step.kind in kinds])
            for title, kinds in LANES
        ],
    )


def _item(step: Step) -> ChartItem:
    code, title = code_and_title(step.title)
    shape = "end" if step.key == "publication" else SHAPES.get(StepKind(step.kind), "mark")
    days = tuple(date.fromisoformat(day) for day in step.days)
    return ChartItem(f"{code} {title}".strip(), step.starts_on, step.ends_on, shape, days)


@dataclass(frozen=True, slots=True)
class WeekOfSteps:
    """One calendar week of the list: counted or a holiday, and what begins in it."""

    number: int | None
    monday: date
    words: str
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class PhaseOfWeeks:
    """One phase of the list, with the weeks in which something begins and the holidays between."""

    title: str
    subtitle: str
    weeks: list[WeekOfSteps]
    is_current: bool


def weeks_by_phase(inspection: Inspection, steps: list[Step], today: date) -> list[PhaseOfWeeks]:
    """The timetable as a list: phases, their weeks, and each week's steps. Weeks without steps are left out."""
    last = max((step.ends_on for step in steps if step.phase != timetable.AFTER), default=today)
    now = today if inspection.notified_on else inspection.week_one_date  # a plan opens at its start
    weeks = calendar_weeks(inspection, until=last)
    found = []
    for phase, (first_week, last_week) in phases_of(inspection.method).items():
        first, final = _edge(weeks, first_week), _edge(weeks, last_week)
        here = [step for step in steps if step.phase == str(phase)]
        rows = [_week_row(week, here) for week in weeks if first <= week.monday <= final]
        found.append(
            PhaseOfWeeks(
                PHASE_TITLES[str(phase)],
                f"{PHASE_WORDS[str(phase)]}: weeks {first_week} to {last_week}",
                [row for row in rows if row.steps or row.number is None],
                first <= timetable.monday_of(now) <= final,
            )
        )
    after = [
        WeekOfSteps(
            None, timetable.monday_of(step.starts_on), PHASE_TITLES[timetable.AFTER], [step]
        )
        for step in steps
        if step.phase == timetable.AFTER
    ]
    return [
        *found,
        PhaseOfWeeks(PHASE_TITLES[timetable.AFTER], "what follows", after, now > last),
    ]


def _edge(weeks: list[timetable.CountedWeek], number: int) -> date:
    return next((week.monday for week in weeks if week.number == number), weeks[-1].monday)


def _week_row(week: timetable.CountedWeek, steps: list[Step]) -> WeekOfSteps:
    end = week.monday + timedelta(days=6)
    return WeekOfSteps(
        week.number,
        week.monday,
        f"Week {week.number}" if week.number else "School holiday",
        [step for step in steps if week.monday <= step.starts_on <= end],
    )


def addressees_digest(inspection: Inspection) -> str:
    """What the five addressees say now, as 64 hexadecimal digits: a page carries it, and a save is based on it."""
    rows = inspection.addressees.order_by("order").values_list(
        "office", "name", "email", "postal_address"
    )
    return sha256("\0".join("\0".join(row) for row in rows).encode()).hexdigest()


# ---------- The log ----------


@dataclass(frozen=True, slots=True)
class LogChoices:
    """By what the log of one inspection can be filtered: what was done here, and by whom, each with how often."""

    what: list[tuple[str, str]]
    who: list[tuple[str, str]]
    total: int


def log_choices(inspection: Inspection) -> LogChoices:
    """Only what the log holds is offered. One query."""
    rows = (
        Event.objects.about(inspection.reference)
        .order_by()
        .values_list("name", "by_id", "by_name")
        .annotate(times=Count("number"))
    )
    what: Counter[str] = Counter()
    who: Counter[tuple[str, str]] = Counter()
    for name, by_id, by_name, times in rows:
        what[name] += times
        who[(str(by_id or 0), by_name)] += times
    named = sorted((event_words(name), name, times) for name, times in what.items())
    people: dict[str, tuple[str, int]] = {}
    for (pk, name), times in who.items():
        people[pk] = (name, people.get(pk, ("", 0))[1] + times)
    return LogChoices(
        [(name, f"{words} ({times:,})") for words, name, times in named],
        [
            (pk, f"{name} ({times:,})")
            for pk, (name, times) in sorted(people.items(), key=lambda pair: pair[1][0])
        ],
        sum(what.values()),
    )


def event_words(name: str) -> str:
    """``evaluations.evidence_recorded`` as ``Evidence recorded``: an event's name is a deed in the past tense."""
    return name.partition(".")[2].replace("_", " ").capitalize()


def log_events(
    inspection: Inspection, *, what: str = "", who: str = "", since: date | None = None
) -> EventQuerySet:
    """The log's events, newest first, as they are filtered."""
    events = Event.objects.about(inspection.reference)
    if what:
        events = events.filter(name=what)
    if who:
        events = events.filter(by_id=int(who)) if int(who) else events.filter(by_id__isnull=True)
    if since:
        start = timezone.make_aware(datetime.combine(since, time.min))
        events = events.filter(at__gte=start)
    return events.newest_first()


@dataclass(frozen=True, slots=True)
class LogLine:
    """One sentence of the log; what was done many times in a row stands once, with how often and from when to when."""

    sentence: str
    first: Event
    last: Event
    times: int

    @property
    def numbers(self) -> str:
        if self.times == 1:
            return f"event {self.last.number}"
        return f"{self.times} times, events {self.first.number} to {self.last.number}"


@dataclass(frozen=True, slots=True)
class LogDay:
    """One day of the log, newest first. ``goes_on`` when it began on the page before."""

    day: date
    week: int | None
    lines: list[LogLine]
    goes_on: bool

    @property
    def count(self) -> int:
        return sum(line.times for line in self.lines)


def log_days(inspection: Inspection, events: Iterable[Event], before: Event | None) -> list[LogDay]:
    """The events of one page by day. ``before`` is the last event of the page before, if there is one."""
    days: list[LogDay] = []
    earlier = timezone.localdate(before.at) if before else None
    for day, found in groupby(events, key=lambda event: timezone.localdate(event.at)):
        days.append(LogDay(day, week_of(inspection, day), _log_lines(found), day == earlier))
    return days


def _log_lines(events: Iterable[Event]) -> list[LogLine]:
    lines = []
    for sentence, run in groupby(events, key=narrate):
        same = list(run)
        lines.append(LogLine(sentence, same[-1], same[0], len(same)))
    return lines
