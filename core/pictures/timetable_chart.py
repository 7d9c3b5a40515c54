"""The timetable on a calendar: lanes of bars, marks and days, with holidays as shade and today as a line.

Each item looks for a free place by itself: its label to the right, to the left or inside its bar, in the first
row where neither shape nor words touch another; so any calendar can be drawn. Below it the page lists every item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.safestring import SafeString

from core.pictures.calendar import MONTHS, Tracker, full, stretch, without_year
from core.pictures.phase_tracker import numbers_with_room
from core.pictures.svg import (
    BLUE,
    BLUE_DARK,
    GAP,
    INK,
    INK_SOFT,
    LINE,
    LINE_FAINT,
    NAVY,
    PAPER,
    SKY,
    Box,
    Sheet,
    box_of,
    width_of,
)  # fmt: skip

WIDTH, GUTTER, ROW = 1008, 128, 24


@dataclass(frozen=True, slots=True)
class ChartItem:
    """One thing with a name and its first and last day.

    ``kind`` is bar (a window), mark (a meeting or a moment), end (the last mark, publication) or days
    (on-site days, one stroke a day: those in ``days``, or every working day of the stretch).
    """

    title: str
    starts_on: date
    ends_on: date | None = None
    kind: str = "bar"
    days: Sequence[date] = ()

    @property
    def last_on(self) -> date:
        """The last day; the first for a moment."""
        return self.ends_on or self.starts_on


@dataclass(frozen=True, slots=True)
class ChartLane:
    """A lane of the picture: "Meetings", "Surveys", "Team"."""

    title: str
    items: Sequence[ChartItem]


@dataclass(frozen=True, slots=True)
class TimetableChart:
    """The picture of one timetable: the calendar it lies on and its lanes."""

    tracker: Tracker
    lanes: Sequence[ChartLane] = field(default_factory=tuple)

    @property
    def slot(self) -> float:
        """How wide one week is."""
        return (WIDTH - GUTTER) / len(self.tracker.weeks)

    def x(self, day: date) -> float:
        """Where a day begins."""
        return GUTTER + self.tracker.share(day) * self.slot

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """The same facts as a table: lane, item, dates."""
        for phase in self.tracker.phases:
            first, last = self.tracker.span(phase)
            dates = stretch(
                self.tracker.weeks[first].monday,
                self.tracker.weeks[last].monday + timedelta(days=4),
            )
            yield "Phases", f"{phase.title}: {phase.subtitle.lower()}", dates
        for lane in self.lanes:
            for item in sorted(lane.items, key=lambda one: (one.starts_on, one.last_on)):
                yield lane.title, item.title, stretch(item.starts_on, item.last_on)


def chart_title(chart: TimetableChart) -> str:
    """The name of the picture."""
    return f"Timetable of the {chart.tracker.name} inspection on a calendar"


def timetable_chart(chart: TimetableChart) -> SafeString:
    """The wide picture, 1008 units; on a phone the tracker's calendar by month stands in its place."""
    tracker, sheet = chart.tracker, Sheet(WIDTH, 600)
    edges = _layers(sheet, chart)
    bottom = edges[-1] if edges else 114
    front = sheet.parts
    sheet.parts = []
    _ground(sheet, chart, edges, bottom)
    sheet.parts += front
    _foot(sheet, chart, bottom)
    names = ", ".join(lane.title.lower() for lane in chart.lanes) or "no items yet"
    stands = "" if tracker.waits else f"Today, {full(tracker.today)}: "
    told = (
        f"Phases, {names}, from {full(tracker.starts_on)} to {full(tracker.ends_on)}. "
        f"{stands}{tracker.where() if stands else tracker.where().capitalize()}. Every item is in the table and in the list below."
    )
    return sheet.finish(title=chart_title(chart), description=told, css_class="app-chart--wide")


def _layers(sheet: Sheet, chart: TimetableChart) -> list[float]:
    """Draw head, phases and lanes; returns the lines between lanes, the last of them the bottom."""
    _head(sheet, chart)
    _phase_bands(sheet, chart)
    top = 114.0
    edges = [62.0, top]
    for lane in chart.lanes:
        top = _lane(sheet, chart, lane, top)
        edges.append(top)
    return edges


def _ground(sheet: Sheet, chart: TimetableChart, edges: list[float], bottom: float) -> None:
    for _, first, last in chart.tracker.holidays():
        sheet.rect(
            GUTTER + first * chart.slot, 58, (last - first + 1) * chart.slot, bottom - 58, GAP, rx=0
        )
    for edge in edges[:-1]:
        sheet.line(0, edge, WIDTH, edge, LINE_FAINT)
    if (x := _today_x(chart)) is not None:
        sheet.line(x, 52, x, bottom + 26, NAVY, width=2)


