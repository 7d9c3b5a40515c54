"""The room that this app brings to the left-hand map of an inspection."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import User
from inspections import rooms
from inspections.models import Inspection
from inspections.rooms import Room
from meetings import permissions


def _meetings(inspection: Inspection) -> str:
    return reverse("meetings:meetings", args=[inspection.reference])


def _sees_meetings(person: User, inspection: Inspection) -> bool:
    return bool(inspection.notified_on and permissions.can_see_meetings(person, inspection))


def bring() -> None:
    """Between the team and what is asked and sent."""
    rooms.bring(Room("meetings", "Meetings", 40, _meetings, _sees_meetings))
