"""The versions of one inspection's timetable: what each changed, why, and by whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from inspections.enums import Cause
from inspections.models.inspection import Inspection
from inspections.models.step import Step


class TimetableVersion(models.Model):
    """One release of dates. The first is the timetable as it was drawn at notification, and changes nothing."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=10, choices=Cause)
    title = models.CharField(max_length=300)
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number"], name="timetable_version_once_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}: {self.title}"


class DateChange(models.Model):
    """Where one step stood before a version, and where it stands by it. ``days`` are its on-site days, as ISO dates."""

    version = models.ForeignKey(TimetableVersion, on_delete=models.CASCADE, related_name="changes")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="changes")
    is_asked = models.BooleanField(default=False)
    stood_from_on = models.DateField()
    stood_until_on = models.DateField()
    stood_days = models.JSONField(default=list, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    days = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "step"], name="date_change_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.stood_from_on} to {self.starts_on}"


class Closure(models.Model):
    """Days on which this inspection does not work, or, before an election, does not publish."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="closures")
    kind = models.CharField(max_length=10, choices=Cause)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="closure_ends_after_it_starts",
                violation_error_message="The last day is before the first day.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[Cause.CLOSED, Cause.ELECTION]),
                name="closure_is_of_a_kind_that_closes",
            ),
            models.UniqueConstraint(
                fields=["inspection", "kind", "starts_on", "ends_on"], name="closure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.starts_on} to {self.ends_on}"
