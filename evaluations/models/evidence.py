"""Evidence: one passage, where it comes from, what it speaks to and which way it points (R39)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import User
from documents.models import Document
from evaluations.enums import Direction, SourceType
from evaluations.models.framework import Indicator, Question
from inspections.models import Inspection


class EvidenceQuerySet(models.QuerySet["EvidenceItem"]):
    """Which evidence."""

    def of(self, inspection: Inspection) -> EvidenceQuerySet:
        return self.filter(inspection=inspection)

    def about_indicator(self, number: str) -> EvidenceQuerySet:
        return self.filter(indicators__number=number).distinct()

    def about_question(self, number: int) -> EvidenceQuerySet:
        return self.filter(questions__number=number).distinct()

    def with_links(self) -> EvidenceQuerySet:
        """With all that a list shows, in the same few queries whatever its length."""
        return self.select_related("author", "inspection").prefetch_related(
            "indicators", "questions"
        )


class EvidenceItem(models.Model):
    """One passage. Staff stand by designation and children by code (R34); every version is kept."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveIntegerField(editable=False)
    source_type = models.CharField("kind of source", max_length=20, choices=SourceType)
    activity = models.CharField("where it comes from", max_length=200)
    text = models.TextField("what it says")
    direction = models.CharField("which way it points", max_length=10, choices=Direction)
    indicators = models.ManyToManyField(Indicator, related_name="evidence")
    questions = models.ManyToManyField(Question, related_name="evidence")
    documents = models.ManyToManyField(Document, related_name="evidence", blank=True)
    # None: it was recorded without a page, or before each opened page had a mark of its own.
    opening = models.UUIDField("opening of its page", null=True, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence"
    )
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    revised_at = models.DateTimeField(null=True, blank=True)
    revised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords(m2m_fields=[indicators, questions])
    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "number"]
        verbose_name = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number"], name="evidence_number_once_an_inspection"
            ),
            models.UniqueConstraint(
                fields=["inspection", "author", "opening"],
                name="evidence_once_an_opened_page",
                violation_error_message="This was recorded from this page already.",
            ),
            models.CheckConstraint(
                condition=models.Q(source_type__in=SourceType.values),
                name="evidence_source_type_is_known",
                violation_error_message="Choose one of the kinds of source.",
            ),
            models.CheckConstraint(
                condition=models.Q(direction__in=Direction.values),
                name="evidence_direction_is_known",
                violation_error_message="Evidence is a strength, a weakness or neutral.",
            ),
            models.CheckConstraint(
                condition=models.Q(revised_at__isnull=True, revised_by__isnull=True)
                | models.Q(revised_at__isnull=False, revised_by__isnull=False),
                name="evidence_revised_at_has_its_by",
                violation_error_message="Evidence that was revised says when and by whom.",
            ),
        ]
        indexes = [models.Index(fields=["inspection", "source_type"], name="evidence_by_source")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """``E-001``: its number in its own inspection."""
        return f"E-{self.number:03d}"

    @property
    def saved_at(self) -> datetime:
        """When the text was last saved on the server."""
        return self.revised_at or self.recorded_at

    @property
    def saved_by(self) -> User:
        return self.revised_by or self.author

    @property
    def saved_what(self) -> str:
        """Its name where two people meet in it (``core.versions``)."""
        return self.reference
