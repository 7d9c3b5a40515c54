"""What one side sees differently."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from core.forms import DeskForm
from meetings.models import AgendaItem


class KeepDifferenceForm(DeskForm):
    """About which point, and how this side sees it."""

    item = forms.ModelChoiceField(
        label="About which point",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="The meeting as a whole",
    )
    words = forms.CharField(
        label="How your side sees it",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="It stands in the record beside what is written there, and replaces none of it. Name no child, parent or "
        "member of staff of a service.",
    )

    submit = "Keep it in the record"

    def __init__(self, *args: Any, items: QuerySet[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("item", items)
