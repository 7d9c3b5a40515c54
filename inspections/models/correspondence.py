"""Letters, calls and meetings that happened outside the product, as somebody put them on record."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from inspections.enums import Direction, Means
from inspections.models.inspection import Inspection


class CorrespondenceEntry(models.Model):
    """One thing that was said or written outside. Kept as it is; a later entry may correct it, and says why."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="correspondence"
    )
    happened_on = models.DateField()
    direction = models.CharField(max_length=10, choices=Direction)
    means = models.CharField(max_length=10, choices=Means)
    with_whom = models.CharField(max_length=120)
    about = models.CharField(max_length=200)
    words = models.TextField(max_length=5000)
    corrects = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="correction"
    )
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name_plural = "correspondence entries"
        indexes = [
            models.Index(fields=["inspection", "happened_on"], name="correspondence_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True) | ~models.Q(reason=""),
                name="correspondence_corrected_with_reason",
                violation_error_message="A correction says why.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_means_display()} of {self.happened_on:%d.%m.%Y}"
