"""Who has read what on one inspection: a line for each person and each page or file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from audit.models import Event, is_reading
from audit.narrate import narrate
from inspections.models import Inspection


@dataclass(slots=True)
class Reading:
    """One person and one thing that they read or took along: in a sentence, how often, first and last."""

    sentence: str
    who: str
    first: datetime
    last: datetime
    times: int


def readings_of(inspection: Inspection, *, what: str = "") -> list[Reading]:
    """The last to read first. ``what`` keeps only events of that name. One query, whatever was read."""
    rows = Event.objects.about(inspection.reference).readings().order_by("number")
    if what:
        rows = rows.filter(name=what)
    found: dict[tuple[int | None, str, str], Reading] = {}
    for row in rows.only("number", "name", "at", "by_id", "by_name", "details").iterator():
        key = (row.by_id, row.name, json.dumps(row.details, sort_keys=True))
        known = found.get(key)
        if known is None:
            found[key] = Reading(narrate(row), row.by_name, row.at, row.at, 1)
        else:
            known.last, known.times = row.at, known.times + 1
    return sorted(found.values(), key=lambda reading: reading.last, reverse=True)


def what_was_read(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the choices of the log those that are readings."""
    return [(name, words) for name, words in rows if is_reading(name)]
