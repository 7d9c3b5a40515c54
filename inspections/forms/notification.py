"""The five addressees."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DeskForm
from inspections.models import Addressee


def _whose(addressee: Addressee) -> dict[str, str]:
    """Faults that name the office: five boxes have the same label."""
    return {
        "max_length": f"{addressee}: %(show_value)d characters are too many. Shorten it to %(limit_value)d or fewer."
    }


class NameAddresseesForm(DeskForm):
    """Name, e-mail and postal address of each of the five. Blanks may be saved; the letter waits for all (R13)."""

    submit = "Save the addressees"
    blanks_may_stay = True  # for now: nothing here is optional, since the letter waits for all five

    def __init__(self, *args: Any, addressees: list[Addressee], digest: str, **kwargs: Any) -> None:
        initial = {"based_on": digest} | {
            f"{addressee.office}-{part}": getattr(addressee, part)
            for addressee in addressees
            for part in ("name", "email", "postal_address")
        }
        self.base_fields = {
            name: field
            for addressee in addressees
            for name, field in self._boxes_of(addressee).items()
        } | {"based_on": forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)}
        self.addressees = addressees
        self.groups = [
            (
                str(addressee),
                [f"{addressee.office}-{part}" for part in ("name", "email", "postal_address")],
            )
            for addressee in addressees
        ]
        self.groups.append(("", ["based_on"]))
        super().__init__(*args, initial=initial, **kwargs)

    @staticmethod
    def _boxes_of(addressee: Addressee) -> dict[str, forms.Field]:
        return {
            f"{addressee.office}-name": forms.CharField(
                label="Name",
                max_length=120,
                required=False,
                error_messages=_whose(addressee),
            ),
            f"{addressee.office}-email": forms.EmailField(
                label="E-mail address",
                required=False,
                error_messages=_whose(addressee)
                | {
                    "invalid": f"{addressee}: write the e-mail address in full, for example name@council.example."
                },
            ),
            f"{addressee.office}-postal_address": forms.CharField(
                label="Postal address (optional)",
                max_length=400,
                required=False,
                error_messages=_whose(addressee),
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
        }

    def on_top_of(self, digest: str) -> None:
        """The next save is based on what the page shows now as somebody else's."""
        self.data = self.data.copy()
        self.data["based_on"] = digest

    def filled(self) -> list[Addressee]:
        """The addressees with what was typed; not saved."""
        for addressee in self.addressees:
            for part in ("name", "email", "postal_address"):
                setattr(addressee, part, self.cleaned_data[f"{addressee.office}-{part}"])
        return self.addressees
