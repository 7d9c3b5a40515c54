"""A shared address of an agency: it gets copies of what the partnership is told. People sign, inboxes do not."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import Agency
from inspections.models.inspection import Inspection


class SharedInboxQuerySet(models.QuerySet["SharedInbox"]):
    """Which inboxes."""

    def told(self) -> SharedInboxQuerySet:
        """Those that get copies today."""
        return self.filter(removed_at__isnull=True)


class SharedInbox(models.Model):
    """One shared address on one inspection. It has no account and cannot be invited."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="shared_inboxes"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField("e-mail address")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SharedInboxQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "email"]
        verbose_name_plural = "shared inboxes"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "email"],
                condition=models.Q(removed_at__isnull=True),
                name="shared_inbox_once",
                violation_error_message="This address gets copies already.",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="shared_inbox_removed_at_has_its_by",
                violation_error_message="An address that was taken off says when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def name(self) -> str:
        """How a letter greets it."""
        return f"{self.agency}"
