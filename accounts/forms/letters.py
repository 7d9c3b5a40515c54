"""How one's letters come."""

from __future__ import annotations

from django import forms

from core.forms import DeskForm, HintedRadios


class ChooseLettersForm(DeskForm):
    """At once, or once a day."""

    submit = "Save how they come"

    once_a_day = forms.TypedChoiceField(
        label="How your letters come",
        coerce=lambda value: value == "True",
        choices=[
            ("False", "Each message at once"),
            ("True", "One letter a day, at 07:30, with everything that can wait"),
        ],
        widget=HintedRadios(
            hints={"True": "What cannot wait comes at once all the same: see the table below."}
        ),
    )
