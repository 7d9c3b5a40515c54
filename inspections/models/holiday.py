"""The school-holiday weeks by which one inspection is counted, its own from notification on."""

from __future__ import annotations

from django.db import models

from inspections.models.inspection import Inspection


class InspectionHolidayWeek(models.Model):
    """A week without a number in this inspection (R6), kept at notification: what its area's calendar says later
    does not number its weeks anew (R5)."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="holiday_weeks"
    )
    begins_on = models.DateField()
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["begins_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "begins_on"],
                name="inspection_holiday_week_once",
                violation_error_message="This week is already a school-holiday week of this inspection.",
            ),
            models.CheckConstraint(
                condition=models.Q(begins_on__week_day=2),
                name="inspection_holiday_week_begins_on_monday",
                violation_error_message="A school-holiday week is named by its Monday.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection}: week of {self.begins_on}"
