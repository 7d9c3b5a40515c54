"""Joining with a code that was read out."""

from __future__ import annotations

from django import forms

from core.forms import DeskForm


class JoinByCodeForm(DeskForm):
    """The address of the invitation and the code, in whatever way it was written down."""

    submit = "Go on"

    email = forms.EmailField(
        label="E-mail address",
        help_text="The address for which you were invited.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Twelve letters and digits, for example 7KQ2 HJ4A W9RX. Capitals and spaces do not matter.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()
