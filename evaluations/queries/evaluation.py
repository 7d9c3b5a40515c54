"""The four evaluations. Before the reveal nobody's level is fetched but the reader's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from audit.proof import Anchor, anchor_of_deed
from core.pictures.spread import Spread
from evaluations.enums import CONFIRMED_OR_LATER
from evaluations.models import (
    Evaluation,
    EvaluationGroup,
    Evaluator,
    PublishedEvaluation,
    SealedEvaluation,
)
from inspections.models import Inspection


@dataclass(frozen=True, slots=True)
class Progress:
    """How many people have sealed one group, of how many. People only: no level is fetched for it."""

    sealed: frozenset[int]
    waiting: frozenset[int]

    @property
    def of(self) -> int:
        return len(self.sealed) + len(self.waiting)

    @property
    def complete(self) -> bool:
        return bool(self.sealed) and not self.waiting

    @property
    def words(self) -> str:
        """``Three of five have sealed.``"""
        if not self.sealed:
            return f"Nobody of {self.of} has sealed yet."
        if not self.waiting:
            return f"All {self.of} have sealed." if self.of > 1 else "The one evaluator has sealed."
        count, has = len(self.sealed), "has" if len(self.sealed) == 1 else "have"
        return f"{self._number(count).capitalize()} of {self._number(self.of)} {has} sealed."

    @staticmethod
    def _number(n: int) -> str:
        words = (
            "none",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
        )
        return words[n] if n < len(words) else str(n)


def progress_of(inspection: Inspection) -> dict[int, Progress]:
    """By evaluation: who of the circle has sealed and who has not. The excused count where they had sealed."""
    serving = set(inspection.evaluators.serving().values_list("person_id", flat=True))
    sealed: dict[int, set[int]] = {}
    pairs = SealedEvaluation.objects.filter(evaluation__inspection=inspection).sealed_by()
    for evaluation, person in pairs:
        sealed.setdefault(evaluation, set()).add(person)
    evaluations = inspection.evaluations.values_list("pk", flat=True)
    return {
        pk: Progress(frozenset(sealed.get(pk, set())), frozenset(serving - sealed.get(pk, set())))
        for pk in evaluations
    }


def evaluations_of(inspection: Inspection) -> QuerySet[Evaluation]:
    """The four of one inspection, in the framework's order; none before evaluating opens."""
    return Evaluation.objects.filter(inspection=inspection).select_related(
        "group", "inspection__area", "proposed_by", "decision"
    )


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One of the four on the room's page: its state, who has sealed (people only), and what the reader has done."""

    evaluation: Evaluation
    progress: Progress
    own: SealedEvaluation | None

    @property
    def own_words(self) -> str:
        """What the reader has done here, in words."""
        if self.own is None:
            return ""
        return "You have sealed." if self.own.is_sealed else "Your draft is saved."


def evaluation_board(inspection: Inspection, person: User) -> list[BoardRow]:
    """The four, in four queries. Of everything unrevealed only the reader's own level is fetched."""
    progress = progress_of(inspection)
    mine = {
        one.evaluation_id: one
        for one in SealedEvaluation.objects.of(person).filter(evaluation__inspection=inspection)
    }
    return [BoardRow(one, progress[one.pk], mine.get(one.pk)) for one in evaluations_of(inspection)]


@dataclass(frozen=True, slots=True)
class EvaluatorRow:
    """One person of the circle and for how many of the four they have sealed. Never what."""

    evaluator: Evaluator
    sealed: int


def evaluators_of(inspection: Inspection) -> list[EvaluatorRow]:
    """The circle, so that everybody knows whom the others wait for."""
    done = Counter(
        person
        for _, person in SealedEvaluation.objects.filter(
            evaluation__inspection=inspection
        ).sealed_by()
    )
    circle = inspection.evaluators.select_related("person", "excused_by")
    return [EvaluatorRow(one, done[one.person_id]) for one in circle]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One evaluation as the partnership sees it: the group, the level it is shown, and whether that is final (E7)."""

    group: EvaluationGroup
    level: int | None
    is_final: bool

    @property
    def label(self) -> str:
        """What stands beside the level."""
        return "final" if self.is_final else "provisional"


def shown_to_partnership(inspection: Inspection) -> list[ShownRow]:
    """What has been shared: provisional, as it was shared, until the report is settled; then final. Nothing before."""
    shared = inspection.evaluations.filter(shared_at__isnull=False).select_related("group")
    return [ShownRow(one.group, one.shown_level, one.is_final) for one in shared]


def own_evaluation(evaluation: Evaluation, person: User) -> SealedEvaluation | None:
    """What this person has written and sealed themselves; nobody else's is fetched."""
    return SealedEvaluation.objects.of(person).filter(evaluation=evaluation).first()


def revealed_evaluations(evaluation: Evaluation) -> list[SealedEvaluation]:
    """Each inspector's level and reason, after the reveal. Before it nothing is asked of the database (invariant 4)."""
    if not evaluation.is_revealed:
        return []
    sealed = (
        SealedEvaluation.objects.revealed()
        .filter(evaluation=evaluation)
        .select_related("inspector")
    )
    return list(sealed.order_by("level", "inspector__name"))


def spread_of(evaluation: Evaluation, sealed: list[SealedEvaluation]) -> Spread | None:
    """The picture of the reveal: who chose which level, beside what earlier reports said. None before the reveal."""
    if not sealed:
        return None
    earlier = [one.level_of(evaluation.group.key) for one in PublishedEvaluation.objects.all()]
    return Spread(
        name=evaluation.group.spoken,
        levels=[one.level for one in sealed if one.level],
        earlier=[level for level in earlier if level],
    )


def final_evaluations(inspection: Inspection) -> list[Evaluation]:
    """The evaluations as the report prints them, in the framework's order: settled ones, else those the panel confirmed.

    Empty where not all of the inspection's evaluations have been confirmed: half a result is not handed out.
    """
    evaluations = list(evaluations_of(inspection))
    confirmed = [one for one in evaluations if one.state in CONFIRMED_OR_LATER]
    return confirmed if evaluations and len(confirmed) == len(evaluations) else []


def anchor_of_decision(evaluation: Evaluation) -> Anchor | None:
    """The panel's decision as it stands on record, for its papers; None while there is none."""
    decision = getattr(evaluation, "decision", None)
    if decision is None:
        return None
    return anchor_of_deed(
        "evaluations.evaluation_confirmed",
        subject=decision,
        reference=evaluation.inspection.reference,
    )
