"""School holidays of an area: a file of them, or one week."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from core.forms import DeskDateField, DeskForm

LARGEST = 1024 * 1024


class ImportSchoolHolidaysForm(DeskForm):
    """A calendar file or a table of weeks."""

    submit = "Bring these weeks in"

    file = forms.FileField(
        label="Calendar or table",
        help_text="An .ics calendar from the council, or a table with the columns monday and name, saved as CSV. At most 1 MB.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                "This file is larger than 1 MB. A calendar of school holidays is much smaller: check the file."
            )
        return file


class AddSchoolHolidayWeekForm(DeskForm):
    """One week, by any of its days. ``action`` is where it is sent: the form stands on the page of the area too."""

    submit = "Add this week"

    day = DeskDateField(
        label="A day of the week",
        help_text="Any day names its week. For example 12/10/2026 or 12 October 2026.",
        error_messages={"required": "Write a day of the week that is a holiday."},
    )
    name = forms.CharField(
        label="Name of the holiday",
        max_length=80,
        required=False,
        help_text="For example “October holiday”.",
    )

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action

    @property
    def helper(self) -> FormHelper:
        """Sent to the page of the deed, from wherever it stands."""
        helper = super().helper
        helper.form_action = self.action
        return helper
