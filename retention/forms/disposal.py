"""Taking something off a list, and approving it."""

from __future__ import annotations

from django import forms

from core.forms import DeskDateField, DeskForm


class SpareItemForm(DeskForm):
    """Until when it stays, and why."""

    submit = "Take it off the list"

    look_again_on = DeskDateField(
        label="Keep it until",
        help_text="Within a year. It is then proposed again.",
    )
    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea,
        help_text="Up to 300 characters. It stays on record and on the certificate.",
    )


class ApproveDisposalForm(DeskForm):
    """The one box that must be ticked before anything is destroyed."""

    submit = "Approve, and destroy what is listed"

    sure = forms.BooleanField(
        label="I have looked at this list, and nothing on it is needed any more"
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
