"""The inspection itself: where it stands, its plan, and the programme of them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.roles import Role
from core.dates import day_in_words, weekday_in_words
from inspections.enums import ChosenBecause, InspectionState
from inspections.models import Inspection, Membership
from inspections.queries.calendar import week_of


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
            f"Planned for {weekday_in_words(inspection.planned_for)}, which has gone by; "
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


AFTER_PUBLICATION = (
    InspectionState.PUBLISHED,
    InspectionState.FOLLOW_UP,
    InspectionState.CLOSED,
)


def records_gone_at(inspection: Inspection) -> datetime | None:
    """When what was obtained for the inspection was destroyed (R52). No question to the database before publication."""
    if inspection.state not in AFTER_PUBLICATION:
        return None
    gone = inspection.steps.filter(key="disposal_due").values_list("done_at", flat=True)
    return gone.first()


def programme(person: User, *, also_withdrawn: bool = False) -> QuerySet[Inspection]:
    """The inspections this person sees, with what a list needs, in three queries whatever their number.

    A plan that was withdrawn stands in the programme and nowhere else.
    """
    found = Inspection.objects.visible_to(person)
    return (
        (found if also_withdrawn else found.exclude(state=InspectionState.WITHDRAWN))
        .select_related("area", "method")
        .prefetch_related(
            Prefetch("holiday_weeks"),  # a plan is not counted yet
            Prefetch(
                "memberships",
                queryset=Membership.objects.current()
                .filter(role=Role.INSPECTION_LEAD)
                .select_related("person"),
                to_attr="leads",
            ),
        )
    )


PLAN_WORDS = {
    "chosen_because": "reason for choosing the area",
    "chosen_words": "the reason in a sentence",
    "planned_for": "date of notification",
    "requested_on": "date of the ministerial request",
    "timetable_approved_on": "date on which Ministers approved the timetable",
}


def changes_of_plan(inspection: Inspection, **said: date | str | None) -> list[str]:
    """What this changes in the plan, each as words; nothing where it is what the plan says."""
    return [
        f"{PLAN_WORDS[name]} from {_on_record(getattr(inspection, name))} to {_on_record(value)}"
        for name, value in said.items()
        if getattr(inspection, name) != value
    ]


def _on_record(value: date | str | None) -> str:
    if isinstance(value, date):
        return day_in_words(value)
    if value in ChosenBecause.values:
        return ChosenBecause(value).label.lower()
    return f"“{value}”" if value else "none"


def why_chosen(inspection: Inspection) -> str:
    """Why this area, with the sentence where there is one: ``Rotation: six years since the last inspection``."""
    words = inspection.get_chosen_because_display()
    return f"{words}: {inspection.chosen_words}" if inspection.chosen_words else words


@dataclass(frozen=True, slots=True)
class PlanAsSaved:
    """The dates of a plan as a text that two people may be changing (``core.versions.Kept``)."""

    version: int
    saved_at: datetime
    saved_by: User
    saved_what: str


def plan_as_saved(inspection: Inspection) -> PlanAsSaved:
    """Which version of the plan stands, and who saved it: who planned it, until somebody changes it."""
    return PlanAsSaved(
        inspection.plan_version,
        inspection.plan_changed_at or inspection.planned_at,
        inspection.plan_changed_by or inspection.planned_by,
        f"the plan of {inspection.area}",
    )


def about_plan(inspection: Inspection) -> list[dict[str, str]]:
    """Why this area, and the dates of a plan, as questions and answers."""
    return [
        {"key": "Reason for choosing this area", "value": why_chosen(inspection)},
        *_dates_of_plan(inspection),
    ]


def _dates_of_plan(inspection: Inspection) -> list[dict[str, str]]:
    return [
        {
            "key": words[:1].upper() + words[1:],
            "value": weekday_in_words(day) if day else "not on record",
        }
        for name, words in PLAN_WORDS.items()
        if name not in ("chosen_because", "chosen_words")
        for day in [getattr(inspection, name)]
    ]
