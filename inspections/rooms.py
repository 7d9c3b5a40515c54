"""The left-hand map of one inspection, in the order of the work. Apps above bring their own rooms when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from inspections import permissions, queries
from inspections.models import Inspection


def _no_note(inspection: Inspection) -> str:
    return ""


def _not_done(inspection: Inspection) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the map: who sees it, where it leads, a note of up to three words, and whether its work is done."""

    key: str
    title: str
    order: int
    url: Callable[[Inspection], str]
    sees: Callable[[User, Inspection], bool]
    note: Callable[[Inspection], str] = _no_note
    done: Callable[[Inspection], bool] = _not_done
    late: Callable[[Inspection], bool] = _not_done


_ROOMS: dict[str, Room] = {}


def bring(room: Room) -> None:
    """Add a room; bringing the same key again replaces it."""
    _ROOMS[room.key] = room


def map_for(person: User, inspection: Inspection, *, current: str) -> list[dict[str, object]]:
    """The rooms this person sees, as the layout draws them."""
    return [
        {
            "title": room.title,
            "url": room.url(inspection),
            "current": room.key == current,
            "note": room.note(inspection),
            "done": room.done(inspection),
            "late": room.late(inspection),
        }
        for room in sorted(_ROOMS.values(), key=lambda room: room.order)
        if room.sees(person, inspection)
    ]


def inspection_frame(
    person: User, inspection: Inspection, *, room: str, today: date
) -> dict[str, object]:
    """What the layout of every page inside an inspection needs. ``room`` is the key of the room the page is in."""
    return {
        "inspection": inspection,
        "kicker": inspection.area.name,
        "reference": inspection.reference,
        "is_example": inspection.area.is_invented,
        "is_partnership": permissions.is_partnership(person, inspection),
        "stands_in_for": permissions.stands_in_for(person, inspection),
        "rooms": map_for(person, inspection, current=room),
        "standing": queries.standing(inspection, today),
        "records_gone_at": queries.records_gone_at(inspection),
        "today": today,
    }


def _link(name: str) -> Callable[[Inspection], str]:
    def url(inspection: Inspection) -> str:
        return reverse(f"inspections:{name}", args=[inspection.reference])

    return url


def _everybody(person: User, inspection: Inspection) -> bool:
    return True


def _log(person: User, inspection: Inspection) -> bool:
    return bool(permissions.can_see_log(person, inspection))


def _correspondence(person: User, inspection: Inspection) -> bool:
    return bool(permissions.can_see_correspondence(person, inspection))


def bring_own() -> None:
    """The rooms that belong to this app. The overview is the workspace's, since it sees all."""
    bring(Room("timetable", "Timetable", 20, _link("timetable"), _everybody))
    bring(Room("team", "Team", 30, _link("team"), _everybody))
    bring(Room("correspondence", "Correspondence", 138, _link("correspondence"), _correspondence))
    bring(Room("log", "Log", 140, _link("log"), _log))
