"""The standing words of a report: its sections, labels and default texts. Data, one file a version of the method."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parent / "reference"


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One section as the wording has it: its key, where it stands, and what it says before anyone writes."""

    key: str
    group: str
    title: str
    required: bool
    hint: str
    default: str


@lru_cache(maxsize=8)
def wording(key: str = "2019") -> dict[str, Any]:
    """All standing words of one version. Raises FileNotFoundError for a version that is not there."""
    return dict(json.loads((REFERENCE / f"wording_{key}.json").read_text(encoding="utf-8")))


def section_specs(key: str = "2019") -> list[SectionSpec]:
    """The sections in the order of the report (R44)."""
    return [SectionSpec(**row) for row in wording(key)["sections"]]


def section_spec(name: str, key: str = "2019") -> SectionSpec | None:
    """The section of that key, or None."""
    return next((spec for spec in section_specs(key) if spec.key == name), None)


def inspectorates(on: date, key: str = "2019") -> list[str]:
    """The three scrutiny partners as they are called on that day."""
    day = on.isoformat()
    rows = wording(key)["inspectorates"]
    return [
        row["name"] for row in rows if row.get("from", "") <= day < row.get("until", "9999-12-31")
    ]
