"""Who writes which answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import Agency
from core.forms import DeskForm
from evaluations.models import Question

SEEN = re.compile(r"\b(\d{1,9})-(\d{1,9})\b")


class GivePartsForm(DeskForm):
    """For each question, the agencies that write its answer. None ticked: the co-ordinator writes it alone."""

    submit = "Give out the questions"

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        agencies: Sequence[Agency],
        given: Mapping[int, Sequence[Agency]],
        **kwargs: Any,
    ) -> None:
        self.questions = questions
        self.agencies = {str(agency.pk): agency for agency in agencies}
        super().__init__(*args, **kwargs)
        self.fields["seen"] = forms.CharField(
            widget=forms.HiddenInput,
            required=False,
            max_length=2000,
            initial=" ".join(
                f"{number}-{agency.pk}" for number, agencies in given.items() for agency in agencies
            ),
        )
        for question in questions:
            self.fields[self._name(question)] = forms.MultipleChoiceField(
                label=f"{question.number}. {question.text}",
                required=False,
                choices=[(pk, agency.name) for pk, agency in self.agencies.items()],
                widget=forms.CheckboxSelectMultiple,
                initial=[str(agency.pk) for agency in given.get(question.number, ())],
            )

    @staticmethod
    def _name(question: Question) -> str:
        return f"question_{question.number}"

    def seen(self) -> set[tuple[int, int]]:
        """What the page showed as given: question's number and agency's key. Of what it did not show, nothing is taken back."""
        return {(int(number), int(pk)) for number, pk in SEEN.findall(self.cleaned_data["seen"])}

    def parts(self) -> dict[Question, list[Agency]]:
        """What was ticked."""
        return {
            question: [self.agencies[pk] for pk in self.cleaned_data[self._name(question)]]
            for question in self.questions
        }
