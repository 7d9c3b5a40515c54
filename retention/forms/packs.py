"""About whom to collect what is held."""

from __future__ import annotations

from django import forms

from core.forms import DeskDateField, DeskForm


class MakeSubjectAccessPackForm(DeskForm):
    """The person by e-mail address, the request, and how long the pack may be read."""

    submit = "Collect it"

    email = forms.EmailField(
        label="E-mail address of the person",
        help_text="The address of their account here. Make sure first that it is the person who asks.",
    )
    request = forms.CharField(
        max_length=120,
        label="Reference of the request",
        help_text="For example “SAR 2026/031”. It stays on record.",
    )
    last_on = DeskDateField(
        label="Last day on which it may be read",
        help_text="Within three months. After it the pack is destroyed by itself.",
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()
