"""Writing sections, narratives and points."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskForm
from core.version_forms import VersionedForm, VersionField
from evaluations.models import EvidenceItem
from reports.enums import PointKind
from reports.models import Point, QuestionNarrative, Section

NAMES = "Name no child, parent or member of staff."
MARKUP = (
    "Leave an empty line between paragraphs. A line that begins with # is a heading, with - a list."
)
NEEDED = {"text": "needed before the panel"}  # R44
LONGEST = 60_000
MOST_MARKS = {"[": 200, "|": 1_500, "*": 1_500, "_": 1_500, "`": 500}  # of one text
LONGEST_POINT = 600


class TextForm(VersionedForm, DeskForm):
    """One text, and the version it was based on."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 18}), required=False, max_length=LONGEST, strip=False
    )
    based_on = VersionField()

    def clean_text(self) -> str:
        """The text, unless its marks alone would keep the server busy for seconds each time it is read."""
        text = self.cleaned_data["text"]
        for mark, most in MOST_MARKS.items():
            if text.count(mark) > most:
                raise forms.ValidationError(
                    f"This text has {text.count(mark)} of the sign {mark}; {most} are allowed in one section. "
                    "Split the table, or take the signs out."
                )
        return text

    @staticmethod
    def stands(text: Section | QuestionNarrative | None) -> dict[str, Any]:
        """What is saved, by field."""
        return {"text": text.text if text else ""}


class WriteSectionForm(TextForm):
    """The words of one section."""

    submit = "Save this section"

    def __init__(
        self, *args: Any, hint: str = "", label: str = "Text", needed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needed_later = NEEDED if needed else {}
        self.fields["text"].label = label
        self.fields["text"].help_text = " ".join(part for part in (hint, MARKUP, NAMES) if part)


class WriteNarrativeForm(TextForm):
    """What the report says on one question."""

    submit = "Save the narrative"
    needed_later = NEEDED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Narrative"
        self.fields["text"].help_text = f"{MARKUP} {NAMES}"


class EvidenceField(forms.ModelMultipleChoiceField):
    """The evidence a point rests on: reference, kind and the beginning of what it says."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, item: EvidenceItem) -> str:
        words = " ".join(item.text.split())
        short = words if len(words) <= 110 else f"{words[:110].rsplit(' ', 1)[0]} …"
        return f"{item.reference}, {item.get_source_type_display().lower()}: {short}"


class PointForm(DeskForm):
    """A point and its threads. Evidence is required: every published sentence has a thread to it."""

    text = forms.CharField(
        label="What it says",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_POINT,
        help_text=f"One sentence, as it will be printed. {NAMES}",
    )
    evidence = EvidenceField(
        EvidenceItem.objects.none(),
        label="Evidence it rests on",
        error_messages={
            "required": "Choose at least one piece of evidence. A point without evidence cannot be published."
        },
    )

    def __init__(self, *args: Any, evidence: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = evidence


class AddPointForm(PointForm):
    """A new key message, strength or area for development."""

    submit = "Add it to the report"
    field_order = ["kind", "text", "evidence"]

    kind = forms.TypedChoiceField(
        label="What it is", choices=PointKind.choices, coerce=PointKind, widget=forms.RadioSelect
    )


class RevisePointForm(VersionedForm, PointForm):
    """The same point in better words, or on other evidence."""

    submit = "Save this point"

    based_on = VersionField()

    @staticmethod
    def stands(point: Point) -> dict[str, Any]:
        """What is saved, by field."""
        return {"text": point.text, "evidence": [item.pk for item in point.evidence.all()]}