def _today_x(chart: TimetableChart) -> float | None:
    place = chart.tracker.place_of(chart.tracker.today)
    return None if place is None else GUTTER + (place + 0.5) * chart.slot - 0.5


def _head(sheet: Sheet, chart: TimetableChart) -> None:
    tracker, known = chart.tracker, 0
    for first in tracker.months():
        x = chart.x(first)
        sheet.line(x, 4, x, 24, LINE)
        name = MONTHS[first.month - 1]
        for words in (f"{name} {first.year}" if first.year != known else name, name):
            if sheet.is_free(box_of(words, x + 5, 18, size=13), air=5):
                sheet.text(words, x + 5, 18, size=13, weight=500)
                known = first.year if str(first.year) in words else known
                break
    now, shown = tracker.place_of(tracker.today), numbers_with_room(tracker, chart.slot, size=12)
    for place, week in enumerate(tracker.weeks):
        x = GUTTER + place * chart.slot
        if place == now:
            sheet.rect(x, 31, max(chart.slot - 1, 18), 22, NAVY)
        if week.number is not None and place in shown:
            is_now = place == now
            sheet.text(
                str(week.number),
                x + chart.slot / 2 - 0.5,
                46,
                size=12,
                fill=PAPER if is_now else INK_SOFT,
                weight=700 if is_now else 400,
                anchor="middle",
            )


def _phase_bands(sheet: Sheet, chart: TimetableChart) -> None:
    tracker = chart.tracker
    sheet.text("Phases", 0, 84, weight=700)
    for phase in tracker.phases:
        first, last = tracker.span(phase)
        left, right = GUTTER + first * chart.slot, GUTTER + (last + 1) * chart.slot - 7
        begun = tracker.weeks[first].monday <= tracker.today
        sheet.rect(left, 70, right - left, 32, BLUE if begun else SKY)
        for words in (f"{phase.title}: {phase.subtitle.lower()}", phase.title):
            if width_of(words, 14) + 16 <= right - left:
                sheet.text(words, left + 10, 91, size=14, fill=PAPER if begun else INK, weight=500)
                break


@dataclass(slots=True)
class _Shape:
    """An item with the place of its shape, and of its label once that is found."""

    item: ChartItem
    left: float
    right: float
    label_x: float = 0
    anchor: str = ""


def _lane(sheet: Sheet, chart: TimetableChart, lane: ChartLane, top: float) -> float:
    """Draw one lane from ``top``; returns where the next begins."""
    for place, words in enumerate(_wrapped(lane.title, GUTTER - 14)):
        sheet.text(words, 0, top + 22 + place * 17, weight=700)
    rows: list[list[Box]] = []
    for item in sorted(lane.items, key=lambda one: (one.starts_on, one.last_on)):
        if item.last_on < chart.tracker.starts_on or item.starts_on > chart.tracker.ends_on:
            continue
        shape = _shape(chart, item)
        row = _find_row(chart, shape, rows)
        _draw(sheet, chart, shape, top + 8 + row * ROW)
    deep = max(len(rows), len(_wrapped(lane.title, GUTTER - 14)) * 0.75)
    return top + 16 + max(deep, 1) * ROW


def _wrapped(words: str, room: float) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}", 13) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _shape(chart: TimetableChart, item: ChartItem) -> _Shape:
    middle = chart.x(item.starts_on) + chart.slot / 14
    if item.kind in ("mark", "end"):
        middle = min(middle, WIDTH - 9)
        return _Shape(item, middle - 8, middle + 8)
    left = chart.x(item.starts_on)
    right = max(
        chart.x(item.last_on) + chart.slot * 0.71 * (1 / 5 if item.last_on.weekday() < 4 else 0.28),
        left + 4,
    )
    return _Shape(item, left, min(right, WIDTH))


def _find_row(chart: TimetableChart, shape: _Shape, rows: list[list[Box]]) -> int:
    """The first row with room for shape and label, by the kindest placement; today's line is crossed only at need."""
    today = _today_x(chart)
    wide = width_of(shape.item.title, 12)
    placements = [("start", shape.right + 6), ("end", shape.left - 6)]
    if shape.item.kind == "bar" and shape.right - shape.left >= wide + 12:
        placements.append(("inside", shape.left + 7))
    for may_cross in (False, True):
        for row in range(len(rows) + 1):
            if row > 4 and not may_cross:
                break
            for anchor, x in placements:
                spans = _spans(shape, anchor, x, wide)
                if spans[-1].left < GUTTER - 0.5 or spans[-1].right > WIDTH:
                    continue
                label = spans[-1]
                if today is not None and not may_cross and label.left - 3 < today < label.right + 3:
                    continue
                if row < len(rows) and any(
                    one.meets(other, air=7) for one in spans for other in rows[row]
                ):
                    continue
                return _claim(shape, anchor, x, spans, rows, row)
    return _claim(shape, "", 0, [Box(shape.left, 0, shape.right, 1)], rows, len(rows))


