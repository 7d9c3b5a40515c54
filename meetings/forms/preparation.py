"""When and where a meeting is, and its agenda."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms import DeskForm, HourField
from core.version_forms import VersionedForm, VersionField
from meetings.enums import Audience
from meetings.models import AgendaItem

BLANK_POINTS = 3
MOST_POINTS = 40


class PrepareMeetingForm(VersionedForm, DeskForm):
    """Hour, place and link. The day is the one of the timetable."""

    begins = HourField(label="Begins at", max_length=40, help_text="For example 10:00.")
    place = forms.CharField(
        label="Place and room",
        max_length=200,
        required=False,
        help_text="As somebody who has never been there needs it. Leave it empty for a meeting by link alone.",
    )
    link = forms.URLField(
        label="Link to join",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Write the whole link, for example https://meet.example/glen."},
    )
    based_on = VersionField()

    submit = "Save time and place"

    def clean(self) -> dict[str, Any]:
        """A meeting is somewhere."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("place") and not cleaned.get("link"):
            self.add_error("place", "Write the place, or the link to join, or both.")
        return cleaned


class SetAgendaForm(VersionedForm, DeskForm):
    """The points that stand, some blank ones, and for each its words, whose it is, for whom, and its place in the order."""

    submit = "Save the agenda"
    blanks_may_stay = True

    def __init__(self, data: Any = None, *, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        by_row = {str(item.pk): item for item in items}
        # A point that somebody took off meanwhile is kept as it was typed: it comes as a new one.
        sent = [
            found[1] for name in data or () if (found := re.fullmatch(r"words_(\d{1,9})", name))
        ]
        blank = [f"new{number}" for number in range(1, BLANK_POINTS + 1)]
        self.rows = [*by_row, *(row for row in sent if row not in by_row), *blank]
        self.known = set(by_row)
        fields = [_row(row, by_row.get(row), place) for place, row in enumerate(self.rows, start=1)]
        self.base_fields = {name: field for row in fields for name, field in row.items()}
        self.base_fields["based_on"] = VersionField()
        self.groups = [
            (f"Point {place}" if row in by_row else f"New point {place - len(items)}", _names(row))
            for place, row in enumerate(self.rows, start=1)
        ]
        super().__init__(data, **kwargs)

    @staticmethod
    def stands(items: Sequence[AgendaItem]) -> dict[str, Any]:
        """What is saved, by field."""
        return {
            f"{name}_{item.pk}": value
            for place, item in enumerate(items, start=1)
            for name, value in (
                ("words", item.words),
                ("whose", item.whose),
                ("audience", item.audience),
                ("place", place),
            )
        }

    def points(self) -> list[dict[str, Any]]:
        """What was typed, in the order that the places give; points of one place in the order of the page."""
        data = self.cleaned_data
        typed = [row for row in self.rows if data[f"words_{row}"]]
        last = len(self.rows) + MOST_POINTS
        typed.sort(key=lambda row: data[f"place_{row}"] or last)
        return [
            {
                "pk": int(row) if row in self.known else None,
                "words": data[f"words_{row}"],
                "whose": data[f"whose_{row}"],
                "audience": Audience(data[f"audience_{row}"]),
            }
            for row in typed
        ]


def _row(row: str, item: AgendaItem | None, place: int) -> dict[str, forms.Field]:
    """The four boxes of one point."""
    return {
        f"words_{row}": forms.CharField(
            label="Point",
            max_length=300,
            required=False,
            initial=item.words if item else "",
            help_text="Empty it to take the point off." if item else "",
        ),
        f"whose_{row}": forms.CharField(
            label="Whose point",
            max_length=120,
            required=False,
            initial=item.whose if item else "",
        ),
        f"audience_{row}": forms.ChoiceField(
            label="Who sees it",
            choices=Audience.choices,
            initial=item.audience if item else Audience.SHARED,
        ),
        f"place_{row}": forms.IntegerField(
            label="Order",
            min_value=1,
            max_value=MOST_POINTS,
            required=False,
            initial=place,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "invalid": "Write the order as a number, for example 2.",
                "min_value": "The first point of the order is 1.",
                "max_value": f"An agenda has room for {MOST_POINTS} points.",
            },
        ),
    }


def _names(row: str) -> list[str]:
    return [f"{name}_{row}" for name in ("words", "whose", "audience", "place")]
