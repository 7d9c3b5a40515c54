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
