"""The room that this app brings to the left-hand map of an inspection: for those who may raise, decide or receive."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import User
from concerns import permissions
from inspections import rooms
from inspections.models import Inspection
from inspections.rooms import Room


def _concerns(inspection: Inspection) -> str:
    return reverse("concerns:concerns", args=[inspection.reference])


def _sees_concerns(person: User, inspection: Inspection) -> bool:
    return bool(permissions.can_see_concerns(person, inspection))


def bring() -> None:
    """Last but for the log: apart from the order of the work. It shows no count to anybody."""
    rooms.bring(Room("concerns", "Concerns", 135, _concerns, _sees_concerns))
