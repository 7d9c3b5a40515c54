"""The four evaluations: sealed alone, proposed by the team, confirmed by the panel (E1 to E7, R40 to R42).

The circle of evaluators is fixed when evaluating opens, so that somebody who joins or leaves later
can neither unlock the levels nor block them. A level is fetched for its own author, or after the
reveal; for nobody else (invariant 4).
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import User
from evaluations.enums import (
    EVALUATION_MOVES,
    PROPOSED_OR_LATER,
    SHARED_OR_LATER,
    EvaluationState,
    SealState,
)
from evaluations.models.framework import EvaluationGroup
from inspections.enums import Stand
from inspections.models import Inspection

LOWEST, HIGHEST = 1, 6
LEVEL = [MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
NO_HALVES = "An evaluation is a whole number from 1 to 6 (E2)."


def _person(*, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=null, blank=null
    )


def _both_or_neither(at: str, by: str) -> models.Q:
    return models.Q(**{f"{at}__isnull": True, f"{by}__isnull": True}) | models.Q(
        **{f"{at}__isnull": False, f"{by}__isnull": False}
    )


class EvaluatorQuerySet(models.QuerySet["Evaluator"]):
    """Which evaluators."""

    def serving(self) -> EvaluatorQuerySet:
        """Those who have not been excused."""
        return self.filter(excused_at__isnull=True)


class Evaluator(models.Model):
    """One person of the circle that seals. It never grows; the lead may excuse, with a reason."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="evaluators")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evaluating"
    )
    named_at = models.DateTimeField()
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_by = _person(null=True)
    reason = models.TextField(blank=True)

    objects = EvaluatorQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "person"], name="evaluator_once_an_inspection"
            ),
            models.CheckConstraint(
                condition=_both_or_neither("excused_at", "excused_by"),
                name="evaluator_excused_at_has_its_by",
                violation_error_message="An evaluator who was excused says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(excused_at__isnull=True) | ~models.Q(reason=""),
                name="evaluator_excused_with_a_reason",
                violation_error_message="Excusing an evaluator needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Evaluation(models.Model):
    """One of the four groups of one inspection: what the team proposes and the panel decides."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="evaluations")
    group = models.ForeignKey(EvaluationGroup, on_delete=models.PROTECT, related_name="evaluations")
    state = models.CharField(
        max_length=20, choices=EvaluationState, default=EvaluationState.EVALUATING
    )
    opened_at = models.DateTimeField()
    opened_by = _person()
    revealed_at = models.DateTimeField(null=True, blank=True)
    proposed_level = models.PositiveSmallIntegerField(null=True, blank=True, validators=LEVEL)
    level = models.PositiveSmallIntegerField(null=True, blank=True, validators=LEVEL)
    rationale = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = _person(null=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = _person(null=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = _person(null=True)
    version = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["inspection", "group__order"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "group"], name="evaluation_once_a_group"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=(LOWEST, HIGHEST)),
                name="evaluation_level_1_to_6",
                violation_error_message=NO_HALVES,
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_level__isnull=True)
                | models.Q(proposed_level__range=(LOWEST, HIGHEST)),
                name="evaluation_proposed_level_1_to_6",
                violation_error_message=NO_HALVES,
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=PROPOSED_OR_LATER, level__isnull=False, proposed_level__isnull=False
                )
                | (
                    ~models.Q(state__in=PROPOSED_OR_LATER)
                    & models.Q(level__isnull=True, proposed_level__isnull=True)
                ),
                name="evaluation_has_a_level_once_proposed",
                violation_error_message="An evaluation has a level once the team has proposed one, and not before.",
            ),
            models.CheckConstraint(
                condition=models.Q(state=EvaluationState.EVALUATING, revealed_at__isnull=True)
                | (
                    ~models.Q(state=EvaluationState.EVALUATING)
                    & models.Q(revealed_at__isnull=False)
                ),
                name="evaluation_revealed_at_once_revealed",
                violation_error_message="The sealed levels are revealed once everybody has sealed, and not before.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SHARED_OR_LATER, shared_at__isnull=False)
                | (~models.Q(state__in=SHARED_OR_LATER) & models.Q(shared_at__isnull=True)),
                name="evaluation_shared_at_once_shared",
                violation_error_message="An evaluation that was shared says when.",
            ),
            models.CheckConstraint(
                condition=_both_or_neither("shared_at", "shared_by"),
                name="evaluation_shared_at_has_its_by",
                violation_error_message="An evaluation that was shared says when and by whom.",
            ),
            models.CheckConstraint(
                condition=_both_or_neither("proposed_at", "proposed_by"),
                name="evaluation_proposed_at_has_its_by",
                violation_error_message="A proposal says when and by whom.",
            ),
            models.CheckConstraint(
                condition=_both_or_neither("settled_at", "settled_by"),
                name="evaluation_settled_at_has_its_by",
                violation_error_message="An evaluation that was settled says when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.group)

    @property
    def stand(self) -> Stand:
        """This state's row in the table of moves."""
        return EVALUATION_MOVES[EvaluationState(self.state)]

    @property
    def saved_at(self) -> datetime | None:
        """When the proposal was last saved: with the two below, what ``core.versions`` says when two people meet in it."""
        return self.proposed_at

    @property
    def saved_by(self) -> User | None:
        return self.proposed_by

    @property
    def saved_what(self) -> str:
        return f"the proposal for {self.group.spoken}"

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None

    @property
    def is_final(self) -> bool:
        return self.state == EvaluationState.FINAL

    @property
    def shown_level(self) -> int | None:
        """What the partnership is shown: the shared level until the report is settled, then the final one (E7)."""
        if not self.is_shared:
            return None
        return self.level if self.is_final else self.proposed_level


class SealedQuerySet(models.QuerySet["SealedEvaluation"]):
    """Whose evaluations. Levels are read through ``of`` and ``revealed`` alone; counting asks for no level."""

    def of(self, person: object) -> SealedQuerySet:
        """A person's own."""
        return self.filter(inspector=person)

    def revealed(self) -> SealedQuerySet:
        """Those that everybody of the team may see: sealed, in a group that has been revealed."""
        return self.filter(state=SealState.SEALED, evaluation__revealed_at__isnull=False)

    def sealed_by(self) -> models.QuerySet:
        """Who sealed what, as pairs of evaluation and person, with nothing of what they wrote."""
        return (
            self.filter(state=SealState.SEALED)
            .order_by()
            .values_list("evaluation_id", "inspector_id")
        )


class SealedEvaluation(models.Model):
    """What one inspector thinks of one group, alone: a draft in numbered versions, then sealed."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="sealed")
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sealed_evaluations"
    )
    level = models.PositiveSmallIntegerField(null=True, blank=True, validators=LEVEL)
    rationale = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=SealState, default=SealState.DRAFT)
    sealed_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()
    objects = SealedQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "inspector__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "inspector"], name="sealed_once_an_inspector"
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=(LOWEST, HIGHEST)),
                name="sealed_level_1_to_6",
                violation_error_message=NO_HALVES,
            ),
            models.CheckConstraint(
                condition=models.Q(state=SealState.DRAFT, sealed_at__isnull=True)
                | (
                    models.Q(state=SealState.SEALED, sealed_at__isnull=False, level__isnull=False)
                    & ~models.Q(rationale="")
                ),
                name="sealed_has_level_reason_and_time",
                violation_error_message="A sealed evaluation has a level, its reason and the time of sealing (R40).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} by {self.inspector}"

    @property
    def saved_by(self) -> User:
        """Only its inspector ever saves it: what they meet is what they wrote in another window."""
        return self.inspector

    @property
    def saved_what(self) -> str:
        return f"your evaluation of {self.evaluation.group.spoken}"

    @property
    def is_sealed(self) -> bool:
        return self.state == SealState.SEALED


class PanelDecision(models.Model):
    """What the panel decided on one evaluation: before, after and why (R42). One for each, and never changed."""

    evaluation = models.OneToOneField(Evaluation, on_delete=models.CASCADE, related_name="decision")
    before = models.PositiveSmallIntegerField(validators=LEVEL)
    after = models.PositiveSmallIntegerField(validators=LEVEL)
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = _person()

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before__range=(LOWEST, HIGHEST), after__range=(LOWEST, HIGHEST)),
                name="panel_decision_levels_1_to_6",
                violation_error_message=NO_HALVES,
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="panel_decision_has_a_reason",
                violation_error_message="The panel gives its reason, whether it changes the level or not (R42).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation}: {self.before} to {self.after}"

    @property
    def changed(self) -> bool:
        return self.before != self.after
