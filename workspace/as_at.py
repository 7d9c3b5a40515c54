"""One inspection as it stood at a moment: what was done by then, what the panel saw, and what the partnership had been told.

Everything comes from the record and from kept versions with their own times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from audit.models import Event
from audit.narrate import narrate
from audit.proof import Anchor, latest_anchor
from core.models import Letter
from evaluations.queries import EvaluationThen, evaluations_at
from inspections.models import Inspection, NotificationLetter
from inspections.queries import StepThen, partnership_addresses, state_at, steps_at
from reports.queries import told_by_report

LAST = 10  # deeds that are shown; the log has them all


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the partnership had been told: when, and what in a sentence."""

    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class Then:
    """The whole page."""

    moment: datetime
    begins: datetime | None
    state: str
    since: datetime | None
    steps: list[StepThen]
    evaluations: list[EvaluationThen]
    told: list[Told]
    deeds: list[dict[str, object]]
    count: int
    anchor: Anchor | None

    @property
    def done(self) -> int:
        return sum(step.done_on is not None for step in self.steps)


def as_at(inspection: Inspection, moment: datetime) -> Then:
    """In a handful of queries, however long the inspection."""
    events = Event.objects.about(inspection.reference)
    first = events.order_by("number").first()
    deeds = events.deeds().filter(at__lte=moment)
    state = state_at(inspection, moment)
    evaluations = evaluations_at(inspection, moment)
    return Then(
        moment=moment,
        begins=first.at if first else None,
        state=state[0] if state else "Not planned yet",
        since=state[1] if state else None,
        steps=steps_at(inspection, moment),
        evaluations=evaluations,
        told=_told(inspection, moment, evaluations),
        deeds=[
            {"sentence": narrate(event), "at": event.at} for event in deeds.newest_first()[:LAST]
        ],
        count=deeds.count(),
        anchor=latest_anchor(until=moment),
    )


def _told(
    inspection: Inspection, moment: datetime, evaluations: list[EvaluationThen]
) -> list[Told]:
    """Letters, evaluations that were shared, the draft and what followed it, and messages, the last first."""
    found = [*_letters(inspection, moment), *_messages(inspection, moment)]
    found += [Told(at, words) for at, words in told_by_report(inspection, moment)]
    shared = (
        Event.objects.about(inspection.reference)
        .filter(name="evaluations.evaluations_shared", at__lte=moment)
        .order_by("number")
    )
    levels = "; ".join(f"{one.group}: {one.shown}" for one in evaluations if one.shown)
    found += [Told(event.at, f"The provisional evaluations. {levels}.") for event in shared]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _letters(inspection: Inspection, moment: datetime) -> list[Told]:
    letters = NotificationLetter.objects.filter(
        notification__inspection=inspection, notification__sent_at__lte=moment
    ).select_related("notification")
    return [
        Told(one.notification.sent_at, f"Notification letter to the {one.get_office_display()}.")
        for one in letters
    ]


def _messages(inspection: Inspection, moment: datetime) -> list[Told]:
    """E-mails that had left by then to somebody of the partnership, by their subject."""
    sent = Letter.objects.filter(
        subject_reference=inspection.reference,
        sent_at__lte=moment,
        to__in=partnership_addresses(inspection),
    ).order_by("sent_at")
    return [Told(one.sent_at, f"Message: {one.subject}") for one in sent if one.sent_at]
