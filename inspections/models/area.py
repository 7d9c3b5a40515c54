"""The 32 council areas, each with its agencies, health board, police division and school holidays (`inspections/reference/README.md`)."""

from __future__ import annotations

from django.db import models

from accounts.models import Agency


class Area(models.Model):
    """One council area (R2). ``is_invented`` marks the example's: nothing about it is about a real place."""

    code = models.CharField("GSS code", max_length=9, unique=True)
    former_code = models.CharField(max_length=9, blank=True)
    name = models.CharField(max_length=80, unique=True)
    nhs_board = models.CharField("NHS board", max_length=80)
    nhs_board_code = models.CharField(max_length=9)
    police_division_letter = models.CharField(max_length=1)
    police_division = models.CharField(max_length=80)
    is_invented = models.BooleanField(default=False)
    agencies = models.ManyToManyField(
        Agency, related_name="areas", help_text="Whose people may join for the partnership."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SchoolHolidayWeek(models.Model):
    """A week, named by its Monday, in which the area's schools are closed: it takes no number (R6)."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="school_holiday_weeks")
    monday = models.DateField()
    name = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["monday"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "monday"],
                name="school_holiday_week_once",
                violation_error_message="This week is already a school-holiday week of this area.",
            ),
            models.CheckConstraint(
                condition=models.Q(monday__week_day=2),
                name="school_holiday_week_begins_on_monday",
                violation_error_message="A school-holiday week is named by its Monday.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: week of {self.monday}"
