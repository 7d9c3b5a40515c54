"""What the engine gives back, what may be moved by hand, and how it says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inspections.timetable.method import Phase


class TimetableRefused(ValueError):
    """No timetable can be drawn. ``sentence`` says what is wrong and how to put it right; ``source`` is R6 to R12."""

    def __init__(self, sentence: str, source: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.source = source


@dataclass(frozen=True, slots=True)
class Override:
    """A step moved by hand (R8): its new days and why. ``ends_on`` equals ``starts_on`` for a single day."""

    key: str
    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated step. ``week`` is the counted week of ``starts_on``; None where that day is in no counted week,
    and for what is due long after the inspection.

    An on-site entry means the days in ``days``; these are all the working days in counted weeks from ``starts_on`` to
    ``ends_on``. ``note`` says why an entry is not where its method puts it.
    """

    key: str
    title: str
    kind: str
    phase: Phase
    week: int | None
    starts_on: date
    ends_on: date
    until_week: int | None = None
    days: tuple[date, ...] = ()
    note: str = ""

    def as_json(self) -> dict[str, str | int | None]:
        """The seven facts that the terminal prints, days as ISO dates."""
        return {
            "key": self.key,
            "title": self.title,
            "kind": self.kind,
            "phase": self.phase,
            "week": self.week,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }


def in_words(day: date) -> str:
    """Monday 8 December 2025."""
    return f"{day:%A} {day.day} {day:%B %Y}"
