"""What a meeting decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from core.forms import DeskDateField, DeskForm


class AddDecisionForm(DeskForm):
    """What, who, by when."""

    words = forms.CharField(
        label="What was decided",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="As a task that somebody can do and then mark as done. Name no child, parent or member of staff of a service.",
    )
    person = forms.ModelChoiceField(
        label="Who sees to it",
        queryset=User.objects.none(),
        empty_label="Choose somebody",
        help_text="They find it on their home page until it is done.",
    )
    due_on = DeskDateField(label="Last day", help_text="For example 8 December 2025.")

    submit = "Add the decision"

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", people, words=lambda one: one.name_and_designation)


class ChangeDecisionForm(AddDecisionForm):
    """The same three, as they stand."""

    submit = "Save the decision"


class WithdrawDecisionForm(DeskForm):
    """Why it was none."""

    reason = forms.CharField(
        label="Why it is withdrawn",
        max_length=300,
        help_text="It stands beside the decision on the page of the meeting, and not in the record. Name no child, parent or member "
        "of staff of a service.",
    )

    submit = "Withdraw the decision"
