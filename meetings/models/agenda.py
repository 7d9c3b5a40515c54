"""One point of the agenda of a meeting, and what the record says about it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import User
from core.words import shortened
from meetings.enums import Audience
from meetings.models.meeting import Meeting


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Which points."""

    def shared(self) -> AgendaItemQuerySet:
        """Those of both sides: all that the partnership and a shared screen ever see."""
        return self.filter(audience=Audience.SHARED)


class AgendaItem(models.Model):
    """Its words, whose point it is, and for whom. ``record`` is shared; ``version`` counts its saves (0: nothing yet)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    whose = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.SHARED)
    record = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()
    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience=Audience.SHARED) | models.Q(record=""),
                name="agenda_item_internal_has_no_record",
                violation_error_message="A point for the team alone has no words in the shared record.",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_at__isnull=True, recorded_by__isnull=True)
                | models.Q(recorded_at__isnull=False, recorded_by__isnull=False),
                name="agenda_item_recorded_at_has_its_by",
                violation_error_message="What was recorded says when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_internal(self) -> bool:
        return self.audience == Audience.INTERNAL

    @property
    def saved_at(self) -> datetime | None:
        """When its record was last saved: with the two below, what ``core.versions`` says when two people meet in it."""
        return self.recorded_at

    @property
    def saved_by(self) -> User | None:
        return self.recorded_by

    @property
    def saved_what(self) -> str:
        return f"the record of “{shortened(self.words, 60)}”"
