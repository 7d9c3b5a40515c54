"""The room of this app in the map of an inspection: how long what was obtained is kept."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import User
from inspections.models import Inspection
from inspections.rooms import Room
from inspections.rooms import bring as bring_room
from retention import permissions


def _sees(person: User, inspection: Inspection) -> bool:
    return bool(permissions.can_see_keeping(person))


def _url(inspection: Inspection) -> str:
    return reverse("retention:inspection-keeping", args=[inspection.reference])


def bring() -> None:
    """After the log: what is kept is the last thing about an inspection."""
    bring_room(Room("keeping", "How long this is kept", 150, _url, _sees))
