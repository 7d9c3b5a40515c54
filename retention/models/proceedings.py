"""The two dates of R52 that nothing else in the system knows: submission to Ministers, and the end of proceedings."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from inspections.models import Inspection


class Submission(models.Model):
    """The day on which the report was submitted to Ministers. Recording it again corrects it; the log keeps both."""

    inspection = models.OneToOneField(
        Inspection, on_delete=models.PROTECT, related_name="submission"
    )
    submitted_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.inspection}, submitted on {self.submitted_on}"


class ProceedingsQuerySet(models.QuerySet["Proceedings"]):
    """Which proceedings."""

    def running(self) -> ProceedingsQuerySet:
        return self.filter(ended_at__isnull=True)


class Proceedings(models.Model):
    """Proceedings connected with an inspection, until they are finally determined."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="proceedings")
    title = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    determined_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ProceedingsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name_plural = "proceedings"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    ended_at__isnull=True, ended_by__isnull=True, determined_on__isnull=True
                )
                | models.Q(
                    ended_at__isnull=False, ended_by__isnull=False, determined_on__isnull=False
                ),
                name="proceedings_ended_at_has_its_by",
                violation_error_message="Proceedings that ended say on which day, and who recorded it when.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.ended_at is None
