"""Finding people, and what an administrator says of one: offices, and the agency."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.enums import AgencyKind
from accounts.forms.chosen_password import ChosenPassword
from accounts.models import Agency
from accounts.roles import MEANING, PROGRAMME_ROLES, Role
from core.forms import DeskForm, HintedRadios

OFFICES = [(role.value, role.label) for role in Role if role in PROGRAMME_ROLES]


def _offices(**words: Any) -> forms.ChoiceField:
    hints = {role.value: MEANING[role] for role in PROGRAMME_ROLES}
    return forms.ChoiceField(
        label="Office", choices=OFFICES, widget=HintedRadios(hints=hints), **words
    )


class PeopleFilterForm(DeskForm):
    """Which people. Sent by GET, so that a list has an address."""

    method = "get"
    submit = "Show"

    words = forms.CharField(
        label="Name, designation or e-mail address", max_length=120, required=False
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), required=False, empty_label="Every agency"
    )
    state = forms.ChoiceField(
        label="Who",
        required=False,
        choices=[
            ("", "Everybody"),
            ("open", "Who can sign in"),
            ("closed", "Whose account is closed"),
            ("office", "Who holds an office"),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.exclude(kind=AgencyKind.SYSTEM)

    def chosen(self) -> dict[str, Any]:
        """By what to narrow; what is not one of the choices is left out, as if it had not been chosen."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class GiveOfficeForm(DeskForm):
    """Which office."""

    submit = "Give this office"

    role = _offices()

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class MovePersonForm(DeskForm):
    """To which agency."""

    submit = "Move to this agency"

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        empty_label="Choose an agency",
        help_text="What the person did before stays on record with the agency they had then.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.exclude(kind=AgencyKind.SYSTEM)


class InviteOfficeHolderForm(DeskForm):
    """Whom to invite, to which office."""

    submit = "Send the invitation"

    name = forms.CharField(max_length=120)
    email = forms.EmailField(label="E-mail address", help_text="The person's own address.")
    designation = forms.CharField(
        max_length=120, required=False, help_text="For example “Chief inspector”."
    )
    role = _offices()

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class AcceptOfficeInvitationForm(ChosenPassword):
    """A password for somebody new. Somebody who has an account signs in instead and sees no boxes."""

    submit = "Accept"
