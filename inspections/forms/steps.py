"""Moving a step of the timetable."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskDateField, DeskForm


class MoveStepForm(DeskForm):
    """New dates, and why. The reason is kept with the step and read by those who are told."""

    submit = "See what this touches"

    starts_on = DeskDateField(label="First day")
    ends_on = DeskDateField(label="Last day")
    reason = forms.CharField(
        max_length=200, help_text="For example “snow closed the roads”. Up to 200 characters."
    )

    def __init__(self, *args: Any, one_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if one_day:
            self.fields["starts_on"].label = "New date"
            self.fields["starts_on"].error_messages["required"] = "Write the new date."
            del self.fields["ends_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.setdefault("ends_on", cleaned.get("starts_on"))
        return cleaned
