"""Raising a concern, adding to it, deciding and closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms

from concerns.enums import Referral
from core.forms import DeskForm, HintedRadios

LONGEST = 10_000
LONGEST_SHORT = 1_000
DANGER = {
    "yes": "Ring first, then write here. The lead, the depute and the service manager are told at once.",
    "no": "The inspection lead is told, and decides what follows.",
}
REFERRALS = {
    Referral.REFER: "The partnership's lead for concerns is told at once, and reads all that stands here.",
    Referral.NOT: "Nobody of the partnership learns of it. Whoever raised it is told, and reads your reason.",
}


class TokenForm(forms.Form):
    """What makes the same form, sent twice, one deed. Stand it before ``DeskForm`` among the bases."""

    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_token"].initial = str(uuid4())

    def clean_form_token(self) -> UUID:
        """The token of the page; a new one where it came without, or with nonsense."""
        try:
            return UUID(self.cleaned_data["form_token"])
        except ValueError:
            return uuid4()


class RaiseConcernForm(TokenForm, DeskForm):
    """Is there danger, what was seen or said, who and where."""

    submit = "Raise this concern"

    is_immediate = forms.TypedChoiceField(
        label="Is somebody in danger now?",
        choices=[("yes", "Yes, or I cannot rule it out"), ("no", "No")],
        coerce=lambda chosen: chosen == "yes",
        widget=HintedRadios(hints=DANGER),
        error_messages={"required": "Choose whether somebody is in danger now."},
    )
    words = forms.CharField(
        label="What did you see or hear?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="In your own words, and theirs where you remember them. When it was.",
        error_messages={"required": "Write what you saw or heard. A few words are enough."},
    )
    who = forms.CharField(
        label="Who is it about?",
        max_length=LONGEST_SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Here, and only here, a name may stand. A code or a description is enough if you have no name.",
        error_messages={
            "required": "Write who it is about, as well as you can: a name, a code or a description."
        },
    )
    place = forms.CharField(
        label="Where are they, if you know?",
        required=False,
        max_length=LONGEST_SHORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AddToConcernForm(TokenForm, DeskForm):
    """What has come to mind since."""

    submit = "Add these words"

    words = forms.CharField(
        label="What do you add?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="It stands below what you wrote before, with the time. Nothing is changed.",
        error_messages={"required": "Write what you add."},
    )


class DecideConcernForm(DeskForm):
    """Whether it is referred, and why. The page carries the version that the lead has read."""

    submit = "Decide"

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)
    referral = forms.ChoiceField(
        label="Is this concern referred?",
        choices=Referral,
        widget=HintedRadios(hints=REFERRALS),
        error_messages={"required": "Choose whether the concern is referred."},
    )
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write why. The decision and its reason cannot be changed."},
    )

    def clean_based_on(self) -> int:
        """Nought where it came without: that is no version of anything."""
        return self.cleaned_data["based_on"] or 0

    def take(self, version: int) -> None:
        """From now on based on this version, which the page shows above what was typed."""
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("based_on")] = str(version)
        self.data = data


class CloseConcernForm(DeskForm):
    """Under which reference the local system has it."""

    submit = "Close this concern"

    case_reference = forms.CharField(
        label="Reference of the case on the local system",
        max_length=100,
        help_text="The reference alone, without a name.",
        error_messages={"required": "Write the reference of the case on the local system."},
    )
