"""Every component in every state, on one page: to look at, and to test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.earlier import Version, earlier_versions
from core.pictures.calendar import OnSiteDay, Tracker, TrackerMeeting, TrackerPhase, TrackerWeek
from core.pictures.spread import Spread
from core.pictures.timetable_chart import ChartItem, ChartLane, TimetableChart
from core.pictures.units import UnitGroup
from core.verdicts import ALLOWED, refuse
from core.web import page
from workspace.forms.gallery import GalleryForm

TODAY = date(2025, 12, 8)
FIRST_MONDAY = date(2025, 9, 1)
HOLIDAYS = {
    date(2025, 10, 13): "October", date(2025, 12, 22): "Christmas", date(2025, 12, 29): "Christmas",
    date(2026, 2, 16): "February", date(2026, 4, 6): "Easter", date(2026, 4, 13): "Easter",
}  # fmt: skip
PHASES = (
    TrackerPhase("Phase one", "Preparation", 1, 11),
    TrackerPhase("Phase two", "On site", 12, 19),
    TrackerPhase("Phase three", "Reporting", 20, 35),
)
MEETINGS = (
    TrackerMeeting("M0", "Start meeting", date(2025, 9, 24), 4, "planned", url="#phase-tracker"),
    TrackerMeeting(
        "M1", "End of phase one", date(2025, 11, 19), 11, "planned", url="#phase-tracker"
    ),
    TrackerMeeting(
        "M2", "Emerging themes", date(2025, 12, 10), 14, "pack not sent", url="#phase-tracker"
    ),
    TrackerMeeting(
        "M3", "End of phase two", date(2026, 1, 28), 19, "planned", url="#phase-tracker"
    ),
    TrackerMeeting("M4", "Findings", date(2026, 3, 4), 23, "planned", url="#phase-tracker"),
    TrackerMeeting(
        "M5", "End of phase three", date(2026, 6, 3), 34, "planned", url="#phase-tracker"
    ),
)


@page("GET")
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    trackers = {
        "now": glenmarrow(),
        "before": glenmarrow(name="Glenmarrow, before the start", today=date(2025, 8, 4)),
        "holiday": glenmarrow(name="Glenmarrow, in a holiday", today=date(2025, 12, 25)),
        "after": glenmarrow(name="Glenmarrow, after the end", today=date(2026, 7, 1)),
    }
    faulty = GalleryForm(
        {"title": "x" * 210, "held_on": "31 November 2025", "why": "y" * 320}, auto_id="faulty_%s"
    )

    context = {
        "title": "Gallery of components",
        "is_example": True,
        "trackers": trackers,
        "chart": TimetableChart(trackers["now"], timetable_lanes()),
        "spread": Spread(
            "2.1",
            (3, 4, 4, 4, 5),
            own=5,
            earlier=(2, 3, 3, 3, 4, 4, 4, 4, 5, 5),
            sealed_words="sealed 20 February",
        ),
        "together": Spread("2.2", (4, 4, 4, 4, 4)),
        "form": None,
        "blank_form": GalleryForm(),
        "faulty_form": faulty,
        "page_of_many": Paginator(range(1, 480), 20).page(7),
        "rooms": rooms(),
        **sentences(),
    }

    return render(request, "workspace/gallery.html", context)


def glenmarrow(*, name: str = "Glenmarrow", today: date = TODAY) -> Tracker:
    """The invented area's calendar: 35 counted weeks from Monday 1 September 2025 and six school-holiday weeks."""
    weeks, number, monday = [], 0, FIRST_MONDAY
    while number < 35:
        holiday = HOLIDAYS.get(monday, "")
        number += not holiday
        weeks.append(TrackerWeek(None if holiday else number, monday, holiday))
        monday += timedelta(days=7)
    days = [
        OnSiteDay(date(2025, 11, 24) + timedelta(days=step), "Days 1 to 5") for step in range(5)
    ]
    days += [
        OnSiteDay(date(2026, 1, 12) + timedelta(days=step), "Days 6 to 10") for step in range(5)
    ]
    meetings = [one if one.date >= today else replace(one, state="held") for one in MEETINGS]
    return Tracker(name, weeks, PHASES, today, meetings, days)


