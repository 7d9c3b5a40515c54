"""Recording evidence, and filtering the list of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator

from core.forms import DeskForm, FoldedCheckboxes, HintedRadios
from core.version_forms import OpeningField, VersionedForm, VersionField
from documents.models import Document
from evaluations.enums import Direction, SourceType
from evaluations.models import EvidenceItem, Indicator, Question

LONGEST_TEXT = 10_000  # characters of one passage; longer ones are several passages
NAME_NOBODY = "Name no child, parent or member of staff: children by code, staff by what they do."
DIRECTION_HINTS = {
    Direction.STRENGTH: "Something that works well for children and families.",
    Direction.WEAKNESS: "Something that should be better.",
    Direction.NEUTRAL: "Context that points neither way.",
}


EVALUATED = "Evaluated in this inspection"


class _ByDomain(ModelChoiceIterator):
    """The indicators that are evaluated first; the others by domain, each with the numbers it holds."""

    def __iter__(self) -> Iterator[tuple[str, list[tuple[Any, str]]]]:
        rows = list(self.queryset.select_related("area__domain"))
        evaluated = [row for row in rows if row.group_id]
        if evaluated:
            yield EVALUATED, [self.choice(row) for row in evaluated]
        others = (row for row in rows if not row.group_id)
        for name, found in groupby(others, key=lambda row: row.area.domain.name):
            here = list(found)
            yield f"{name}, {_numbers(here)}", [self.choice(row) for row in here]


def _numbers(rows: list[Indicator]) -> str:
    """``5.1 to 5.4``, ``3.1 and 4.1``, ``6.1``."""
    first, last = rows[0].number, rows[-1].number
    if len(rows) < 3:
        return " and ".join(row.number for row in rows)
    return f"{first} to {last}"


class _Indicators(forms.ModelMultipleChoiceField):
    iterator = _ByDomain
    widget = FoldedCheckboxes


class _Questions(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Question) -> str:
        return f"{obj.number} {obj.text}"


class _Documents(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Document) -> str:
        """With its agency: two agencies may each have sent a file of that name."""
        return f"{obj.title or obj.name}, {obj.agency}" if obj.agency else obj.title or obj.name


class EvidenceForm(VersionedForm, DeskForm):
    """One passage (R39). ``based_on`` is the version that the writer had before them; 0 for a new one, which has its
    ``opening`` instead.
    """

    source_type = forms.ChoiceField(
        label="Kind of source", choices=[("", "Choose one"), *SourceType.choices]
    )
    activity = forms.CharField(
        label="Where it comes from",
        max_length=200,
        help_text="The activity or the document, and the place in it. "
        "For example: focus group of health visitors, day 7. " + NAME_NOBODY,
    )
    text = forms.CharField(
        label="What it says",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"One point, as it was said, read or seen. {NAME_NOBODY}",
    )
    direction = forms.ChoiceField(
        label="Which way does it point?",
        choices=Direction.choices,
        widget=HintedRadios(hints=DIRECTION_HINTS),
    )
    indicators = _Indicators(
        label="Indicators it speaks to",
        queryset=Indicator.objects.none(),
        error_messages={"required": "Choose at least one indicator that this evidence speaks to."},
    )
    questions = _Questions(
        label="Questions it helps to answer",
        queryset=Question.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one question that this evidence helps to answer."
        },
    )
    documents = _Documents(
        label="Documents of the partnership it rests on",
        queryset=Document.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    based_on = VersionField()
    opening = OpeningField()

    submit = "Save this evidence"

    def __init__(
        self,
        *args: Any,
        indicators: QuerySet[Indicator],
        questions: QuerySet[Question],
        documents: QuerySet[Document],
        item: EvidenceItem | None = None,
        **kwargs: Any,
    ) -> None:
        if item is not None:
            kwargs["initial"] = {**self.stands(item), "based_on": item.version}
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("indicators", indicators),
            ("questions", questions),
            ("documents", documents),
        ):
            self.offer(name, choices)
        if not documents:
            del self.fields["documents"]
        if item is not None:
            del self.fields["opening"]

    @staticmethod
    def stands(item: EvidenceItem) -> dict[str, Any]:
        """What is saved, by field."""
        words = ("source_type", "activity", "text", "direction")
        links = ("indicators", "questions", "documents")
        return {name: getattr(item, name) for name in words} | {
            name: [row.pk for row in getattr(item, name).all()] for name in links
        }

    def passage(self) -> dict[str, Any]:
        """What the action takes: everything but the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "based_on"}


class EvidenceFilterForm(DeskForm):
    """Which evidence to show, and in which order. Sent by GET, so a filtered list has an address."""

    indicator = forms.ChoiceField(label="Indicator", required=False)
    question = forms.ChoiceField(label="Question", required=False)
    source = forms.ChoiceField(
        label="Kind of source", required=False, choices=[("", "All"), *SourceType.choices]
    )
    direction = forms.ChoiceField(
        label="Which way it points", required=False, choices=[("", "All"), *Direction.choices]
    )
    order = forms.ChoiceField(
        label="Order",
        required=False,
        choices=[
            ("", "Newest first"),
            ("oldest", "Oldest first"),
            ("source", "By kind of source"),
            ("direction", "By direction"),
        ],
    )

    method = "get"
    submit = "Show"

    def __init__(
        self, *args: Any, indicators: list[Indicator], questions: list[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("indicator", [("", "All"), *((row.number, str(row)) for row in indicators)])
        texts = [(str(row.number), f"{row.number} {row.text}") for row in questions]
        self.offer("question", [("", "All"), *texts])

    def chosen(self) -> dict[str, str]:
        """What to filter by; what is not one of the choices is left out, as if it had not been chosen."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