def _spans(shape: _Shape, anchor: str, x: float, wide: float) -> list[Box]:
    own = Box(shape.left, 0, shape.right, 1)
    if anchor == "inside":
        return [own, Box(x, 0, x + wide, 1)]
    return [own, Box(x, 0, x + wide, 1) if anchor == "start" else Box(x - wide, 0, x, 1)]


def _claim(
    shape: _Shape, anchor: str, x: float, spans: list[Box], rows: list[list[Box]], row: int
) -> int:
    shape.anchor, shape.label_x = anchor, x
    if row == len(rows):
        rows.append([])
    rows[row] += spans
    return row


def _draw(sheet: Sheet, chart: TimetableChart, shape: _Shape, y: float) -> None:
    item, today = shape.item, chart.tracker.today
    begun, over = item.starts_on <= today, item.last_on < today
    ink, bold = INK, 400
    if item.kind in ("mark", "end"):
        is_now = (
            chart.tracker.place_of(item.starts_on) == chart.tracker.place_of(today)
            and chart.tracker.now is not None
        )
        bold = 700 if is_now or item.kind == "end" else 400
        fill, edge = (
            (NAVY, PAPER)
            if is_now or item.kind == "end"
            else (BLUE, PAPER)
            if over
            else (PAPER, BLUE_DARK)
        )
        sheet.diamond(
            (shape.left + shape.right) / 2,
            y + 8,
            9 if item.kind == "end" else 7,
            fill,
            stroke=edge,
            width=2,
        )
    elif item.kind == "days":
        _strokes(sheet, chart, item, y)
        bold = 500
    elif begun:
        sheet.rect(shape.left, y, shape.right - shape.left, 16, BLUE)
        ink = PAPER if shape.anchor == "inside" else INK
    else:
        sheet.rect(shape.left, y + 0.5, shape.right - shape.left, 15, SKY, stroke=BLUE_DARK)
    if shape.anchor:
        anchor = "start" if shape.anchor == "inside" else shape.anchor
        sheet.text(
            item.title, shape.label_x, y + 12.5, size=12, fill=ink, weight=bold, anchor=anchor
        )


def _strokes(sheet: Sheet, chart: TimetableChart, item: ChartItem, y: float) -> None:
    span = (item.last_on - item.starts_on).days + 1
    stretch_of_days = (item.starts_on + timedelta(days=ahead) for ahead in range(span))
    wide = max(chart.slot / 7 - 0.4, 1.2)
    for day in item.days or [day for day in stretch_of_days if day.weekday() < 5]:
        done = day <= chart.tracker.today
        sheet.rect(chart.x(day), y - 1, wide, 18, NAVY if done else PAPER, rx=0, stroke=NAVY)


def _foot(sheet: Sheet, chart: TimetableChart, bottom: float) -> None:
    """Names of the holidays, and the flag of today."""
    for name, first, last in chart.tracker.holidays():
        middle = GUTTER + (first + last + 1) / 2 * chart.slot
        middle = min(middle, WIDTH - width_of(name, 12) / 2)
        box = box_of(name, middle, bottom + 16, size=12, anchor="middle")
        line = _today_x(chart)
        if (
            name
            and sheet.is_free(box)
            and not (line is not None and box.left - 3 < line < box.right + 3)
        ):
            sheet.text(name, middle, bottom + 16, size=12, fill=INK_SOFT, anchor="middle")
    tracker = chart.tracker
    words = f"Today, {without_year(tracker.today)}"
    if tracker.waits:
        words = "Planned, not yet begun"
    elif tracker.today < tracker.starts_on:
        words = f"Today, {full(tracker.today)}: not yet begun"
    elif tracker.today > tracker.ends_on:
        words = f"Today, {full(tracker.today)}: all weeks are over"
    wide = width_of(words, 13) * 0.97 + 22
    x = _today_x(chart)
    at = x if x is not None else GUTTER if tracker.today < tracker.starts_on else WIDTH
    left = min(max(at - 8, 0), WIDTH - wide)
    sheet.rect(left, bottom + 26, wide, 28, NAVY)
    sheet.text(words, left + 11, bottom + 45, size=13, fill=PAPER, weight=500, claims=False)
    sheet.height = bottom + 56
