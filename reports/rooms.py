"""The room that this app brings to the left-hand map of an inspection."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import User
from inspections import rooms
from inspections.models import Inspection
from inspections.rooms import Room
from reports import permissions, queries


def _report(inspection: Inspection) -> str:
    return reverse("reports:report", args=[inspection.reference])


def _sees(person: User, inspection: Inspection) -> bool:
    return bool(permissions.can_open_report_room(person, inspection))


def _note(inspection: Inspection) -> str:
    report = queries.report_of(inspection)
    return report.get_state_display().lower() if report else ""


def _done(inspection: Inspection) -> bool:
    report = queries.report_of(inspection)
    return report is not None and report.is_published


def bring() -> None:
    """One room, between the evaluations and the log."""
    rooms.bring(Room("report", "Report", 120, _report, _sees, note=_note, done=_done))
