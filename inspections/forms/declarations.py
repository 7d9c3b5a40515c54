"""Declaring one's interests, and deciding on what somebody declared."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskForm, HintedRadios
from inspections.enums import InterestAnswer, InterestDecision

LONGEST = 4000

ANSWER_HINTS = {
    InterestAnswer.NOTHING: "None of this touches you, or anybody close to you.",
    InterestAnswer.SOMETHING: "Something does, or could look as if it did. Somebody else decides what follows.",
}
DECISION_HINTS = {
    InterestDecision.WORKS: "Nothing stands in the way of any of their work here.",
    InterestDecision.APART: "Somebody else takes what you name below. The person reads it too.",
    InterestDecision.NOT: "What is open to them here closes at once. Their part is then ended on the page of the team.",
}


class DeclareInterestForm(DeskForm):
    """Whether there is something, and what."""

    submit = "Declare"
    needed_later = {"words": "needed if you declare something"}

    answer = forms.ChoiceField(
        label="What do you declare?",
        choices=InterestAnswer,
        widget=HintedRadios(hints=ANSWER_HINTS),
        error_messages={"required": "Choose whether you have something to declare."},
    )
    words = forms.CharField(
        label="What it is",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Who or what, and when. A few words are enough. Name nobody who uses services.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answer, words = cleaned.get("answer"), cleaned.get("words")
        if answer == InterestAnswer.SOMETHING and not words and "words" not in self.errors:
            self.add_error("words", "Say what it is. A few words are enough.")
        if answer == InterestAnswer.NOTHING and words:
            self.add_error(
                "words",
                "You chose that you have nothing to declare, and wrote something here. "
                "Choose “Something to declare”, or empty this box.",
            )
        if answer:
            cleaned["answer"] = InterestAnswer(answer)
        return cleaned


class DecideInterestForm(DeskForm):
    """What follows from what was declared."""

    submit = "Record this decision"
    needed_later = {"terms": "needed if they work apart"}

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=InterestDecision,
        widget=HintedRadios(hints=DECISION_HINTS),
        error_messages={"required": "Choose what you decide."},
    )
    terms = forms.CharField(
        label="What they keep away from",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example “No interviews with, and no records of, the family centres”. "
        "The person and those who decide read it.",
    )

    def clean_decision(self) -> InterestDecision:
        return InterestDecision(self.cleaned_data["decision"])
