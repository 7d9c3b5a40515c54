"""Planning an inspection."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskDateField, DeskForm
from inspections.models import Area, Method


class PlanInspectionForm(DeskForm):
    """Which area, from when, by which method, and what Ministers have decided (R1)."""

    submit = "Plan this inspection"

    area = forms.ModelChoiceField(Area.objects.none(), empty_label="Choose an area")
    planned_for = DeskDateField(
        label="Date of notification",
        help_text="Week 1 is the week of this date. For example 1 September 2025.",
    )
    method = forms.ModelChoiceField(Method.objects.none(), empty_label=None)
    requested_on = DeskDateField(label="Date of the ministerial request", required=False)
    timetable_approved_on = DeskDateField(
        label="Date on which Ministers approved the timetable", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.all()
        self.fields["method"].queryset = Method.objects.all()
