"""A legal hold: while it stands, nothing of the inspection goes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from inspections.models import Inspection


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Which holds."""

    def standing(self) -> LegalHoldQuerySet:
        return self.filter(lifted_at__isnull=True)


class LegalHold(models.Model):
    """Who holds back what is kept of an inspection, since when and why; and who lifted it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="legal_holds")
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_because = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"],
                condition=models.Q(lifted_at__isnull=True),
                name="legal_hold_stands_once",
                violation_error_message="This inspection is held already.",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="legal_hold_lifted_at_has_its_by",
                violation_error_message="A hold that was lifted says when and by whom.",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="legal_hold_has_a_reason",
                violation_error_message="A hold says why.",
            ),
        ]

    def __str__(self) -> str:
        return f"Legal hold on {self.inspection}"
