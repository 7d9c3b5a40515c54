"""Moving a step of the timetable, and changing the calendar of an inspection."""

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


class _CalendarForm(DeskForm):
    """Days, and why. The reason is read by those who are told, and stands on the timetable."""

    submit = "See what this changes"

    starts_on = DeskDateField(label="First day")
    ends_on = DeskDateField(
        label="Last day", required=False, help_text="Leave it empty for one day."
    )
    reason = forms.CharField(max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["ends_on"] = cleaned.get("ends_on") or cleaned.get("starts_on")
        return cleaned


class CloseDaysForm(_CalendarForm):
    """Days on which the inspection does not work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "reason"
        ].help_text = "For example “snow” or “strike in schools”. It stands on the timetable."


class AddElectionForm(_CalendarForm):
    """Days on which no report is published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Which election"
        self.fields["reason"].help_text = "For example “local government election, 6 May 2027”."
        self.fields["ends_on"].required = True
        self.fields["ends_on"].help_text = "The day of the election, as a rule."


class AddWeekForm(DeskForm):
    """A week that takes no number, named by any of its days."""

    submit = "See what this changes"

    day = DeskDateField(label="Any day of the week", help_text="The whole week takes no number.")
    reason = forms.CharField(
        label="Why",
        max_length=80,
        help_text="For example “schools closed for a further week”. It stands on the timetable.",
    )
