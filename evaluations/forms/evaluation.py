"""Evaluating: one's own level and reason, the team's proposal, the panel's decision."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskForm, ScaleField, ScaleLevel
from core.version_forms import VersionedForm, VersionField
from evaluations.models import Evaluation, SealedEvaluation
from evaluations.models import ScaleLevel as Level

LONGEST_REASON = 10_000  # characters
NAME_NOBODY = "Name no child or member of staff."


def scale(levels: list[Level]) -> list[ScaleLevel]:
    """The framework's levels as the scale draws them: number, name, official meaning, sense in our words."""
    return [ScaleLevel(row.level, row.name, row.definition, row.sense) for row in levels]


def _reason(label: str, hint: str, *, required: bool = True, rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=f"{hint} {NAME_NOBODY}",
    )


class _OnScale(DeskForm):
    """A form with the six-point scale in it."""

    level_label = ""
    level_required = True

    def __init__(self, *args: Any, levels: list[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = ScaleField(
            levels=scale(levels),
            label=self.level_label,
            required=self.level_required,
            help_text="Choose the level that fits the evidence best.",
            error_messages={
                "required": "Choose a level from 1 to 6.",
                "invalid_choice": "Choose a level from 1 to 6. There are no halves.",
            },
        )
        self.fields = {"level": field, **self.fields}


class WriteEvaluationForm(VersionedForm, _OnScale):
    """One's own evaluation. A draft may be half done, so nothing is required here; sealing asks for both (R40)."""

    level_label = "Your evaluation"
    level_required = False
    rationale = _reason(
        "Why",
        "Which evidence weighs most, and what kept you from one level higher or lower.",
        required=False,
    )
    based_on = VersionField()

    submit = ""
    needed_later = dict.fromkeys(("level", "rationale"), "needed before you seal")

    @staticmethod
    def stands(own: SealedEvaluation | None) -> dict[str, Any]:
        """What is saved, by field."""
        return {"level": own.level, "rationale": own.rationale} if own else {}


class SealEvaluationForm(VersionedForm, DeskForm):
    """Nothing to fill in: it carries the version that was read before sealing."""

    based_on = VersionField()

    submit = "Seal my evaluation"


class ExcuseEvaluatorForm(DeskForm):
    """Why the others no longer wait for this person."""

    reason = forms.CharField(
        label="Reason",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example: has left the team. Say nothing about anybody's health.",
    )

    submit = "Excuse"


class ProposeEvaluationForm(VersionedForm, _OnScale):
    """What the team proposes, and who disagreed (E4)."""

    level_label = "What the team proposes"
    rationale = _reason("Why", "The evidence that the team rests it on.")
    dissent = _reason(
        "Who disagreed, and why",
        "By designation. It goes to the panel with the proposal. Leave it empty when everybody agreed.",
        required=False,
        rows=4,
    )
    based_on = VersionField()

    submit = "Record the proposal"

    @staticmethod
    def stands(evaluation: Evaluation) -> dict[str, Any]:
        """What is saved, by field."""
        return {name: getattr(evaluation, name) for name in ("level", "rationale", "dissent")}


class ConfirmEvaluationForm(_OnScale):
    """What the panel decides (R42)."""

    level_label = "What the panel decides"
    reason = _reason(
        "Reason",
        "What the panel tested, and what it compared with. Needed whether the level changes or not.",
    )

    submit = "Record the decision"
