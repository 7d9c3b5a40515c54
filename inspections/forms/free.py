"""Choosing weeks and an inspectorate."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.enums import INSPECTORATES
from accounts.models import Agency
from core.forms import DeskDateField, DeskForm


class WhoIsFreeFilterForm(DeskForm):
    """From which week on, and of which inspectorate. Sent by GET, so a choice has an address."""

    since = DeskDateField(
        label="From the week of", required=False, help_text="Any day of the week."
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Inspectorate", required=False, empty_label="All four"
    )

    method = "get"
    submit = "Show"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("agency", Agency.objects.filter(kind__in=INSPECTORATES))

    def chosen(self) -> dict[str, Any]:
        """What to show; what cannot be read is left out, and said at its box."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
