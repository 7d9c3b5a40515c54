"""Who was at a meeting, what was said, and what the team notes for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import User
from core.forms import DeskForm
from core.version_forms import VersionedForm, VersionField
from core.words import one_line
from meetings.enums import Side
from meetings.models import AgendaItem, Attendance

LONGEST_TEXT = 10_000  # characters about one point
LONGEST_LINE = 200  # characters of one designation
NAME_NOBODY = "Name no child, parent or member of staff of a service."


class RecordAttendanceForm(VersionedForm, DeskForm):
    """People of either side to tick, and others by designation, one a line."""

    team = forms.MultipleChoiceField(
        label="Of the inspection team", required=False, widget=forms.CheckboxSelectMultiple
    )
    team_others = forms.CharField(
        label="Others of the team's side",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line, by designation and agency.",
    )
    partnership = forms.MultipleChoiceField(
        label="Of the partnership", required=False, widget=forms.CheckboxSelectMultiple
    )
    partnership_others = forms.CharField(
        label="Others of the partnership's side",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line, by designation and agency: “Head of education, Glenmarrow Council”. Of children and young "
        "people say how many, and name none.",
    )
    based_on = VersionField()

    submit = "Save who was there"

    def __init__(
        self,
        *args: Any,
        people: Mapping[Side, Sequence[User]],
        there: Sequence[Attendance],
        **kwargs: Any,
    ) -> None:
        self.people = {
            side: {str(one.pk): one for one in _with_those(side, people.get(side, ()), there)}
            for side in Side
        }
        kwargs["initial"] = {**self.stands(there), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for side in Side:
            of_side = self.people[side].items()
            self.offer(side.value, [(pk, one.name_and_designation) for pk, one in of_side])

    @staticmethod
    def stands(there: Sequence[Attendance]) -> dict[str, Any]:
        """What is saved, by field."""
        found: dict[str, Any] = {}
        for side in Side:
            of_side = [one for one in there if one.side == side]
            found[side.value] = [str(one.person_id) for one in of_side if one.person_id]
            others = [one.designation for one in of_side if one.designation]
            found[f"{side.value}_others"] = "\n".join(others)
        return found

    def clean(self) -> dict[str, Any]:
        """Lines that fit, and somebody at all."""
        cleaned = super().clean()
        for side in Side:
            too_long = [line for line in self._lines(side) if len(line) > LONGEST_LINE]
            if too_long:
                self.add_error(
                    f"{side.value}_others",
                    f"“{too_long[0][:40]}…” has {len(too_long[0])} characters. Shorten the line to {LONGEST_LINE} or fewer.",
                )
        if not self.errors and not any(
            cleaned.get(name) for name in self.fields if name != "based_on"
        ):
            self.add_error(
                "team", "Say who was there: tick at least one person, or write one line."
            )
        return cleaned

    def _lines(self, side: Side) -> list[str]:
        lines = [
            one_line(line)
            for line in self.cleaned_data.get(f"{side.value}_others", "").splitlines()
        ]
        return list(dict.fromkeys(line for line in lines if line))

    def who(self) -> dict[str, Any]:
        """What the action takes: people and lines by side, and the version."""
        chosen = self.cleaned_data
        return {
            "people": {side: [self.people[side][pk] for pk in chosen[side.value]] for side in Side},
            "others": {side: self._lines(side) for side in Side},
            "based_on": chosen["based_on"],
        }


def _with_those(side: Side, people: Sequence[User], there: Sequence[Attendance]) -> list[User]:
    """Those of today, and whoever is recorded and has left since."""
    known = {one.pk for one in people}
    gone = [
        one.person
        for one in there
        if one.side == side and one.person is not None and one.person_id not in known
    ]
    return [*people, *gone]


def version_of(pk: int) -> str:
    """The name of the field that holds the version of the words about one point."""
    return f"record_{pk}_based_on"


class WriteMeetingRecordForm(VersionedForm, DeskForm):
    """One box for each point of both sides, each with the version of the words it began from."""

    submit = "Save the record"
    blanks_may_stay = True

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        self.items = items
        self.base_fields = {
            name: field
            for number, item in enumerate(items, start=1)
            for name, field in _box(item, number).items()
        }
        super().__init__(*args, **kwargs)

    def typed(self) -> dict[int, tuple[str, int]]:
        """What was typed, by point, with the version it was based on (0 for none)."""
        data = self.cleaned_data
        return {
            item.pk: (data[f"record_{item.pk}"], data[version_of(item.pk)]) for item in self.items
        }


def _box(item: AgendaItem, number: int) -> dict[str, forms.Field]:
    """The words about one point, and the version they began from."""
    return {
        f"record_{item.pk}": forms.CharField(
            label=f"{number}. {item.words}",
            required=False,
            initial=item.record,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=NAME_NOBODY if number == 1 else "",
        ),
        version_of(item.pk): VersionField(initial=item.version),
    }


class WriteMeetingNotesForm(VersionedForm, DeskForm):
    """The team's own notes."""

    text = forms.CharField(
        label="Notes of the team",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=f"Nobody of the partnership sees them, and they are neither printed nor shown in meeting mode. {NAME_NOBODY}",
    )
    based_on = VersionField()

    submit = "Save the notes"
    blanks_may_stay = True


class ConfirmMeetingRecordForm(DeskForm):
    """The version that whoever confirms has read."""

    submit = "Confirm it"
    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"invalid": "This page does not know which version it shows. Reload it."},
    )
    has_read = forms.BooleanField(label="I have read this record, and it is right")
