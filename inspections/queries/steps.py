"""One step: whose move it is, what there is to say of it, and which notice it needs."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core.dates import weekday_in_words
from inspections import timetable
from inspections.enums import StepKind
from inspections.models import NoticeKind, Step
from inspections.queries.calendar import span
from inspections.queries.people import holders_of

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


def about_step(step: Step) -> list[dict[str, str]]:
    """What there is to say of one step, as questions and answers."""
    days = ", ".join(weekday_in_words(date.fromisoformat(day)) for day in step.days)
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
