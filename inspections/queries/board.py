"""The programme as a board: each inspection in the column of its phase, how late it is, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from core.dates import day_in_words
from core.words import counted
from core.workdays import working_days_between
from inspections.enums import OVER, InspectionState, StepKind, StepState
from inspections.models import DateChange, Inspection, Step
from inspections.queries.inspection import plan_has_gone_by, standing
from inspections.queries.steps import owner_words

COLUMNS = [state for state in InspectionState if state not in OVER]
PUBLICATION = "publication"
DAYS = "working day,working days"


@dataclass(frozen=True, slots=True)
class Card:
    """One inspection on the board. ``slipped`` is in working days: later than at notification, or earlier where below 0."""

    inspection: Inspection
    where: str
    slipped: int | None
    published_on: date | None
    late: list[Step]
    waits_for: Step | None
    has_gone_by: bool

    @property
    def verdict(self) -> str:
        """On time or not, in words."""
        if self.slipped is None:
            return "Not notified on its day" if self.has_gone_by else "Not notified yet"
        if self.slipped > 0:
            return f"Late by {counted(self.slipped, DAYS)}"
        if self.late:
            return f"At risk: {counted(len(self.late), 'step,steps')} late"
        return f"Early by {counted(-self.slipped, DAYS)}" if self.slipped else "On time"

    @property
    def needs_attention(self) -> bool:
        """Whether its publication has slipped, a step of it is late, or its planned day has gone by."""
        return self.has_gone_by or bool(self.late) or (self.slipped or 0) > 0

    @property
    def holds(self) -> str:
        """The late step that waits longest, or else the next due date, with its owner."""
        if self.late:
            first = self.late[0]
            return f"{first.title}: was due {day_in_words(first.ends_on)}, {owner_words(first.owner).lower()}"
        if self.waits_for:
            step = self.waits_for
            return (
                f"{step.title}: due {day_in_words(step.ends_on)}, {owner_words(step.owner).lower()}"
            )
        return ""


@dataclass(frozen=True, slots=True)
class Column:
    """One phase of the board: how many inspections are in it, and the cards of those that are shown."""

    state: InspectionState
    total: int
    cards: list[Card]

    @property
    def title(self) -> str:
        return "In improvement" if self.state == InspectionState.FOLLOW_UP else self.state.label

    @property
    def has_more(self) -> bool:
        return self.total > len(self.cards)


def on_board(found: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Those that have a place on the board: neither closed nor withdrawn."""
    return found.filter(state__in=COLUMNS)


def board(found: QuerySet[Inspection], today: date, *, shown: int) -> list[Column]:
    """Every phase with its first ``shown`` inspections, the one that began first leading. As many queries for one as for many."""
    place = Window(
        RowNumber(), partition_by=F("state"), order_by=[F("planned_for").asc(), F("pk").asc()]
    )
    totals = dict(
        on_board(found).order_by().values_list("state").annotate(n=Count("pk", distinct=True))
    )
    first = on_board(found).annotate(place=place).filter(place__lte=shown)
    cards = cards_of(first.order_by("planned_for", "pk"), today)
    return [
        Column(state, totals.get(state, 0), [one for one in cards if one.inspection.state == state])
        for state in COLUMNS
    ]


def cards_of(found: Iterable[Inspection], today: date) -> list[Card]:
    """The cards of these inspections: their steps and the dates drawn at notification are two queries for all of them."""
    inspections = list(found)
    steps: dict[int, list[Step]] = {}
    wanted = Q(key=PUBLICATION) | Q(kind=StepKind.DUE, state=StepState.UPCOMING)
    rows = Step.objects.filter(wanted, inspection__in=[one.pk for one in inspections])
    for step in rows.order_by("ends_on", "order"):
        steps.setdefault(step.inspection_id, []).append(step)
    drawn = _drawn([one.pk for one in inspections])
    return [_card(one, steps.get(one.pk, []), drawn, today) for one in inspections]


def _drawn(inspections: list[int]) -> dict[int, date]:
    """Where publication stood at notification, for those whose publication has moved since."""
    rows = (
        DateChange.objects.filter(step__key=PUBLICATION, version__inspection__in=inspections)
        .order_by("-version__number")
        .values_list("version__inspection_id", "stood_from_on")
    )
    return dict(rows)


def _card(inspection: Inspection, steps: list[Step], drawn: dict[int, date], today: date) -> Card:
    due = [step for step in steps if step.kind == StepKind.DUE and step.state == StepState.UPCOMING]
    publication = next((step for step in steps if step.key == PUBLICATION), None)
    slipped, stands = None, None
    if publication is not None:
        stands = publication.starts_on
        first = drawn.get(inspection.pk, stands)
        is_open = publication.state == StepState.UPCOMING
        slipped = _working_days(first, max(stands, today) if is_open else stands)
    return Card(
        inspection,
        standing(inspection, today).sentence,
        slipped,
        stands,
        [step for step in due if step.ends_on < today],
        next((step for step in due if step.ends_on >= today), None),
        plan_has_gone_by(inspection, today),
    )


def _working_days(first: date, last: date) -> int:
    if last < first:
        return -working_days_between(last, first)
    return working_days_between(first, last)
