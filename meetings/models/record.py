"""What each version of a record said, who confirmed which, what the two sides see differently, and the team's own notes."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import User
from meetings.enums import Side
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting


class RecordVersion(models.Model):
    """What one version of a record said, label by label, as it was read: also names and designations of that day.

    One that is not ``shared`` was a draft of the team, before the partnership was asked to confirm the record.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="record_versions")
    version = models.PositiveIntegerField()
    words = models.JSONField()  # pairs of a label and its words, in the order of the page
    shared = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="record_version_once"),
        ]

    def __str__(self) -> str:
        return f"Version {self.version} of the record of {self.meeting}"


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


class DifferenceQuerySet(models.QuerySet["Difference"]):
    """Which differences."""

    def in_force(self) -> DifferenceQuerySet:
        """Those that the record says: the side that said it has not withdrawn it."""
        return self.filter(withdrawn_at__isnull=True)


class Difference(models.Model):
    """How one side sees something differently. Kept in the record as it was said; nobody else's words replace it.

    The side that said it can withdraw it until the record is settled; the row stays.
    """

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
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["kept_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="difference_withdrawn_at_has_its_by",
                violation_error_message="A difference that was withdrawn says when and by whom.",
            ),
        ]

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
