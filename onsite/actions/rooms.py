"""The rooms of an inspection: where sessions on site take place, and how far each is from the base."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from core.versions import enforce_newest
from inspections.models import Inspection
from onsite import permissions, rules
from onsite.actions.sessions import locked
from onsite.models import Room


@transaction.atomic
def add_room(
    inspection: Inspection,
    *,
    name: str,
    address: str,
    directions: str,
    minutes: int,
    by: User,
    at: datetime,
) -> Room:
    """Sessions can be planned in this room. The same once more is the room that is there."""
    inspection = locked(inspection)
    permissions.can_add_room(by, inspection, on=timezone.localdate(at)).enforce()
    words = {"name": name, "address": address, "directions": directions, "minutes": minutes}
    if there := inspection.onsite_rooms.filter(**words).first():
        return there
    rules.name_is_free(inspection, name=name).enforce()
    room = Room.objects.create(inspection=inspection, **words, added_at=at, added_by=by)
    record("onsite.room_added", by=by, at=at, subject=room, inspection=inspection, room=room.name)
    return room


@transaction.atomic
def change_room(
    room: Room,
    *,
    name: str,
    address: str,
    directions: str,
    minutes: int,
    based_on: int,
    by: User,
    at: datetime,
) -> Room:
    """The room is as given. Sessions that do not hold any more, because the way is longer, say so on the grid.

    As it is already, nothing changes. Raises ``SavedMeanwhile`` when somebody has changed it since ``based_on``.
    """
    inspection = locked(room.inspection)
    room = Room.objects.select_related("added_by", "changed_by").get(pk=room.pk)
    room.inspection = inspection
    permissions.can_change_room(by, room, on=timezone.localdate(at)).enforce()
    words = {"name": name, "address": address, "directions": directions, "minutes": minutes}
    if all(getattr(room, field) == value for field, value in words.items()):
        return room
    enforce_newest(room, based_on=based_on, by=by)
    rules.name_is_free(inspection, name=name, but=room).enforce()
    for field, value in words.items():
        setattr(room, field, value)
    room.version, room.changed_at, room.changed_by = room.version + 1, at, by
    room.save()
    record("onsite.room_changed", by=by, at=at, subject=room, inspection=inspection, room=room.name)
    return room
