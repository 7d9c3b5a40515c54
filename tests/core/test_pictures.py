"""Pictures are right for any calendar: they are safe, say the same as their table, and no two words overlap."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.pictures import (
    month_calendar,
    phase_tracker,
    spread,
    timetable_chart,
    tracker_words,
    units,
    week_strip,
)
from core.pictures.calendar import OnSiteDay, Tracker, TrackerMeeting, TrackerPhase, TrackerWeek
from core.pictures.scale import scale_bar
from core.pictures.svg import box_of
from workspace.views.gallery import TODAY, glenmarrow, timetable_lanes


def words_of(svg):
    """Every text of a picture with the box that it takes."""
    root = ElementTree.fromstring(svg)
    return [
        (
            node.text,
            box_of(
                node.text,
                float(node.get("x")),
                float(node.get("y")),
                size=float(node.get("font-size")) * 0.93,
                anchor=node.get("text-anchor"),
            ),
        )
        for node in root.iter("text")
    ]


def overlaps(svg):
    placed = words_of(svg)
    return [
        (one, other)
        for place, (one, box) in enumerate(placed)
        for other, second in placed[place + 1 :]
        if box.meets(second)
    ]


def outside(svg):
    root = ElementTree.fromstring(svg)
    width, height = float(root.get("width")), float(root.get("height"))
    return [
        words
        for words, box in words_of(svg)
        if box.left < -1 or box.right > width + 1 or box.bottom > height + 1 or box.top < -1
    ]


@st.composite
def any_tracker(draw):
    """35 counted weeks, up to 25 weeks without number anywhere, any start, any today, six meetings on any days."""
    start = date(2024, 1, 1) + timedelta(days=7 * draw(st.integers(0, 200)))
    gaps = draw(st.sets(st.integers(1, 55), max_size=25))
    names = ("October", "Christmas", "February", "Easter", "Summer", "")
    weeks, number, place = [], 0, 0
    while number < 35:
        free = place in gaps
        number += not free
        weeks.append(
            TrackerWeek(
                None if free else number,
                start + timedelta(days=7 * place),
                names[place % 6] if free else "",
            )
        )
        place += 1
    days = draw(st.lists(st.integers(0, 7 * place - 1), min_size=0, max_size=8))
    meetings = [
        TrackerMeeting(f"M{n}", "A meeting of some length", start + timedelta(days=day), 1)
        for n, day in enumerate(days)
    ]
    first = draw(st.integers(0, place - 1))
    onsite = [
        OnSiteDay(weeks[first].monday + timedelta(days=step), "Days 1 to 5") for step in range(5)
    ]
    one, two = sorted(draw(st.sets(st.integers(2, 33), min_size=2, max_size=2)))
    phases = (
        TrackerPhase("Phase one", "Preparation", 1, one),
        TrackerPhase("Phase two", "On site", one + 1, two),
        TrackerPhase("Phase three", "Reporting", two + 1, 35),
    )
    today = start + timedelta(days=draw(st.integers(-60, 7 * place + 60)))
    return Tracker("Glenmarrow", weeks, phases, today, meetings, onsite)


@settings(max_examples=60, deadline=None)
@given(any_tracker())
def test_tracker_has_no_words_on_words_in_any_calendar(tracker):
    for svg in (
        phase_tracker.tracker_wide(tracker),
        month_calendar.tracker_narrow(tracker),
        week_strip.week_strip(tracker),
        week_strip.week_strip(tracker, narrow=True),
    ):
        assert overlaps(svg) == []
        assert outside(svg) == []


@st.composite
def any_lane(draw, tracker):
    items = []
    for number in range(draw(st.integers(1, 9))):
        first = tracker.starts_on + timedelta(days=draw(st.integers(-20, 300)))
        kind = draw(st.sampled_from(["bar", "mark", "end", "days"]))
        last = first + timedelta(days=draw(st.integers(0, 60))) if kind in ("bar", "days") else None
        title = draw(
            st.sampled_from(
                [
                    "Staff",
                    "Joint self-evaluation",
                    "M3 End of phase two",
                    "Children’s and parents’ surveys open",
                ]
            )
        )
        items.append(timetable_chart.ChartItem(f"{title} {number}", first, last, kind))
    return timetable_chart.ChartLane("Asked of the partnership", items)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_timetable_has_no_words_on_words_in_any_calendar(data):
    tracker = data.draw(any_tracker())
    chart = timetable_chart.TimetableChart(
        tracker, [data.draw(any_lane(tracker)), data.draw(any_lane(tracker))]
    )
    svg = timetable_chart.timetable_chart(chart)
    assert overlaps(svg) == []
    assert outside(svg) == []


def test_tracker_of_the_oracle_shows_every_week_meeting_and_label():
    wide = phase_tracker.tracker_wide(glenmarrow())
    words = [text for text, _ in words_of(wide)]
    assert [text for text in words if text.isdigit()] == [str(number) for number in range(1, 36)]
    assert {
        "M0",
        "M1",
        "M2",
        "M3",
        "M4",
        "M5",
        "Days 1 to 5",
        "Days 6 to 10",
        "October",
        "Christmas",
        "February",
        "Easter",
    } <= set(words)
    assert "Today, Monday 8 December: week 14 of 35" in words
    assert "Preparation, weeks 1 to 11, done" in words


def test_tracker_says_in_its_description_what_it_shows():
    wide = phase_tracker.tracker_wide(glenmarrow())
    root = ElementTree.fromstring(wide)
    desc = root.find("desc")
    assert root.get("aria-describedby") == desc.get("id")
    assert "Today, Monday 8 December 2025: week 14 of 35, in phase two." in desc.text
    assert "M2 Emerging themes, Wednesday 10 December 2025 (week 14)" in desc.text
    assert "6 school-holiday weeks take no number." in desc.text


def test_tracker_table_holds_phases_holidays_days_and_meetings_in_order():
    rows = tracker_words.tracker_rows(glenmarrow())
    assert [row.starts_on for row in rows] == sorted(row.starts_on for row in rows)
    lines = [(row.what, row.weeks, row.dates, row.state) for row in rows]
    assert (
        "Phase one, preparation",
        "1 to 11",
        "Monday 1 September to Friday 21 November 2025",
        "done",
    ) in lines
    assert (
        "Phase two, on site",
        "12 to 19",
        "Monday 24 November 2025 to Friday 30 January 2026",
        "now, week 14",
    ) in lines
    assert (
        "School holiday, Christmas",
        "no number",
        "Monday 22 December 2025 to Friday 2 January 2026",
        "",
    ) in lines
    assert ("On site, days 1 to 5", "12", "Monday 24 to Friday 28 November 2025", "done") in lines
    assert ("M4 Findings", "23", "Wednesday 4 March 2026", "planned") in lines


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2025, 8, 31), "not yet begun"),
        (date(2025, 9, 1), "week 1 of 35, in phase one"),
        (date(2025, 12, 7), "week 13 of 35, in phase two"),
        (date(2025, 12, 25), "school holiday, no number"),
        (date(2026, 6, 14), "week 35 of 35, in phase three"),
        (date(2026, 6, 15), "all 35 weeks are over"),
    ],
)
def test_where_is_right_on_the_edges(today, said):
    assert glenmarrow(today=today).where() == said


def test_months_stand_where_they_begin_across_the_year():
    words = [text for text, _ in words_of(phase_tracker.tracker_wide(glenmarrow()))]
    assert [text for text in words if re.fullmatch(r"[A-Z][a-z]{2}( \d{4})?", text)] == [
        "Sep 2025", "Oct", "Nov", "Dec", "Jan 2026", "Feb", "Mar", "Apr", "May", "Jun",
    ]  # fmt: skip


def test_timetable_of_the_oracle_names_every_item():
    chart = timetable_chart.TimetableChart(glenmarrow(), timetable_lanes())
    words = {text for text, _ in words_of(timetable_chart.timetable_chart(chart))}
    assert {item.title for lane in chart.lanes for item in lane.items} <= words
    assert len(list(chart.rows())) == 3 + sum(len(lane.items) for lane in chart.lanes)


def test_pictures_escape_what_people_wrote_and_carry_no_style():
    name = '<script>alert("&")</script>'
    tracker = glenmarrow(name=name)
    chart = timetable_chart.TimetableChart(
        tracker, [timetable_chart.ChartLane(name, [timetable_chart.ChartItem(name, TODAY)])]
    )
    for svg in (
        phase_tracker.tracker_wide(tracker),
        timetable_chart.timetable_chart(chart),
        week_strip.week_strip(tracker),
    ):
        assert "<script" not in svg
        assert "style=" not in svg
        assert name in "".join(ElementTree.fromstring(svg).itertext())


def test_a_picture_is_the_same_bytes_each_time():
    assert phase_tracker.tracker_wide(glenmarrow()) == phase_tracker.tracker_wide(glenmarrow())


def test_tracker_without_weeks_is_refused():
    with pytest.raises(ValueError, match="at least one week"):
        Tracker("Glenmarrow", [], [], TODAY)


def test_spread_draws_one_dot_a_person_and_its_table_agrees():
    picture = spread.Spread("2.1", (3, 4, 4, 4, 5), own=5, earlier=(3, 3, 6))
    wide = ElementTree.fromstring(spread.spread_wide(picture))
    assert len(list(wide.iter("circle"))) == 5 + 1
    rows = {
        level: (people, own, earlier) for level, people, own, earlier in spread.spread_rows(picture)
    }
    assert rows["4 Good"] == (3, 0, 0)
    assert rows["5 Very good"] == (1, 1, 0)
    assert rows["3 Adequate"] == (1, 0, 2)
    assert overlaps(spread.spread_wide(picture)) == []
    assert overlaps(spread.spread_narrow(picture)) == []


@pytest.mark.parametrize(("reports", "boxes"), [((3, 3, 6), 3), ((4,) * 14, 1)])
def test_the_narrow_spread_shows_whatever_its_key_names(reports, boxes):
    picture = spread.Spread("2.1", (3, 4, 4, 4, 5), own=5, earlier=reports)
    narrow = ElementTree.fromstring(spread.spread_narrow(picture))
    words = [text.text for text in narrow.iter("{http://www.w3.org/2000/svg}text")] or [
        text.text for text in narrow.iter("text")
    ]
    assert words.count("Partnership’s own") == 1
    assert words.count("Earlier reports") == len(set(reports))
    assert [str(reports.count(level)) in words for level in set(reports)]
    rects = [one for one in narrow.iter() if one.tag.endswith("rect")]
    assert len([one for one in rects if one.get("width") == "13"]) == boxes


@pytest.mark.parametrize("levels", [(), (4,) * 12, (1, 2, 3, 4, 5, 6)])
def test_spread_stays_within_its_paper(levels):
    picture = spread.Spread("9.1 to 9.4", levels, own=1, earlier=(4,) * 14)
    for svg in (spread.spread_wide(picture), spread.spread_narrow(picture)):
        root = ElementTree.fromstring(svg)
        for dot in root.iter("circle"):
            x, y, r = (float(dot.get(name)) for name in ("cx", "cy", "r"))
            assert r <= x <= float(root.get("width")) - r
            assert r <= y <= float(root.get("height")) - r
        assert outside(svg) == []


@pytest.mark.parametrize("level", [0, 7])
def test_an_evaluation_outside_the_scale_is_refused(level):
    with pytest.raises(ValueError, match="1 to 6"):
        scale_bar(level)
    with pytest.raises(ValueError, match="1 to 6"):
        spread.Spread("2.1", (level,))


def test_units_draw_each_thing_once_and_say_so():
    groups = [
        units.UnitGroup("accepted", 6),
        units.UnitGroup("sent", 3, "half"),
        units.UnitGroup("late", 1, "late"),
        units.UnitGroup("lost", 0),
    ]
    assert units.said(groups) == "6 accepted, 3 sent, 1 late"
    root = ElementTree.fromstring(units.unit_row(groups, title="Of 10"))
    assert len(list(root.iter("rect"))) == 6 + 3 * 2 + 1


def test_units_wrap_within_their_room():
    root = ElementTree.fromstring(
        units.unit_row([units.UnitGroup("read", 94)], title="Of 94", unit=(10, 12), room=276)
    )
    assert float(root.get("width")) <= 276
    assert len({(rect.get("x"), rect.get("y")) for rect in root.iter("rect")}) == 94


@pytest.mark.parametrize(
    ("part", "whole", "bars"), [(0, 10, 1), (5, 10, 2), (12, 10, 2), (3, 0, 1)]
)
def test_a_share_never_leaves_its_bar(part, whole, bars):
    root = ElementTree.fromstring(units.share_bar("Staff", part, whole))
    rects = list(root.iter("rect"))
    assert len(rects) == bars
    assert all(float(rect.get("width")) <= 320 for rect in rects)


def test_an_unknown_look_is_refused():
    with pytest.raises(ValueError, match="Unknown look"):
        units.UnitGroup("asked", 1, "purple")


def test_days_on_site_that_a_holiday_parts_are_said_as_stretches():
    days = [date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 29)]
    weeks = [TrackerWeek(n + 1, date(2026, 12, 14) + timedelta(weeks=n)) for n in range(4)]
    tracker = Tracker(
        "Fife",
        weeks,
        [],
        date(2026, 12, 1),
        onsite=[OnSiteDay(day, "Days 8 to 10") for day in days],
    )
    (row,) = [row for row in tracker_words.tracker_rows(tracker) if row.what.startswith("On site")]
    assert row.what == "On site, days 8 to 10"
    assert row.dates == "Wednesday 23 to Thursday 24 December 2026 and Tuesday 29 December 2026"


def test_a_plan_whose_first_week_is_here_has_not_begun():
    weeks = [TrackerWeek(n + 1, date(2026, 11, 2) + timedelta(weeks=n)) for n in range(4)]
    phases = [TrackerPhase("Phase one", "Preparation", 1, 4)]
    tracker = Tracker("Fife", weeks, phases, date(2026, 11, 1), waits=True)
    assert tracker.where() == "planned, not yet begun"
    assert [row.state for row in tracker_words.tracker_rows(tracker)] == ["to come"]
    assert "Today" not in str(phase_tracker.tracker_wide(tracker))
    assert "Today" not in str(
        timetable_chart.timetable_chart(timetable_chart.TimetableChart(tracker))
    )
