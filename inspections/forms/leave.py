"""Days away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from core.forms import DeskDateField, DeskForm
from core.version_forms import VersionedForm, VersionField


class RecordLeaveForm(DeskForm):
    """From when to when. Words are for oneself: whoever keeps somebody else's days has no box for them."""

    submit = "Record these days"

    starts_on = DeskDateField(label="First day away")
    ends_on = DeskDateField(
        label="Last day away", required=False, help_text="Leave it empty for one day alone."
    )
    words = forms.CharField(
        label="A note for yourself",
        max_length=200,
        required=False,
        help_text="Nobody else is shown it, and no reason is asked. Up to 200 characters.",
    )

    def __init__(self, *args: Any, is_own: bool, example: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].help_text = f"For example {example.day} {example:%B %Y}."
        if not is_own:
            del self.fields["words"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned.get("starts_on")
        return cleaned


class ChangeLeaveForm(VersionedForm, RecordLeaveForm):
    """Other days."""

    submit = "Change these days"

    based_on = VersionField()
