"""How far apart evaluations are, once all have sealed: a dot a person, a ring the partnership's own, boxes earlier.

Never drawn before the reveal: who calls this has made sure of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from core.pictures.scale import LEVELS
from core.pictures.svg import (
    BLUE,
    BLUE_DARK,
    INK_SOFT,
    LINE_FAINT,
    MIST,
    PAPER,
    SKY,
    Sheet,
    swatch,
    width_of,
)


@dataclass(frozen=True, slots=True)
class Spread:
    """The sealed levels of one indicator: ``Spread("2.1", [3, 4, 4, 4, 5], own=5, earlier=[3, 4, 4])``."""

    name: str
    levels: Sequence[int]
    own: int | None = None
    earlier: Sequence[int] = field(default_factory=tuple)
    sealed_words: str = ""
    earlier_words: str = "published before"

    def __post_init__(self) -> None:
        if wrong := [
            level
            for level in (*self.levels, *self.earlier, *([self.own] if self.own else []))
            if level not in LEVELS
        ]:
            raise ValueError(f"An evaluation is 1 to 6, not {wrong[0]}.")


def spread_title(spread: Spread) -> str:
    """``Spread of evaluations for 2.1: inspectors 3, 4, 4, 4, 5; partnership 5``."""
    said = ", ".join(map(str, sorted(spread.levels))) or "none"
    own = f"; partnership {spread.own}" if spread.own else ""
    return f"Spread of evaluations for {spread.name} on the six-point scale: inspectors {said}{own}"


def spread_rows(spread: Spread) -> list[tuple[str, int, int, int]]:
    """The table: for each level from the highest its words, inspectors, partnership (0 or 1), earlier reports."""
    sealed, earlier = Counter(spread.levels), Counter(spread.earlier)
    return [
        (f"{level} {words}", sealed[level], int(spread.own == level), earlier[level])
        for level, words in LEVELS.items()
    ]


def spread_wide(spread: Spread) -> SafeString:
    """856 units wide: a column for each level, dots stacked."""
    sealed, earlier = Counter(spread.levels), Counter(spread.earlier)
    per_column = 4
    tall = max(max(sealed.values(), default=1), 1)
    step = 28 if tall <= 5 else max(140 / tall, 7)
    radius = min(11.0, step * 0.4)
    dots = max(tall * step, 56)
    floor = 46 + dots
    earlier_rows = -(-max(earlier.values(), default=1) // per_column)
    sheet = Sheet(856, floor + 54 + ((24 + earlier_rows * 18 + 12) if spread.earlier else 0))
    for level in range(1, 7):
        middle = _column(level)
        sheet.rect(middle - 57.8, 0, 115.7, 34, MIST)
        sheet.text(f"{level}  {LEVELS[level]}", middle, 22, weight=500, anchor="middle")
        sheet.line(middle, 40, middle, sheet.height, LINE_FAINT)
    sheet.line(0, floor + 4, 856, floor + 4, LINE_FAINT)
    people = len(spread.levels)
    _row_label(
        sheet,
        f"{_in_words(people)} inspector{'' if people == 1 else 's'}",
        spread.sealed_words,
        floor - dots / 2 - 4,
    )
    for level, count in sealed.items():
        for place in range(count):
            sheet.circle(_column(level), floor - 14 - place * step, radius, BLUE)
        sheet.text(str(count), _column(level) + 18, floor - 9.5, size=14, weight=700)
    _row_label(
        sheet, "Partnership’s own", "self-evaluation" if spread.own else "none given", floor + 24
    )
    if spread.own:
        sheet.circle(_column(spread.own), floor + 28, 10, PAPER, stroke=BLUE_DARK, width=3)
    if spread.earlier:
        top = floor + 58
        sheet.line(0, top, 856, top, LINE_FAINT)
        _row_label(sheet, "Earlier reports", spread.earlier_words, top + 22)
        for level, count in earlier.items():
            _boxes(sheet, level, count, top + 14, per_column)
            sheet.text(
                str(count),
                _column(level),
                top + 32 + -(-count // per_column) * 18 - 4,
                fill=INK_SOFT,
                anchor="middle",
            )
    return sheet.finish(title=spread_title(spread), css_class="app-chart--wide")


def _column(level: int) -> float:
    return 208.8 + (level - 1) * 117.67


def _row_label(sheet: Sheet, words: str, under: str, y: float) -> None:
    sheet.text(words, 0, y, size=14, weight=700)
    if under and width_of(under, 13) < 148:
        sheet.text(under, 0, y + 17, fill=INK_SOFT)


def _boxes(sheet: Sheet, level: int, count: int, top: float, per_column: int) -> None:
    for place in range(count):
        row, column = divmod(place, per_column)
        in_row = min(count - row * per_column, per_column)
        x = _column(level) - in_row * 9 + column * 18 + 2.5
        sheet.rect(x, top + row * 18, 13, 13, SKY, rx=1, stroke=BLUE_DARK)


def _in_words(number: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[number] if number < len(words) else str(number)


def spread_narrow(spread: Spread) -> SafeString:
    """288 units wide: for each level, the highest first, its inspectors, the partnership's own, and earlier reports."""
    sealed, earlier = Counter(spread.levels), Counter(spread.earlier)
    lines = {level: 1 + (spread.own == level) + bool(earlier[level]) for level in LEVELS}
    sheet = Sheet(288, sum(12 + 28 * count for count in lines.values()))
    most = max(sealed.values(), default=1)
    step = min(26.0, 132 / max(most - 1, 1))
    y = 0.0
    for level, words in LEVELS.items():
        middle = y + 20
        sheet.text(f"{level}  {words}", 0, middle + 5, size=14, weight=500)
        for dot in range(sealed[level]):
            sheet.circle(142 + dot * step, middle, min(10, step * 0.45) if most > 4 else 10, BLUE)
        if spread.own == level:
            middle += 28
            sheet.text("Partnership’s own", 0, middle + 5, fill=INK_SOFT)
            sheet.circle(142, middle, 9, PAPER, stroke=BLUE_DARK, width=3)
        if earlier[level]:
            middle += 28
            _narrow_boxes(sheet, earlier[level], middle)
        y += 12 + 28 * lines[level]
        sheet.line(0, y, 288, y, LINE_FAINT)
    return sheet.finish(title=spread_title(spread), css_class="app-chart--narrow")


def _narrow_boxes(sheet: Sheet, count: int, middle: float) -> None:
    """One box a report where they fit, else one for all; the number stands behind them."""
    drawn = count if count <= 6 else 1
    sheet.text("Earlier reports", 0, middle + 5, fill=INK_SOFT)
    for place in range(drawn):
        sheet.rect(135.5 + place * 18, middle - 6.5, 13, 13, SKY, rx=1, stroke=BLUE_DARK)
    sheet.text(str(count), 138 + drawn * 18, middle + 5, fill=INK_SOFT)


def spread_key(spread: Spread) -> list[tuple[SafeString, str]]:
    """What dot, ring and box mean."""
    dot, ring, box = Sheet(18, 18), Sheet(18, 18), Sheet(18, 18)
    dot.circle(9, 9, 8, BLUE)
    ring.circle(9, 9, 7, PAPER, stroke=BLUE_DARK, width=3)
    box.rect(2.5, 2.5, 13, 13, SKY, rx=1, stroke=BLUE_DARK)
    entries = [(swatch(dot), "one inspector")]
    entries += [(swatch(ring), "the partnership’s own view")] if spread.own else []
    entries += [(swatch(box), "one earlier published report")] if spread.earlier else []
    return entries
