"""Why something is held back, or no longer."""

from __future__ import annotations

from django import forms

from core.forms import DeskForm

REASON = "Up to 300 characters. It stays on record, so name no child and no parent."


class PlaceLegalHoldForm(DeskForm):
    """Why nothing of this inspection may go."""

    submit = "Place the hold"

    reason = forms.CharField(max_length=300, widget=forms.Textarea, help_text=REASON)


class LiftLegalHoldForm(DeskForm):
    """Why it may go again."""

    submit = "Lift the hold"

    reason = forms.CharField(max_length=300, widget=forms.Textarea, help_text=REASON)
