"""The partnership's joint self-evaluation: five questions, each in three parts, with evidence linked (R21, R22).

It comes into being with the first word that is saved; until then there is simply none. Every text has a
version, and every version is kept.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import User
from documents.models import Document
from evaluations.enums import SELF_EVALUATION_MOVES, AnswerPart, SelfEvaluationState
from evaluations.models.framework import Question
from inspections.enums import Stand
from inspections.models import Inspection


class SelfEvaluation(models.Model):
    """One inspection's joint self-evaluation, from the first word to its receipt."""

    inspection = models.OneToOneField(
        Inspection, on_delete=models.CASCADE, related_name="self_evaluation"
    )
    state = models.CharField(
        max_length=10, choices=SelfEvaluationState, default=SelfEvaluationState.OPEN
    )
    opened_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    receipt = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "joint self-evaluation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state=SelfEvaluationState.OPEN,
                    received_at__isnull=True,
                    received_by__isnull=True,
                )
                | models.Q(
                    state=SelfEvaluationState.RECEIVED,
                    received_at__isnull=False,
                    received_by__isnull=False,
                ),
                name="self_evaluation_received_at_has_its_by",
                violation_error_message="A self-evaluation that was received says when and by whom it was sent.",
            ),
        ]

    def __str__(self) -> str:
        return f"Joint self-evaluation of {self.inspection}"

    @property
    def stand(self) -> Stand:
        """This state's row in the table of moves."""
        return SELF_EVALUATION_MOVES[SelfEvaluationState(self.state)]

    @property
    def is_received(self) -> bool:
        return self.state == SelfEvaluationState.RECEIVED

    @property
    def receipt_number(self) -> str:
        """What people say when they mean the receipt: ``JI-2026-001-SE``."""
        return f"{self.inspection.reference}-SE"


class Answer(models.Model):
    """One part of the answer to one question.

    ``version`` counts the saves; a save names the version it was based on.
    """

    self_evaluation = models.ForeignKey(
        SelfEvaluation, on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=AnswerPart)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["question__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["self_evaluation", "question", "part"], name="answer_once_a_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}, {AnswerPart(self.part).label.lower()}"

    @property
    def saved_at(self) -> datetime:
        """When it was last saved: with the two below, what ``core.versions`` says when two people meet in one text."""
        return self.changed_at

    @property
    def saved_by(self) -> User:
        return self.changed_by

    @property
    def saved_what(self) -> str:
        return f"“{AnswerPart(self.part).label}”"


class EvidenceLink(models.Model):
    """That a file of the partnership supports the answer to one question."""

    self_evaluation = models.ForeignKey(
        SelfEvaluation, on_delete=models.CASCADE, related_name="links"
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["question__number", "linked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["self_evaluation", "question", "document"], name="evidence_linked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} for {self.question}"


class ReceiptLine(models.Model):
    """One answer or file as it was received, with its fingerprint. Written at sending, never changed."""

    self_evaluation = models.ForeignKey(
        SelfEvaluation, on_delete=models.CASCADE, related_name="receipt_lines"
    )
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[("answer", "Answer"), ("file", "File")])
    title = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["self_evaluation", "order"]
        constraints = [
            models.UniqueConstraint(fields=["self_evaluation", "order"], name="receipt_line_once"),
        ]

    def __str__(self) -> str:
        return self.title
