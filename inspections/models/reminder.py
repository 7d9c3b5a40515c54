"""What has been sent about a due date, so that the clock sends it once, even after an outage."""

from __future__ import annotations

from django.db import models

from inspections.models.step import Step


class NoticeKind(models.TextChoices):
    """Seven days before, two days before (R18), and once after."""

    WEEK_BEFORE = "week_before", "a week before"
    DAYS_BEFORE = "days_before", "two days before"
    OVERDUE = "overdue", "overdue"


class StepNotice(models.Model):
    """One notice about one due date. A step that is moved gets new notices for its new date."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    due_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "kind", "due_on"], name="step_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.step}"
