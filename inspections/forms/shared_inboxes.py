"""An address that several people read."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Agency
from core.forms import DeskForm


class AddSharedInboxForm(DeskForm):
    """Which agency, and its shared address."""

    submit = "Add this inbox"

    agency = forms.ModelChoiceField(Agency.objects.none(), empty_label="Choose an agency")
    email = forms.EmailField(
        label="E-mail address",
        help_text="Everybody who reads this inbox can read the copies. Nobody can join with it.",
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()
