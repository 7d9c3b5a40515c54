"""What a page needs from several apps at once. Every list here costs the same number of queries whatever its length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.urls import reverse

from audit.models import Event
from audit.narrate import narrate
from core.jobs.clock import RECURRING
from core.models import Job, JobState
from core.pictures.units import UnitGroup
from evaluations.enums import Direction
from evaluations.models import EvidenceItem, Question
from inspections.enums import PHASE_TITLES, PHASE_WORDS
from inspections.models import Inspection, Method


def overview_url(inspection: Inspection) -> str:
    """Where the overview of an inspection is."""
    return reverse("workspace:overview", args=[inspection.reference])


def last_events(references: Iterable[str], *, count: int = 5) -> list[dict[str, object]]:
    """The last things done on these inspections, as sentences."""
    about = Event.objects.filter(inspection_reference__in=list(references))
    events = about.deeds().newest_first()[:count]
    return [
        {"sentence": narrate(event), "at": event.at, "reference": event.inspection_reference}
        for event in events
    ]


@dataclass(frozen=True, slots=True)
class Sureness:
    """What the evidence says of one question: how much each way, and whether it stands on one kind of source."""

    number: int
    text: str
    groups: list[UnitGroup]
    strengths: int
    weaknesses: int
    neutral: int
    kinds: int

    @property
    def number_text(self) -> str:
        return str(self.number)

    @property
    def standing(self) -> str:
        """In words, since a number alone would mislead."""
        if not self.kinds:
            return "No evidence yet"
        return "Thin: one kind of source" if self.kinds == 1 else f"{self.kinds} kinds of source"


def how_sure(inspection: Inspection) -> list[Sureness]:
    """One row a question, from two queries."""
    counts: dict[int, Counter[str]] = {}
    kinds: dict[int, set[str]] = {}
    rows = EvidenceItem.objects.filter(inspection=inspection).values_list(
        "questions__number", "direction", "source_type"
    )
    for number, direction, kind in rows:
        counts.setdefault(number, Counter())[direction] += 1
        kinds.setdefault(number, set()).add(kind)
    key = inspection.framework_key or inspection.method.framework_key
    questions = Question.objects.filter(framework__key=key).order_by("number")
    return [
        _sureness(one, counts.get(one.number, Counter()), kinds.get(one.number, set()))
        for one in questions
    ]


def _sureness(question: Question, found: Counter[str], kinds: set[str]) -> Sureness:
    strengths, weaknesses = found[Direction.STRENGTH], found[Direction.WEAKNESS]
    neutral = found[Direction.NEUTRAL]
    groups = [
        UnitGroup("strengths", strengths, "full"),
        UnitGroup("weaknesses", weaknesses, "cross"),
        UnitGroup("neutral", neutral, "open"),
    ]
    return Sureness(
        question.number, question.text, groups, strengths, weaknesses, neutral, len(kinds)
    )


def newest_method() -> Method | None:
    """The method that new inspections run by."""
    return Method.objects.order_by("key").last()


def method_by_phase() -> list[dict[str, object]]:
    """The newest method's steps, phase by phase, for everybody to read."""
    method = newest_method()
    steps = list(method.steps.all()) if method else []
    return [
        {"title": f"{title}: {PHASE_WORDS[key]}" if key != "after" else title, "steps": found}
        for key, title in PHASE_TITLES.items()
        if (found := [step for step in steps if step.phase == key])
    ]


@dataclass(frozen=True, slots=True)
class Health:
    """How the ledger of work stands. ``failing`` counts recurring deeds whose last round failed, in
    part or as a whole; ``oldest_seconds`` is how long the oldest job that is due has waited.
    """

    waiting: int
    failed: int
    failing: int
    oldest_seconds: int

    @property
    def is_well(self) -> bool:
        """Nothing that is due has waited longer than ten minutes."""
        return self.oldest_seconds < 600

    def as_dict(self) -> dict[str, object]:
        """For a machine to read."""
        return {
            "well": self.is_well,
            "jobs_waiting": self.waiting,
            "jobs_failed": self.failed,
            "recurring_failing": self.failing,
            "oldest_waiting_seconds": self.oldest_seconds,
        }


def health(now: datetime) -> Health:
    """One query that also proves that the database answers."""
    due = Q(state=JobState.QUEUED, due_at__lte=now)
    found = Job.objects.aggregate(
        waiting=Count("pk", filter=due),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        failing=Count("pk", filter=Q(state=JobState.QUEUED, key=RECURRING, attempts__gt=0)),
        oldest=Min("due_at", filter=due),
    )
    oldest = int((now - found["oldest"]).total_seconds()) if found["oldest"] else 0
    return Health(found["waiting"], found["failed"], found["failing"], oldest)
