"""Your own details."""

from __future__ import annotations

import re

from django import forms

from core.forms import DeskForm

A_NUMBER = re.compile(r"\+?[\d\s()-]+(?:\s*(?:ext|extension|x)\.?\s*\d{1,6})?", re.IGNORECASE)


class EditDetailsForm(DeskForm):
    """What you are, and how the partnership reaches you by telephone."""

    submit = "Save my details"

    designation = forms.CharField(
        max_length=120,
        required=False,
        help_text="What you are, as a letter would say it. For example “Strategic inspector”.",
    )
    telephone = forms.CharField(
        label="Telephone number",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text="The letter of notification carries the number of the inspection lead and of the support officer.",
    )

    def clean_telephone(self) -> str:
        number = " ".join(self.cleaned_data["telephone"].split())
        digits = sum(sign.isdigit() for sign in number)
        if number and not (A_NUMBER.fullmatch(number) and 6 <= digits <= 20):
            raise forms.ValidationError(
                "Write the number as one would dial it, for example 01632 960 123 or +44 1632 960 123."
            )
        return number
