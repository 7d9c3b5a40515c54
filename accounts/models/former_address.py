"""Addresses that people gave up, so that an invitation to one of them opens nothing."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class FormerAddress(models.Model):
    """An address somebody signed in with until ``left_at``. It may be somebody else's since: shared inboxes are."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="former_addresses"
    )
    email = models.EmailField()
    left_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["email"], name="former_address_by_email")]

    def __str__(self) -> str:
        return f"{self.person} until {self.left_at:%d.%m.%Y}"
