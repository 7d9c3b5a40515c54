"""The tracker on a phone: a calendar with one row a month and one cell a week."""

from __future__ import annotations

from itertools import groupby

from django.utils.safestring import SafeString

from core.pictures.calendar import MONTHS, Tracker, TrackerMeeting
from core.pictures.svg import (
    BLUE,
    BLUE_DARK,
    INK,
    INK_SOFT,
    LINE,
    NAVY,
    PAPER,
    SKY,
    Sheet,
    width_of,
)
from core.pictures.tracker_words import in_order, tracker_description, tracker_title

NARROW = 288


def tracker_narrow(tracker: Tracker, *, title: str = "") -> SafeString:
    """The calendar by month, 288 units wide: one row a month, one cell a week, by the Monday of the week."""
    months = [
        (key, list(group))
        for key, group in groupby(
            enumerate(tracker.weeks), key=lambda pair: (pair[1].monday.year, pair[1].monday.month)
        )
    ]
    sheet = Sheet(NARROW, 4 + 48 * len(months))
    by_week: dict[int, list[TrackerMeeting]] = {}
    for one in in_order(tracker):
        place = tracker.place_of(one.date)
        if place is not None:
            by_week.setdefault(place, []).append(one)
    known = 0
    for row, ((year, month), weeks) in enumerate(months):
        top = 4 + 48 * row
        if row and year != known:
            sheet.line(0, top - 1, NARROW, top - 1, LINE)
        sheet.text(MONTHS[month - 1], 0, top + 15, weight=500)
        if year != known:
            sheet.text(str(year), 0, top + 30, size=12, fill=INK_SOFT)
            known = year
        for place, week in weeks:
            _cell(
                sheet,
                tracker,
                place,
                44 + 48.8 * ((week.monday.day - 1) // 7),
                top,
                by_week.get(place, []),
            )
    return sheet.finish(
        title=f"{title or tracker_title(tracker)}, month by month",
        description=tracker_description(tracker),
        css_class="app-chart--narrow",
    )


def _cell(
    sheet: Sheet, tracker: Tracker, place: int, x: float, top: float, meetings: list[TrackerMeeting]
) -> None:
    week = tracker.weeks[place]
    is_now = place == tracker.place_of(tracker.today)
    if week.number is None:
        if is_now:
            sheet.rect(x + 1, top + 1, 42.8, 35, PAPER, stroke=NAVY, stroke_width=2)
        sheet.text(
            "holiday" if week.holiday else "none",
            x + 22.4,
            top + 22,
            size=12,
            fill=INK_SOFT,
            anchor="middle",
        )
    else:
        fill = NAVY if is_now else BLUE if week.monday < tracker.today else SKY
        sheet.rect(x, top, 44.8, 37, fill)
        ink = INK if fill == SKY else PAPER
        sheet.text(
            str(week.number), x + 7, top + 16, size=14, fill=ink, weight=700 if is_now else 400
        )
        if meetings:
            words = (
                meetings[0].code
                if len(meetings) == 1
                else f"{meetings[0].code}+{len(meetings) - 1}"
            )
            if width_of(words, 12) <= 26:
                sheet.diamond(x + 9, top + 27, 5, BLUE_DARK if fill == SKY else PAPER)
                sheet.text(words, x + 18, top + 31.5, size=12, fill=ink, weight=700)
            else:
                sheet.diamond(x + 22, top + 27, 5, BLUE_DARK if fill == SKY else PAPER)
    days = [one.date for one in tracker.onsite if tracker.place_of(one.date) == place]
    for one in days:
        left = x + 0.5 + 9 * min((one - week.monday).days, 4)
        sheet.rect(
            left, top + 39, 7.5, 6, NAVY if one <= tracker.today else PAPER, rx=0, stroke=NAVY
        )
