"""Bringing in school holidays."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskForm

LARGEST = 1024 * 1024


class ImportSchoolHolidaysForm(DeskForm):
    """A calendar file or a table of weeks."""

    submit = "Bring these weeks in"

    file = forms.FileField(
        label="Calendar or table",
        help_text="An .ics calendar from the council, or a CSV file with the columns monday and name. At most 1 MB.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                "This file is larger than 1 MB. A calendar of school holidays is much smaller: check the file."
            )
        return file
