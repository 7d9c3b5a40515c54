"""One form with every kind of field, for the gallery."""

from __future__ import annotations

from django import forms

from core.forms import (
    DeskDateField,
    DeskForm,
    FoldedCheckboxes,
    HintedCheckboxes,
    HintedRadios,
    ManyFilesField,
    ScaleField,
    ScaleLevel,
)
from core.pictures.scale import LEVELS

MEANS = {
    6: "Outstanding or sector leading",
    5: "Major strengths",
    4: "Important strengths, with some areas for improvement",
    3: "Strengths just outweigh weaknesses",
    2: "Important weaknesses, priority action required",
    1: "Major weaknesses, urgent remedial action required",
}
SCALE = [
    ScaleLevel(number, name, MEANS[number], "What it would look like here.")
    for number, name in LEVELS.items()
]


class GalleryForm(DeskForm):
    """Nobody sends it; it shows what a form looks like."""

    submit = "Save and continue"
    also = (("draft", "Save and go back"),)
    cancel_url = "#main-content"
    groups = (
        ("", ("title", "area", "held_on")),
        ("How it was done", ("kind", "heard", "speaks_to", "agreed", "papers")),
        ("What you made of it", ("why", "level")),
    )

    title = forms.CharField(max_length=200, help_text="As it will stand in the list of meetings.")
    area = forms.ChoiceField(choices=[("", "Choose an area"), ("S12999901", "Glenmarrow")])
    held_on = DeskDateField(label="Held on", help_text="For example 8 December 2025.")
    kind = forms.ChoiceField(
        label="Where was it held?",
        choices=[("room", "In a room"), ("video", "By video")],
        widget=HintedRadios(hints={"video": "Say who could not be seen."}),
    )
    heard = forms.MultipleChoiceField(
        label="Who was heard",
        required=False,
        choices=[
            ("children", "Children and young people"),
            ("parents", "Parents and carers"),
            ("staff", "Staff"),
        ],
        widget=HintedCheckboxes(hints={"children": "With the consent that the plan asks for."}),
    )
    speaks_to = forms.MultipleChoiceField(
        label="What it speaks to",
        required=False,
        choices=[
            ("Evaluated", [("1.1", "1.1 Life chances"), ("2.1", "2.1 Children")]),
            ("Delivery, 5.1 and 5.2", [("5.1", "5.1 Concerns"), ("5.2", "5.2 Risk and need")]),
            ("Management, 6.1", [("6.1", "6.1 Policies")]),
        ],
        initial=["5.2"],
        widget=FoldedCheckboxes,
    )
    agreed = forms.BooleanField(
        label="Everybody present agreed to this record", help_text="Differences are kept beside it."
    )
    papers = ManyFilesField(required=False, help_text="Several files at once, up to 500 MB each.")
    why = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=300,
        help_text="Name no child or member of staff.",
    )
    level = ScaleField(
        label="Your evaluation",
        levels=SCALE,
        help_text="Choose the level that fits the evidence best.",
    )
