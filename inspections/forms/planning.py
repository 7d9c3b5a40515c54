"""Planning an inspection, changing the plan and withdrawing it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from core.forms import DeskDateField, DeskForm, SeenForm
from core.version_forms import VersionedForm, VersionField
from core.workdays import is_working_day, monday_of
from inspections.enums import ChosenBecause
from inspections.models import Area, Method

EXAMPLE_AHEAD = timedelta(weeks=12)


CHOICES = [(one.value, one.label) for one in ChosenBecause if one != ChosenBecause.NOT_RECORDED]


class _PlanDates(SeenForm, DeskForm):
    """Why this area, from when, and what Ministers have decided (R1)."""

    chosen_because = forms.ChoiceField(
        label="Reason for choosing this area", choices=[("", "Choose a reason"), *CHOICES]
    )
    chosen_words = forms.CharField(
        label="The reason in a sentence",
        max_length=200,
        help_text="For example “Six years since the last inspection”. "
        "Name no person. Up to 200 characters; the partnership is not shown it.",
    )

    planned_for = DeskDateField(label="Date of notification")
    requested_on = DeskDateField(
        label="Date of the ministerial request",
        required=False,
        help_text="The day on which Ministers asked. Leave it empty until they have.",
    )
    timetable_approved_on = DeskDateField(
        label="Date on which Ministers approved the timetable",
        required=False,
        help_text="Leave it empty until they have.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("chosen_because") == ChosenBecause.NOT_RECORDED:
            self.initial["chosen_because"] = ""
        example = _a_day_ahead(today)
        self.fields[
            "planned_for"
        ].help_text = f"Week 1 is the week of this date. For example {example.day} {example:%B %Y}."


def _a_day_ahead(today: date) -> date:
    day = monday_of(today + EXAMPLE_AHEAD)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


class PlanInspectionForm(_PlanDates):
    """Which area, by which method, and the dates."""

    submit = "Plan this inspection"
    all_the_same = "Plan it all the same"
    field_order = ("area", "chosen_because", "chosen_words", "planned_for", "method")

    area = forms.ModelChoiceField(Area.objects.none(), empty_label="Choose an area")
    method = forms.ModelChoiceField(Method.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.all()
        self.fields["method"].queryset = Method.objects.all()


class ChangePlanForm(VersionedForm, _PlanDates):
    """The reason and the dates of a plan. Area and method stay: for another area, withdraw the plan and make a new one."""

    submit = "Change the plan"
    all_the_same = "Change the plan all the same"

    based_on = VersionField()

    def plan(self) -> dict[str, Any]:
        """What the plan says, after is_valid()."""
        return {name: value for name, value in self.cleaned_data.items() if name != "based_on"}


class WithdrawPlanForm(DeskForm):
    """Why the inspection does not take place."""

    submit = "Withdraw this plan"

    reason = forms.CharField(
        max_length=200,
        help_text="For example “planned by mistake; another area comes first”. Up to 200 characters; it stays on record.",
    )
