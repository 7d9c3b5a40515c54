"""Reporting a problem."""

from __future__ import annotations

from django import forms

from core.forms import DeskForm


class ReportProblemForm(DeskForm):
    """What happened, and where."""

    submit = "Send it"

    what = forms.CharField(
        label="What went wrong",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What you wanted to do, and what happened instead. Name no child, parent or member of staff.",
    )
    where = forms.CharField(label="On which page", max_length=200, required=False)
