"""The strip of the home page: one inspection's counted weeks on one line, with today."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from django.utils.safestring import SafeString

from core.pictures.calendar import Tracker
from core.pictures.svg import BLUE, INK, INK_SOFT, LINE_STRONG, NAVY, SKY, Sheet, box_of


def strip_title(tracker: Tracker) -> str:
    """``Glenmarrow: week 14 of 35, in phase two``."""
    return f"{tracker.name}: {tracker.where()}"


def week_strip(tracker: Tracker, *, narrow: bool = False) -> SafeString:
    """The strip, 480 units wide or 288. Drawn once for what it says; home pages show the same ones all day."""
    said = replace(
        tracker,
        weeks=tuple(tracker.weeks),
        phases=tuple(tracker.phases),
        meetings=(),
        onsite=(),
    )
    return _drawn(said, narrow)


@lru_cache(maxsize=1000)
def _drawn(tracker: Tracker, narrow: bool) -> SafeString:
    """By content: a tracker of tuples is its own key."""
    sheet = Sheet(288 if narrow else 480, 48)
    slot = sheet.width / len(tracker.weeks)
    now = tracker.place_of(tracker.today)
    for place, week in enumerate(tracker.weeks):
        x = place * slot
        if week.number is None:
            sheet.line(x, 18, x + slot, 18, LINE_STRONG, width=1.5, dash="1.5 3")
            if place == now:
                sheet.rect(x + slot / 2 - 2, 6, 4, 24, NAVY, rx=1)
        elif place == now:
            sheet.rect(x, 6, slot - 1.5, 24, NAVY, rx=1)
        else:
            sheet.rect(x, 11, slot - 1.5, 14, BLUE if week.monday < tracker.today else SKY, rx=1)
    _numbers(sheet, tracker, slot, now)
    return sheet.finish(
        title=strip_title(tracker), css_class="app-chart--narrow" if narrow else "app-chart--wide"
    )


def _numbers(sheet: Sheet, tracker: Tracker, slot: float, now: int | None) -> None:
    """Today's number first, then the first, the last and the first of each phase, where there is room."""
    wanted = [now] if now is not None else []
    ends = {1, tracker.last_number}
    wanted += [place for place, week in enumerate(tracker.weeks) if week.number in ends]
    starts = {phase.first_week for phase in tracker.phases}
    wanted += [place for place, week in enumerate(tracker.weeks) if week.number in starts]
    for place in dict.fromkeys(wanted):
        number = tracker.weeks[place].number
        if number is None:
            continue
        words, x, anchor = str(number), place * slot + (slot - 1.5) / 2, "middle"
        if box_of(words, x, 44, size=13, anchor=anchor).left < 0:
            x, anchor = 0, "start"
        elif box_of(words, x, 44, size=13, anchor=anchor).right > sheet.width:
            x, anchor = sheet.width, "end"
        if sheet.is_free(box_of(words, x, 44, size=13, anchor=anchor), air=3):
            is_now = place == now
            sheet.text(
                words,
                x,
                44,
                size=13,
                fill=INK if is_now else INK_SOFT,
                weight=700 if is_now else 400,
                anchor=anchor,
            )
