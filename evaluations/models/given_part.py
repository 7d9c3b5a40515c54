"""Which agency of the partnership writes the answer to which question of its joint self-evaluation."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import Agency
from evaluations.models.framework import Question
from inspections.models import Inspection


class GivenPartQuerySet(models.QuerySet["GivenPart"]):
    """Which parts."""

    def in_force(self) -> GivenPartQuerySet:
        """Given and not taken back."""
        return self.filter(taken_back_at__isnull=True)


class GivenPart(models.Model):
    """One question given to one agency, by the co-ordinator. Several agencies may write one answer together."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="given_parts")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = GivenPartQuerySet.as_manager()

    class Meta:
        ordering = ["question__number", "agency__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "question", "agency"],
                condition=models.Q(taken_back_at__isnull=True),
                name="part_given_once_to_an_agency",
                violation_error_message="This agency writes this answer already.",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="part_taken_back_at_has_its_by",
                violation_error_message="A part that was taken back says when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} with {self.agency}"
