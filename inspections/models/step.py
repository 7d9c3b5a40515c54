"""One dated step of one inspection's own timetable."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from inspections.enums import StepKind, StepState
from inspections.models.inspection import Inspection

PARTNERSHIP_OWNERS = ("partnership", "inspection co-ordinator")


class StepQuerySet(models.QuerySet["Step"]):
    """Which steps."""

    def open(self) -> StepQuerySet:
        return self.filter(state=StepState.UPCOMING)

    def late(self, today: date) -> StepQuerySet:
        """Due dates gone by. Windows, meetings and on-site days pass; they are not late."""
        return self.open().filter(kind=StepKind.DUE, ends_on__lt=today)


class Step(models.Model):
    """Drawn from the method at notification. ``note`` says why the calendar or a person moved it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=StepKind)
    phase = models.CharField(max_length=5)
    week = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    days = models.JSONField(
        default=list, blank=True, help_text="The on-site days themselves, as ISO dates."
    )
    owner = models.CharField(max_length=80)
    with_whom = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=StepState, default=StepState.UPCOMING)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()
    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "order"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "key"], name="step_once_an_inspection"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="step_ends_after_it_starts",
                violation_error_message="A step cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, done_by__isnull=True)
                | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="step_done_at_has_its_by",
                violation_error_message="A step that is done says when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_late(self, today: date) -> bool:
        """Whether this is a due date that has gone by undone."""
        return (
            self.state == StepState.UPCOMING and self.kind == StepKind.DUE and self.ends_on < today
        )
