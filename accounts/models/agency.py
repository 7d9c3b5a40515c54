"""The bodies that people come from: four inspectorates, and the agencies of each partnership."""

from __future__ import annotations

from django.db import models

from accounts.enums import INSPECTORATES, AgencyKind


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Which agencies."""

    def care_inspectorate(self) -> Agency:
        """The one that the offices of the programme belong to; made where no reference data was loaded yet."""
        kind = AgencyKind.CARE_INSPECTORATE
        return self.filter(kind=kind).first() or self.create(name=kind.label, kind=kind)


class Agency(models.Model):
    """An inspectorate or an agency of a community planning partnership."""

    name = models.CharField(max_length=120, unique=True)
    came_as = models.CharField(
        max_length=120,
        blank=True,
        help_text="The name it came with, where it was renamed: the reference data knows it by that.",
    )
    kind = models.CharField(max_length=40, choices=AgencyKind)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    @property
    def is_inspectorate(self) -> bool:
        return self.kind in INSPECTORATES
