"""Who confirmed which version of a record, what the two sides see differently, and the team's own notes."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import User
from meetings.enums import Side
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """Which confirmations."""

    def in_force(self) -> ConfirmationQuerySet:
        """Those of the version that stands."""
        return self.filter(cleared_at__isnull=True)


class Confirmation(models.Model):
    """One side's word that a version of the record is right. A change of the record clears it; it stays on record."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="confirmations")
    side = models.CharField(max_length=12, choices=Side)
    version = models.PositiveIntegerField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "side"],
                condition=models.Q(cleared_at__isnull=True),
                name="confirmation_once_a_side",
                violation_error_message="This side has confirmed the record already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: version {self.version} of {self.meeting}"


class Difference(models.Model):
    """How one side sees something differently. Kept in the record as it was said; nobody else's words replace it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="differences")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="differences"
    )
    side = models.CharField(max_length=12, choices=Side)
    words = models.TextField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["kept_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_side_display()}, {self.meeting}"


class MeetingNotes(models.Model):
    """The team's own notes of a meeting: never shown to the partnership, nor on a shared screen, nor printed."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "meeting notes"

    def __str__(self) -> str:
        return f"Notes of {self.meeting}"

    @property
    def saved_at(self) -> datetime:
        """When they were last saved: with the two below, what ``core.versions`` says when two people meet in them."""
        return self.changed_at

    @property
    def saved_by(self) -> User:
        return self.changed_by

    @property
    def saved_what(self) -> str:
        return "the team's notes"