def timetable_lanes() -> tuple[ChartLane, ...]:
    """The lanes of the invented area's timetable."""
    return (
        ChartLane(
            "Meetings",
            [ChartItem(f"{one.code} {one.title}", one.date, kind="mark") for one in MEETINGS],
        ),
        ChartLane(
            "Asked of the partnership",
            [
                ChartItem("Pre-inspection return", date(2025, 9, 15), date(2025, 10, 20)),
                ChartItem("Joint self-evaluation", date(2025, 9, 15), date(2025, 10, 31)),
                ChartItem("Sample drawn, labelled", date(2025, 10, 27), date(2025, 11, 21)),
                ChartItem("Facts checked", date(2026, 5, 4), date(2026, 5, 18)),
            ],
        ),
        ChartLane(
            "Surveys",
            [
                ChartItem("Staff", date(2025, 9, 29), date(2025, 10, 31)),
                ChartItem("Children, parents", date(2025, 10, 6), date(2025, 11, 14)),
            ],
        ),
        ChartLane(
            "On site",
            [
                ChartItem("Days 1 to 5", date(2025, 11, 24), date(2025, 11, 28), "days"),
                ChartItem("Days 6 to 10", date(2026, 1, 12), date(2026, 1, 16), "days"),
            ],
        ),
        ChartLane(
            "Team",
            [
                ChartItem("Scoping", date(2025, 11, 3), date(2025, 11, 14)),
                ChartItem("Write-up", date(2025, 12, 1), date(2025, 12, 5)),
                ChartItem("Write-up, triangulation", date(2026, 1, 19), date(2026, 1, 23)),
                ChartItem("Analysis, evaluations", date(2026, 2, 2), date(2026, 2, 27)),
            ],
        ),
        ChartLane(
            "Report",
            [
                ChartItem("Drafting", date(2026, 2, 9), date(2026, 4, 3)),
                ChartItem("Panel", date(2026, 4, 20), date(2026, 4, 24)),
                ChartItem("Draft issued", date(2026, 5, 4), kind="mark"),
                ChartItem("Publication, 9 June", date(2026, 6, 9), kind="end"),
            ],
        ),
    )


def rooms() -> list[dict[str, Any]]:
    """Rooms of an inspection in every state."""
    return [
        {"title": "Overview", "url": "#main-content", "current": True},
        {"title": "Team", "url": "#people", "done": True},
        {"title": "Meetings", "url": "#phase-tracker", "note": "pack to send"},
        {"title": "Requests and returns", "url": "#count", "note": "1 late", "late": True},
    ]


