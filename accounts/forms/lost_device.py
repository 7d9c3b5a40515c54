"""Somebody lost the device that proves who they are."""

from __future__ import annotations

from django import forms

from core.forms import DeskForm, HintedRadios

WAYS = (
    ("met", "I met them, and know them"),
    ("rang", "I rang them on the number that we had before, and know their voice"),
    ("vouched", "Their line manager confirmed it to me"),
)


class ResetSecondFactorForm(DeskForm):
    """Whose, how one made sure, and why."""

    submit = "Reset their second proof"

    email = forms.EmailField(
        label="Their e-mail address", help_text="The one that they sign in with."
    )
    known_by = forms.ChoiceField(
        label="How do you know that it is them?",
        choices=WAYS,
        widget=HintedRadios(),
        help_text="A message or a call from them is not enough: anybody can send one.",
    )
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What happened to the device. It stands in the record.",
    )
