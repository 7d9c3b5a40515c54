"""When, where and with whom a session is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from core.dates import weekday_in_words
from core.forms import DeskForm, HourField
from core.version_forms import VersionedForm, VersionField
from onsite.enums import SessionKind
from onsite.models import Room, Session
from onsite.queries import Day, Plan


class PlanSessionForm(VersionedForm, DeskForm):
    """What planning and changing ask for. Days that have gone by are not offered."""

    day = forms.ChoiceField(label="Day on site")
    begins = HourField(
        label="Hour at which it begins", max_length=40, help_text="For example 10:00."
    )
    ends = HourField(label="Hour at which it ends", max_length=40)
    kind = forms.ChoiceField(label="Kind of session", choices=SessionKind.choices)
    title = forms.CharField(
        label="What it is",
        max_length=120,
        help_text="For example “Focus group of health visitors”. Name no child and no parent.",
    )
    room = forms.ChoiceField(
        label="Room", required=False, help_text="Only travel and time of the team need none."
    )
    lead = forms.ChoiceField(label="Who leads it")
    people = forms.MultipleChoiceField(
        label="Who else of the team takes part",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_shared = forms.BooleanField(
        label="The partnership sees it",
        required=False,
        help_text="Its co-ordinators, chief officers and contributors see title, hours, room and who is asked to come, "
        "and never who of the team takes part.",
    )
    asked = forms.CharField(
        label="Who is asked to come",
        max_length=300,
        required=False,
        help_text="By what they do, for the partnership: “Six health visitors of two teams”.",
    )
    based_on = VersionField()

    submit = "Plan it"
    groups = (
        ("When", ("day", "begins", "ends")),
        ("What and where", ("kind", "title", "room")),
        ("Who of the team", ("lead", "people")),
        ("For the partnership", ("is_shared", "asked")),
    )

    def __init__(
        self,
        *args: Any,
        days: Mapping[int, Day],
        rooms: Iterable[Room],
        people: Iterable[User],
        on: date,
        **kwargs: Any,
    ) -> None:
        self.rooms = {str(one.pk): one for one in rooms}
        self.team = {str(one.pk): one for one in people}
        super().__init__(*args, **kwargs)
        to_come = [one for one in days.values() if one.date >= on]
        self.offer(
            "day",
            [
                ("", "Choose a day"),
                *(
                    (str(one.number), f"Day {one.number}, {weekday_in_words(one.date)}")
                    for one in to_come
                ),
            ],
        )
        self.offer(
            "room",
            [("", "No room"), *((pk, f"{one}, {one.address}") for pk, one in self.rooms.items())],
        )
        named = [(pk, one.name_and_designation) for pk, one in self.team.items()]
        self.offer("lead", [("", "Choose somebody"), *named])
        self.offer("people", named)

    @staticmethod
    def stands(session: Session) -> dict[str, Any]:
        """What is saved, by field."""
        lead = session.lead
        return {
            "day": str(session.day),
            "begins": session.begins,
            "ends": session.ends,
            "kind": session.kind,
            "title": session.title,
            "room": str(session.room_id or ""),
            "lead": str(lead.pk) if lead else "",
            "people": [str(one.pk) for one in session.people if one != lead],
            "is_shared": session.is_shared,
            "asked": session.asked,
        }

    def plan(self) -> Plan:
        """What the action takes."""
        typed = self.cleaned_data
        lead = self.team[typed["lead"]]
        return Plan(
            day=int(typed["day"]),
            begins=typed["begins"],
            ends=typed["ends"],
            kind=typed["kind"],
            title=typed["title"],
            room=self.rooms.get(typed["room"]),
            lead=lead,
            people=frozenset([lead, *(self.team[pk] for pk in typed["people"])]),
            is_shared=typed["is_shared"],
            asked=typed["asked"],
        )


class ChangeSessionForm(PlanSessionForm):
    """The same of a session that is planned."""

    submit = "Save the session"


class CancelSessionForm(DeskForm):
    """Why it does not take place."""

    reason = forms.CharField(
        label="Why it is cancelled",
        max_length=300,
        help_text="Whoever sees the session reads it, the partnership too where it sees the session.",
    )

    submit = "Cancel the session"
