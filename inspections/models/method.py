"""The method as data, versioned: which steps, in which counted week (`docs/lifecycle.md`)."""

from __future__ import annotations

from django.db import models

from inspections.enums import StepKind


class Method(models.Model):
    """One version of the method. An inspection draws its timetable from it at notification and then never changes with it."""

    key = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    framework_key = models.CharField(
        max_length=20, help_text="The quality framework that this method inspects by."
    )
    weeks = models.PositiveSmallIntegerField(default=35)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class MethodPhase(models.Model):
    """One phase of the method: its first and last counted week (R7). Together they are all its weeks, without gap."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField()
    first_week = models.PositiveSmallIntegerField()
    last_week = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["method", "number"], name="method_phase_once"),
            models.CheckConstraint(
                condition=models.Q(last_week__gte=models.F("first_week")),
                name="method_phase_ends_after_it_begins",
                violation_error_message="A phase cannot end before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"phase {self.number}, weeks {self.first_week} to {self.last_week}"


class MethodStep(models.Model):
    """One row of the method: a step in a counted week. Weekdays are Mon to Fri."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    phase = models.CharField(max_length=5)
    kind = models.CharField(max_length=10, choices=StepKind)
    week = models.PositiveSmallIntegerField(null=True, blank=True)
    weekday = models.CharField(max_length=3, blank=True)
    until_week = models.PositiveSmallIntegerField(null=True, blank=True)
    until_weekday = models.CharField(max_length=3, blank=True)
    after = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=80)
    with_whom = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["method", "key"], name="method_step_once")]

    def __str__(self) -> str:
        return self.title
