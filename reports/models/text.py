"""The words of the report: sections, the narrative of each question, and its points with their threads to evidence."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import User
from evaluations.models import EvidenceItem, Question
from reports.enums import PointKind
from reports.models.report import Report
from reports.wording import section_spec


class Text(models.Model):
    """A text with its version: a save says on which version it was based, so that nobody overwrites another unseen."""

    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def is_written(self) -> bool:
        return bool(self.text.strip())

    @property
    def saved_at(self) -> datetime | None:
        """When it was last saved; None for a section that was laid out and never written.

        With the two below, what ``core.versions`` says when two people meet in one text.
        """
        return self.changed_at if self.version else None

    @property
    def saved_by(self) -> User:
        return self.changed_by

    @property
    def saved_what(self) -> str:
        return f"“{self}”"


class Section(Text):
    """One section of the structure (R44), by the key that the wording gives it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=40)

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="section_once_a_report")
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def saved_what(self) -> str:
        spec = section_spec(self.key, self.report.wording_key)
        return f"“{spec.title if spec else self.key}”"


class QuestionNarrative(Text):
    """What the report says on one inspection question, beneath its key messages."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="narratives")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["question__number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "question"], name="narrative_once_a_question")
        ]

    def __str__(self) -> str:
        return f"Question {self.question.number}"

    @property
    def saved_what(self) -> str:
        return f"the narrative of question {self.question.number}"


class Point(Text):
    """A key message, a strength or an area for development, threaded to the evidence it rests on (invariant 7)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="points")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=PointKind)
    order = models.PositiveSmallIntegerField()
    evidence = models.ManyToManyField(EvidenceItem, related_name="points", blank=True)

    history = HistoricalRecords(m2m_fields=[evidence])

    class Meta:
        ordering = ["question__number", "kind", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="point_has_words",
                violation_error_message="A point says something.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def saved_what(self) -> str:
        return f"this {PointKind(self.kind).label.lower()}"
