"""Days on which somebody of the inspectorates is away. Why is nobody's business, so it is not asked."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models

from accounts.models import User


class LeaveQuerySet(models.QuerySet["Leave"]):
    """Which leave."""

    def from_day(self, day: date) -> LeaveQuerySet:
        """What ends on this day or later."""
        return self.filter(ends_on__gte=day)


class Leave(models.Model):
    """From a first to a last day, both away. ``words`` are the person's own: nobody else is shown them."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leave"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    words = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "starts_on"],
                name="leave_begins_once_a_day",
                violation_error_message="Days away that begin on this day are on record already.",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="leave_ends_after_it_starts",
                violation_error_message="The last day away cannot be before the first.",
            ),
            models.CheckConstraint(
                condition=models.Q(changed_at__isnull=True, changed_by__isnull=True)
                | models.Q(changed_at__isnull=False, changed_by__isnull=False),
                name="leave_changed_by_somebody",
                violation_error_message="Days away that were changed say when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.starts_on} to {self.ends_on}"

    @property
    def saved_at(self) -> datetime:
        return self.changed_at or self.recorded_at

    @property
    def saved_by(self) -> User:
        return self.changed_by or self.recorded_by

    @property
    def saved_what(self) -> str:
        """Its name within a sentence, for two people who change it at once (``core.versions.Kept``)."""
        return f"{self.person}'s days away"

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on
