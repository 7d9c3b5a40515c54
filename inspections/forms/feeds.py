"""Of what a calendar is."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskForm

ALL = "all"


class MakeFeedForm(DeskForm):
    """All inspections, or one."""

    submit = "Make the address"

    inspection = forms.ChoiceField(label="Dates of", widget=forms.RadioSelect, initial=ALL)

    def __init__(self, *args: Any, inspections: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {one.reference: one for one in inspections}
        self.fields["inspection"].choices = [
            (ALL, "All inspections that you work on, also those to come"),
            *((one.reference, f"{one.area}, {one.reference}, alone") for one in inspections),
        ]
        self.fields["inspection"].error_messages["required"] = "Choose whose dates."

    def clean_inspection(self) -> Any:
        """The inspection, or None for all."""
        return self._known.get(self.cleaned_data["inspection"])
