"""The phase tracker: where an inspection is in its counted weeks, as a ruler. ``month_calendar`` is its narrow form."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.safestring import SafeString

from core.pictures.calendar import MONTHS, Tracker, TrackerMeeting, TrackerPhase
from core.pictures.svg import (
    BLUE,
    BLUE_DARK,
    INK,
    INK_SOFT,
    LINE_FAINT,
    LINE_STRONG,
    NAVY,
    PAPER,
    SKY,
    Box,
    Sheet,
    box_of,
    swatch,
    width_of,
)
from core.pictures.tracker_words import (
    in_order,
    next_meeting,
    today_words,
    tracker_description,
    tracker_title,
)

WIDE = 856


def tracker_wide(tracker: Tracker) -> SafeString:
    """The ruler, 856 units wide."""
    sheet = Sheet(WIDE, 238)
    slot = WIDE / len(tracker.weeks)
    _phases(sheet, tracker, slot)
    _month_line(sheet, tracker, slot, top=54, base=68)
    _weeks(sheet, tracker, slot)
    _onsite(sheet, tracker, slot)
    _holiday_names(sheet, tracker, slot, base=140)
    depth = _meetings(sheet, tracker, slot)
    _today(sheet, tracker, slot, flag_top=depth)
    sheet.height = depth + 30
    return sheet.finish(
        title=tracker_title(tracker),
        description=tracker_description(tracker),
        css_class="app-chart--wide",
    )


def _phases(sheet: Sheet, tracker: Tracker, slot: float) -> None:
    spans = [(phase, *tracker.span(phase)) for phase in tracker.phases]
    for place, (phase, first, last) in enumerate(spans):
        left = first * slot
        room = (spans[place + 1][1] * slot if place + 1 < len(spans) else WIDE) - left - 6
        begun = tracker.weeks[first].monday <= tracker.today
        done = tracker.weeks[last].monday + timedelta(days=6) < tracker.today
        if width_of(phase.title, 15) <= room:
            sheet.text(phase.title, left, 15, size=15, weight=700)
        if words := _subtitle(phase, room, done=done):
            sheet.text(words, left, 33, size=13, fill=INK_SOFT)
        wide = (last + 1) * slot - left - 2
        sheet.rect(
            left, 42 if begun else 44, wide, 4 if begun else 2, BLUE if begun else LINE_STRONG, rx=0
        )


def _subtitle(phase: TrackerPhase, room: float, *, done: bool) -> str:
    weeks = (
        f"week {phase.first_week}"
        if phase.first_week == phase.last_week
        else f"weeks {phase.first_week} to {phase.last_week}"
    )
    tail = ", done" if done else ""
    for words in (
        f"{phase.subtitle}, {weeks}{tail}",
        f"{phase.subtitle}, {weeks}",
        f"{weeks}{tail}",
        weeks,
        phase.subtitle,
    ):
        if width_of(words, 13) <= room:
            return words[:1].upper() + words[1:]
    return ""


def _month_line(
    sheet: Sheet,
    tracker: Tracker,
    slot: float,
    *,
    top: float,
    base: float,
    origin: float = 0,
    size: float = 12,
) -> None:
    """Month names over the weeks; the year where it begins. A name without room is left out, its line stays."""
    known: int | None = None
    for first in tracker.months():
        x = origin + tracker.share(first) * slot
        sheet.line(x, top, x, top + 18, LINE_FAINT)
        name = MONTHS[first.month - 1]
        for words in (f"{name} {first.year}" if first.year != known else name, name):
            box = box_of(words, x + 4, base, size=size)
            if sheet.is_free(box, air=5):
                sheet.text(words, x + 4, base, size=size, fill=INK_SOFT)
                known = first.year if str(first.year) in words else known
                break


def _weeks(sheet: Sheet, tracker: Tracker, slot: float) -> None:
    now = tracker.place_of(tracker.today)
    shown = numbers_with_room(tracker, slot, size=13)
    for place, week in enumerate(tracker.weeks):
        x, middle = place * slot, place * slot + slot / 2 - 1
        if week.number is None:
            sheet.line(x, 98, x + slot, 98, LINE_STRONG, width=1.5, dash="1.5 3")
            continue
        fill = NAVY if place == now else BLUE if week.monday < tracker.today else SKY
        if place == now:
            sheet.rect(x, 74, slot - 2, 48, fill)
        else:
            sheet.rect(x, 78, slot - 2, 40, fill)
        if place in shown:
            ink = INK if fill == SKY else PAPER
            sheet.text(
                str(week.number),
                middle,
                102.5,
                size=13,
                fill=ink,
                weight=700 if place == now else 400,
                anchor="middle",
            )


def numbers_with_room(tracker: Tracker, slot: float, *, size: float) -> set[int]:
    """The places whose number has room: all, or, where weeks are thin, today, first, last and each fifth."""
    counted = [(place, week.number) for place, week in enumerate(tracker.weeks) if week.number]
    if slot >= width_of("35", size) + 3:
        return {place for place, _ in counted}
    now = tracker.place_of(tracker.today)
    keep: set[int] = {now} if now is not None else set()
    wanted = [p for p, n in counted if n in (1, tracker.last_number)] + [
        p for p, n in counted if n % 5 == 0
    ]
    for place in wanted:
        if all(
            abs(place - other) * slot >= width_of("35", size) + 3 or place == other
            for other in keep
        ):
            keep.add(place)
    return keep


def _holiday_names(
    sheet: Sheet, tracker: Tracker, slot: float, *, base: float, origin: float = 0
) -> None:
    """A name under each gap that has room for it; the others are in the table."""
    for name, first, last in tracker.holidays():
        middle = origin + (first + last + 1) / 2 * slot - 1
        wide = width_of(name, 12) / 2
        middle = min(max(middle, origin + wide), sheet.width - wide)
        if name and sheet.is_free(box_of(name, middle, base, size=12, anchor="middle")):
            sheet.text(name, middle, base, size=12, fill=INK_SOFT, anchor="middle")


def _onsite(sheet: Sheet, tracker: Tracker, slot: float) -> None:
    now = tracker.place_of(tracker.today)
    if now is not None:  # the line of today comes down here: no word may stand on it
        x = now * slot + slot / 2 - 1
        sheet.taken.append(Box(x - 2, 122, x + 2, 168))
    for label, days in tracker.onsite_groups():
        bars = [x for x in (_onsite_x(tracker, one, slot) for one in days) if x is not None]
        if not bars:
            continue
        wide = max(slot / 5 - 1.6, 1.2)
        for x, one in zip(bars, days, strict=False):
            if one <= tracker.today:
                sheet.rect(x, 124, wide, 14, NAVY, rx=0)
            else:
                sheet.rect(x + 0.5, 124.5, max(wide - 1, 0.6), 13, PAPER, rx=0, stroke=NAVY)
        sheet.taken.append(Box(bars[0], 122, bars[-1] + wide, 139))
        text = width_of(label, 12)
        for left in (
            bars[0],
            bars[-1] + wide - text,
            (bars[0] + bars[-1] + wide - text) / 2,
            bars[0] - text + 4,
            bars[-1],
        ):
            left = min(max(left, 0), WIDE - text)
            if sheet.is_free(box_of(label, left, 153, size=12)):
                sheet.text(label, left, 153, size=12, weight=500)
                break


def _onsite_x(tracker: Tracker, day: date, slot: float) -> float | None:
    place = tracker.place_of(day)
    if place is None:
        return None
    return place * slot + min((day - tracker.weeks[place].monday).days, 4) * slot / 5


def _meetings(sheet: Sheet, tracker: Tracker, slot: float) -> float:
    """Diamonds in as many rows as they need; returns where the flag of today may begin."""
    upcoming = next_meeting(tracker)
    now = tracker.place_of(tracker.today)
    rows: list[float] = []
    depth = 0
    for one in in_order(tracker):
        x = (
            min(tracker.share(one.date) * slot + slot / 14, WIDE - 8)
            if one.date <= tracker.ends_on
            else WIDE - 8
        )
        x = max(x, 8)
        text = width_of(one.code, 13)
        to_left = x + 12 + text > WIDE
        left, right = (x - 12 - text, x + 8) if to_left else (x - 8, x + 12 + text)
        row = next((place for place, end in enumerate(rows) if left >= end + 3), len(rows))
        rows[row : row + 1] = [right]
        depth = max(depth, row)
        y = 182 + row * 20
        _mark(sheet, one, x, y, tracker.today, is_next=one is upcoming)
        bold = 700 if one is upcoming else 500
        label_x = x - 11 if to_left else x + 11
        if now is not None and abs(label_x - (now * slot + slot / 2 - 1)) < 3 and not to_left:
            label_x += 3
        sheet.text(
            one.code, label_x, y + 4.5, size=13, weight=bold, anchor="end" if to_left else "start"
        )
    if rows:
        for place in range(len(rows)):
            sheet.parts.insert(
                0,
                f'<path d="M0 {182 + place * 20} H{WIDE}" stroke="{LINE_FAINT}" stroke-width="1"/>',
            )
    return 208 + depth * 20 if rows else 168


def _mark(
    sheet: Sheet, one: TrackerMeeting, x: float, y: float, today: date, *, is_next: bool
) -> None:
    if is_next:
        sheet.diamond(x, y, 9, NAVY, stroke=PAPER, width=2)
    elif one.is_held(today):
        sheet.diamond(x, y, 7, BLUE, stroke=PAPER, width=2)
    else:
        sheet.diamond(x, y, 6, PAPER, stroke=BLUE_DARK, width=2)


def _today(sheet: Sheet, tracker: Tracker, slot: float, *, flag_top: float) -> None:
    place = tracker.place_of(tracker.today)
    words = today_words(tracker)
    wide = width_of(words, 13) * 0.97 + 20
    x = 0.0 if tracker.today < tracker.starts_on else float(WIDE)
    if place is not None:
        x = place * slot + slot / 2 - 1
        top = 122 if tracker.weeks[place].number else 98
        line = f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{flag_top}" stroke="{NAVY}" stroke-width="2"/>'
        sheet.parts.insert(0, line)
    left = min(max(x - 8, 0), WIDE - wide)
    sheet.rect(left, flag_top, wide, 28, NAVY)
    sheet.text(words, left + 10, flag_top + 19, size=13, fill=PAPER, weight=500, claims=False)


def tracker_key(tracker: Tracker) -> list[tuple[SafeString, str]]:
    """What the fills mean, as (swatch, words): only those that the picture can hold."""
    entries = [
        (_patch(BLUE), "week gone by"),
        (_patch(NAVY), "this week"),
        (_patch(SKY), "week to come"),
    ]
    if tracker.onsite:
        sheet = Sheet(18, 18)
        for place in range(5):
            sheet.rect(place * 3.8, 3, 2.8, 12, NAVY, rx=0)
        entries.append((swatch(sheet), "on-site days"))
    if any(week.number is None for week in tracker.weeks):
        sheet = Sheet(18, 18)
        sheet.line(0, 9, 18, 9, LINE_STRONG, width=2, dash="2 3")
        entries.append((swatch(sheet), "school holiday, no number"))
    return entries


def _patch(fill: str) -> SafeString:
    sheet = Sheet(18, 18)
    sheet.rect(0, 0, 18, 18, fill)
    return swatch(sheet)
