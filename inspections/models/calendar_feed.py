"""A subscription: a secret address from which somebody's calendar program fetches their dates."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from inspections.models.inspection import Inspection


class CalendarFeed(models.Model):
    """Whoever has the address reads the dates, so it is kept as a hash alone. Taken back, the row goes.

    Without an inspection it is of all on which the person works, those to come among them.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return str(self.inspection) if self.inspection_id else "All inspections"
