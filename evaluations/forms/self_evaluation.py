"""Forms of the joint self-evaluation. They clean; they never save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms import DeskForm
from core.version_forms import VersionedForm, VersionField
from documents.models import Document
from evaluations.enums import AnswerPart
from evaluations.rules import LONGEST_TEXT

HELP = "Bullets are welcome. Name no child, parent or member of staff."


def _box(part: AnswerPart) -> forms.CharField:
    return forms.CharField(
        label=part.label,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "data-count-words": "yes"}),
    )


def version_of(part: AnswerPart | str) -> str:
    """The name of the field that holds the version of one box."""
    return f"{part}_based_on"


class AnswerQuestionForm(VersionedForm, DeskForm):
    """Three boxes of one question, each with the version of the text it began from.

    Boxes may stay empty until sending.
    """

    how_good = _box(AnswerPart.HOW_GOOD)
    how_do_we_know = _box(AnswerPart.HOW_DO_WE_KNOW)
    what_next = _box(AnswerPart.WHAT_NEXT)
    how_good_based_on = VersionField()
    how_do_we_know_based_on = VersionField()
    what_next_based_on = VersionField()

    def __init__(self, *args: Any, hints: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in AnswerPart:
            self.fields[part.value].help_text = f"{hints.get(part.value, '')} {HELP}".strip()

    def clean(self) -> dict[str, Any]:
        """A limit for each box. One kind of line ending, above, gives a text one fingerprint wherever it was typed."""
        cleaned = super().clean()
        for part in AnswerPart:
            text = cleaned.get(part.value, "")
            if len(text) > LONGEST_TEXT:
                self.add_error(
                    part.value,
                    f"“{part.label}” has {len(text):,} characters. Shorten it to {LONGEST_TEXT:,} or fewer.",
                )
        return cleaned

    def typed(self) -> dict[AnswerPart, tuple[str, int]]:
        """What was typed, by part, with the version it was based on (0 for none)."""
        data = self.cleaned_data
        return {part: (data[part.value], data[version_of(part)]) for part in AnswerPart}


class LinkEvidenceForm(DeskForm):
    """Which of the partnership's files support the answer to one question."""

    submit = "Link the ticked files"
    documents = forms.ModelMultipleChoiceField(
        queryset=Document.objects.none(),
        label="Files of the joint self-evaluation",
        help_text="Tick every file that shows what this answer says.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one file, or add files first."},
    )

    def __init__(self, *args: Any, files: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_this = Document.objects.filter(pk__in=[file.pk for file in files])
        self.offer(
            "documents", of_this.select_related("agency"), words=lambda file: file.name_and_agency
        )


class SubmitSelfEvaluationForm(DeskForm):
    """The last page before sending: what goes is what this page shows."""

    submit = "Send in the joint self-evaluation"
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    has_read = forms.BooleanField(
        label="I have read all five answers, and the partnership's agencies agree to them",
    )
