"""Where the evidence is thin: each indicator by kind of source."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from evaluations.enums import SourceType
from evaluations.models import EvidenceItem, Indicator
from evaluations.queries.framework import framework_of
from inspections.models import Inspection


@dataclass(frozen=True, slots=True)
class Cell:
    """How many passages one indicator has from one kind of source, and how strongly the cell is tinted (0 to 4)."""

    source: SourceType
    count: int

    @property
    def heat(self) -> int:
        return next(
            (heat for heat, least in ((4, 10), (3, 6), (2, 3), (1, 1)) if self.count >= least), 0
        )


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One indicator of the coverage table."""

    indicator: Indicator
    cells: list[Cell]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)

    @property
    def kinds(self) -> int:
        return sum(1 for cell in self.cells if cell.count)

    @property
    def words(self) -> str:
        """What is thin about it, in words; nothing when two kinds of source or more speak to it."""
        if not self.total:
            return "no evidence yet"
        return "thin: one source" if self.kinds == 1 else ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every indicator by kind of source, under its domain; ``total`` counts each passage once."""

    domains: list[tuple[str, list[CoverageRow]]]
    total: int

    @property
    def rows(self) -> list[CoverageRow]:
        return [row for _, rows in self.domains for row in rows]

    @property
    def thin(self) -> int:
        return sum(1 for row in self.rows if row.kinds == 1)

    @property
    def empty(self) -> int:
        return sum(1 for row in self.rows if not row.total)


def coverage(inspection: Inspection, *, evaluated_only: bool = False) -> Coverage:
    """Where the evidence is thin, in three queries whatever its amount."""
    indicators = framework_of(inspection).indicators.select_related("area__domain")
    if evaluated_only:
        indicators = indicators.filter(group__isnull=False)
    counted = (
        EvidenceItem.indicators.through.objects.filter(evidenceitem__inspection=inspection)
        .order_by()
        .values_list("indicator_id", "evidenceitem__source_type")
        .annotate(n=Count("pk"))
    )
    counts = {(indicator, source): n for indicator, source, n in counted}
    domains: dict[str, list[CoverageRow]] = {}
    for indicator in indicators:
        cells = [Cell(source, counts.get((indicator.pk, source.value), 0)) for source in SourceType]
        domains.setdefault(indicator.area.domain.name, []).append(CoverageRow(indicator, cells))
    return Coverage(list(domains.items()), EvidenceItem.objects.of(inspection).count())
