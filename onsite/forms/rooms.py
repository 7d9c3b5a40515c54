"""A room, where it is and how far."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskForm
from core.version_forms import VersionedForm, VersionField
from onsite.models import Room

LONGEST_WAY = 240  # minutes from the base


class AddRoomForm(VersionedForm, DeskForm):
    """Name, address, the way there, and minutes from the base."""

    name = forms.CharField(
        label="Name of the room",
        max_length=120,
        help_text="As the grid shows it: “Council headquarters, room 2.14”.",
    )
    address = forms.CharField(
        label="Address",
        max_length=300,
        help_text="Rooms with the same address need no time for the way between them.",
    )
    directions = forms.CharField(
        label="How to get there",
        max_length=300,
        required=False,
        help_text="For somebody who has never been there: entrance, floor, bus, parking.",
    )
    minutes = forms.IntegerField(
        label="Minutes from the base",
        min_value=0,
        max_value=LONGEST_WAY,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="The base is where the team works between sessions. Write 0 for a room there.",
        error_messages={
            "invalid": "Write the minutes as a number, for example 20.",
            "min_value": "The way takes no time at all or more: write 0 or a larger number.",
            "max_value": f"A way of more than {LONGEST_WAY} minutes fits into no day on site. Check the number.",
        },
    )
    based_on = VersionField()

    submit = "Add the room"

    @staticmethod
    def stands(room: Room) -> dict[str, Any]:
        """What is saved, by field."""
        return {
            "name": room.name,
            "address": room.address,
            "directions": room.directions,
            "minutes": room.minutes,
        }

    def words(self) -> dict[str, Any]:
        """What the action takes of a room, without the version."""
        return {
            name: self.cleaned_data[name] for name in ("name", "address", "directions", "minutes")
        }


class ChangeRoomForm(AddRoomForm):
    """The same of a room that is there."""

    submit = "Save the room"
