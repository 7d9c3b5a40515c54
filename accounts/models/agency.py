"""The bodies that people come from: four inspectorates, and the agencies of each partnership."""

from __future__ import annotations

from django.db import models

from accounts.enums import INSPECTORATES, AgencyKind


class Agency(models.Model):
    """An inspectorate or an agency of a community planning partnership."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40, choices=AgencyKind)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    @property
    def is_inspectorate(self) -> bool:
        return self.kind in INSPECTORATES
