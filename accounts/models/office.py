"""Roles held for the whole programme rather than on one inspection."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.roles import PROGRAMME_ROLES, Role


class Office(models.Model):
    """One person holds one role of the programme."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offices"
    )
    role = models.CharField(
        max_length=40, choices=[(r.value, r.label) for r in sorted(PROGRAMME_ROLES)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], name="office_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {Role(self.role).label}"
