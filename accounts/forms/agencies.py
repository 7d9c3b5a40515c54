"""An agency's name and kind."""

from __future__ import annotations

from django import forms

from accounts.enums import AgencyKind
from accounts.rules import KINDS_THAT_COME_WITH_THE_PRODUCT
from core.forms import DeskForm

KINDS = [
    (kind.value, f"{kind.label[:1].upper()}{kind.label[1:]}")
    for kind in AgencyKind
    if kind not in KINDS_THAT_COME_WITH_THE_PRODUCT
]


class _Named(DeskForm):
    """Both deeds write a name, without blanks at its ends or two in a row."""

    name = forms.CharField(
        max_length=120, help_text="As it should stand in letters. For example “NHS Tayside”."
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class AddAgencyForm(_Named):
    """A new agency of a partnership."""

    submit = "Add this agency"

    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)


class RenameAgencyForm(_Named):
    """Its new name."""

    submit = "Save this name"
