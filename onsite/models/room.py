"""A room in which sessions of one inspection take place, and how far it is."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from accounts.models import User
from core.words import one_line
from inspections.models import Inspection


class Room(models.Model):
    """``minutes`` is the way from the base, where the team works between sessions; 0 for a room there."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="onsite_rooms"
    )
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300)
    directions = models.CharField("how to get there", max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes from the base", default=0)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "name"],
                name="room_once_an_inspection",
                violation_error_message="A room of this name is there already.",
            ),
            models.CheckConstraint(
                condition=models.Q(changed_at__isnull=True, changed_by__isnull=True)
                | models.Q(changed_at__isnull=False, changed_by__isnull=False),
                name="room_changed_at_has_its_by",
                violation_error_message="A room that was changed says when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def saved_at(self) -> datetime:
        """When it was last saved: with the two below, what ``core.versions`` says when two people meet in it."""
        return self.changed_at or self.added_at

    @property
    def saved_by(self) -> User:
        return self.changed_by or self.added_by

    @property
    def saved_what(self) -> str:
        return f"the room “{self.name}”"

    def minutes_to(self, other: Room) -> int:
        """The way to another room: none within one address, else as far as both are from the base together."""
        if self.pk == other.pk or _plain(self.address) == _plain(other.address):
            return 0
        return self.minutes + other.minutes


def _plain(address: str) -> str:
    return one_line(address).casefold()
