"""The room that this app brings to the left-hand map of an inspection."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import User
from inspections import rooms
from inspections.models import Inspection
from inspections.rooms import Room
from onsite import permissions


def _sessions(inspection: Inspection) -> str:
    return reverse("onsite:sessions", args=[inspection.reference])


def _sees_sessions(person: User, inspection: Inspection) -> bool:
    return bool(inspection.notified_on and permissions.can_see_sessions(person, inspection))


def bring() -> None:
    """After the meetings, before what is asked and sent."""
    rooms.bring(Room("onsite", "On site", 45, _sessions, _sees_sessions))
