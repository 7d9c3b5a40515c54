"""Which moment to look back to."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.forms import DeskDateField, DeskForm

END_OF_DAY = time(23, 59, 59)


class AsAtForm(DeskForm):
    """A day and, if it matters, an hour. Sent by GET, so a moment has an address."""

    moment = DeskDateField(label="Day", help_text="For example 8 December 2025.")
    clock = forms.TimeField(
        label="Time of day",
        required=False,
        help_text="For example 14:30. Left empty, it is the end of that day.",
        error_messages={
            "invalid": "Write the time of day as hours and minutes, for example 14:30."
        },
    )

    method = "get"
    submit = "Look back"

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)

    def clean_moment(self) -> Any:
        """No day that is still to come: nothing is on record of it."""
        day = self.cleaned_data["moment"]
        if day > timezone.localdate(self.now):
            raise ValidationError("That day has not come yet. Choose today or an earlier day.")
        return day

    def chosen(self) -> datetime | None:
        """The moment, and now where it was left open or lies ahead; None when what was typed cannot be read."""
        if not self.is_bound:
            return self.now
        if not self.is_valid():
            return None
        day, clock = self.cleaned_data["moment"], self.cleaned_data["clock"] or END_OF_DAY
        return min(self.now, timezone.make_aware(datetime.combine(day, clock)))
