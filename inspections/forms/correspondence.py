"""What went out, filtered; and what happened outside, put on record."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskDateField, DeskForm
from inspections.enums import Direction, Means
from inspections.queries import SIDES

KEEP_OUT = "No name of a child, and nothing by which a child is known: what worries you about a child is raised as a concern."


class CorrespondenceFilterForm(DeskForm):
    """To whom, of which kind, to which side. Sent by GET, so a filtered list has an address."""

    to = forms.ChoiceField(label="To whom", required=False)
    kind = forms.ChoiceField(label="Of which kind", required=False)
    side = forms.ChoiceField(
        label="To which side", required=False, choices=[("", "Both sides"), *SIDES]
    )

    method = "get"
    submit = "Show"

    def __init__(
        self,
        *args: Any,
        whom: list[tuple[str, str]],
        kinds: list[tuple[str, str]],
        both_sides: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", [("", "Everybody"), *whom])
        self.offer("kind", [("", "Everything"), *kinds])
        if not both_sides:
            del self.fields["side"]

    def chosen(self) -> dict[str, str]:
        """By what to filter; what is not one of the choices is left out, as if it had not been chosen."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class RecordCorrespondenceForm(DeskForm):
    """When, which way, with whom, by which means, and what was said or written."""

    submit = "Put it on record"

    happened_on = DeskDateField(
        label="On which day", help_text="Today or earlier. For example 8 December 2025."
    )
    direction = forms.ChoiceField(
        label="Which way", choices=Direction.choices, widget=forms.RadioSelect
    )
    means = forms.ChoiceField(
        label="By which means", choices=Means.choices, widget=forms.RadioSelect
    )
    with_whom = forms.CharField(
        label="With whom",
        max_length=120,
        help_text="A name and what the person is. For example “Morag Tulloch, chief social work officer”.",
    )
    about = forms.CharField(label="About what", max_length=200, help_text=KEEP_OUT)
    words = forms.CharField(
        label="What was said or written",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="It stays as you write it. A mistake is put right by a correction, which says why.",
    )


class CorrectCorrespondenceForm(RecordCorrespondenceForm):
    """The same, as it should have been, and why it is corrected."""

    submit = "Correct it"

    reason = forms.CharField(
        label="Why it is corrected",
        max_length=300,
        help_text="It stands beside the former entry, which is struck through and stays.",
    )
