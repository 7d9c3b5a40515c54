"""Filtering the log."""

from __future__ import annotations

from typing import Any

from django import forms

from core.dates import day_in_words
from core.forms import DeskDateField, DeskForm
from inspections.queries import LogChoices


class LogFilterForm(DeskForm):
    """What was done, by whom, from when until when. Sent by GET, so a filtered log has an address."""

    what = forms.ChoiceField(label="What was done", required=False)
    who = forms.ChoiceField(label="Who did it", required=False)
    since = DeskDateField(
        label="From this day on", required=False, help_text="For example 8 December 2025."
    )
    until = DeskDateField(
        label="Until this day",
        required=False,
        help_text="That day is shown too. For example 19 December 2025.",
    )
    readings = forms.ChoiceField(
        label="What was only read",
        required=False,
        choices=[
            ("", "Leave it out"),
            ("too", "Show it too"),
            ("only", "Show nothing else"),
        ],
    )

    method = "get"
    submit = "Show"

    def __init__(self, *args: Any, choices: LogChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("what", [("", "Everything"), *choices.what])
        self.offer("who", [("", "Everybody"), *choices.who])

    def clean(self) -> dict[str, Any]:
        """The two days in their order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error(
                "until", f"Choose {day_in_words(since)} or a later day: the log would be empty."
            )
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """By what to filter; what is not one of the choices is left out, as if it had not been chosen."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReadingsFilterForm(DeskForm):
    """Which kind of thing was read. Sent by GET."""

    what = forms.ChoiceField(label="What was read", required=False)

    method = "get"
    submit = "Show"

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("what", [("", "Everything"), *choices])

    def chosen(self) -> str:
        """The name of an event; nothing when everything is shown, or nonsense was sent."""
        return self.cleaned_data.get("what", "") if self.is_bound and self.is_valid() else ""