def sentences() -> dict[str, Any]:
    """What the lists of the gallery say."""
    at = datetime(2025, 10, 31, 14, 3, tzinfo=ZoneInfo("Europe/London"))
    return {
        "today": TODAY,
        "saved_at": at,
        "due_days": [
            (date(2025, 10, 31), 8, False),
            (date(2025, 12, 5), 13, False),
            (TODAY, 14, False),
            (date(2025, 12, 17), 15, False),
            (date(2025, 10, 31), 8, True),
        ],
        "may": ALLOWED,
        "may_not": refuse(
            "The partnership cannot be notified yet: the health board’s chief executive has no address.",
            source="R13",
        ),
        "work": [
            {
                "when": "Decide now",
                "tone": "late",
                "title": "Concern raised at 09:12",
                "detail": "A decision is due by 11:12. Only you and your depute can open it.",
                "action": "Decide",
                "url": "#work",
            },
            {
                "when": "Send by Tuesday",
                "tone": "attention",
                "title": "Pack for the emerging themes meeting",
                "detail": "The meeting is on Wednesday 10 December (week 14). The parents’ survey is missing.",
                "action": "Finish the pack",
                "url": "#work",
            },
            {
                "when": "When you can",
                "tone": "quiet",
                "title": "Two write-ups wait for your thanks",
                "action": "Read",
                "url": "#work",
            },
        ],
        "late": [
            {
                "when": "1 working day late",
                "tone": "late",
                "title": "Staff told what the fieldwork explores",
                "detail": "With the inspection co-ordinator since Monday 1 December (week 13). No reminder sent yet.",
                "action": "Chase",
                "url": "#work",
            }
        ],
        "gate": [
            {
                "met": False,
                "title": "Every sampled record read twice and settled",
                "url": "#gate",
                "who": "Two reading pairs, 2 of 94 left, 12 days",
                "state": "2 left",
                "tone": "attention",
            },
            {
                "met": False,
                "title": "Children’s survey summarised",
                "url": "#gate",
                "who": "Participation lead, 24 days",
                "state": "Not started",
            },
            {
                "met": True,
                "title": "Staff survey summarised",
                "url": "#gate",
                "who": "Health inspector, done on 3 December",
            },
        ],
        "facts": [
            {
                "url": "#facts",
                "text": "2 of 94 records unread",
                "detail": "Two reading pairs, since 26 November",
            },
            {
                "lead": "Emerging themes meeting",
                "text": "Wednesday 10 December (week 14)",
                "detail": "13:30, video",
            },
            {"text": "A reading pair settled two records.", "detail": "Today 09:20"},
        ],
        "summary": [
            {"key": "Team proposes", "value": "4 Good, provisional"},
            {
                "key": "Dissent",
                "value": "Health inspector, recorded and sent to the panel",
                "url": "#summary",
            },
            {"key": "Panel’s words", "value": ""},
        ],
        "people": [
            {"designation": "Inspection lead", "agency": "Care Inspectorate", "url": "#people"},
            {
                "designation": "Health inspector",
                "agency": "Healthcare Improvement Scotland",
                "detail": "from week 9",
            },
            {"designation": "Locality reporter manager", "detail": "no deputy named"},
        ],
        "asked": [
            UnitGroup("accepted", 6, "full", "#count"),
            UnitGroup("sent", 3, "half", "#count"),
            UnitGroup("with somebody", 4, "open", "#count"),
            UnitGroup("late", 1, "late", "#count"),
        ],
        "nothing_asked": [UnitGroup("accepted", 0), UnitGroup("late", 0, "late")],
        "records": [UnitGroup("read twice", 92), UnitGroup("unread", 2, "open")],
        "topics": [
            UnitGroup("settled strength", 4),
            UnitGroup("settled concern", 1, "cross"),
            UnitGroup("still uncertain", 2, "open"),
            UnitGroup("thin", 1, "thin"),
        ],
        "looks": [
            ("full", "settled strength"),
            ("cross", "settled concern"),
            ("open", "still uncertain"),
            ("thin", "thin: one source"),
        ],
        "heard": [
            {
                "title": "Children and young people",
                "detail": "survey, sessions, one-to-ones",
                "part": 74,
                "whole": 86,
                "words": "74 of about 86",
            },
            {
                "title": "Staff",
                "detail": "survey",
                "part": 208,
                "whole": 219,
                "words": "208 of about 219",
            },
            {
                "title": "Parents and carers",
                "detail": "survey not yet open",
                "part": 0,
                "whole": 47,
                "words": "none of about 47",
            },
        ],
        "files": [
            {
                "name": "Joint self-evaluation.pdf",
                "size": 2_413_000,
                "url": "#uploads",
                "state": "Received",
                "tone": "done",
                "detail": "version 2",
            },
            {
                "name": "Minutes of the child protection committee 2024 to 2025, with all annexes.docx",
                "size": 48_200,
                "state": "Being checked",
                "tone": "quiet",
            },
            {
                "name": "report.pdf",
                "size": 0,
                "state": "Refused",
                "tone": "late",
                "detail": "the file is empty: send it again",
            },
        ],
        "compared": earlier_versions(
            {},
            [
                Version(
                    1,
                    at - timedelta(hours=3),
                    "Isla Dunmore",
                    {
                        "How good are we now?": "Most children are heard early.\nWe do not know of all.",
                        "How do we know?": "From our survey.",
                    },
                ),
                Version(
                    2,
                    at,
                    "Ewan Sleat",
                    {
                        "How good are we now?": "Nearly all children are heard early.\nWe asked them.\nWe do not know of all.",
                        "How do we know?": "From our survey.",
                    },
                ),
            ],
        ),
        "proof": {
            "number": "JI-2026-001/7",
            "what": "Joint self-evaluation",
            "by": "the inspection co-ordinator",
            "at": at,
            "url": "#receipt",
            "anchor": {"text": "1234-9f86d081884c7d65", "at": at},
            "files": [
                {
                    "name": "Joint self-evaluation.pdf",
                    "size": 2_413_000,
                    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                }
            ],
        },
    }
