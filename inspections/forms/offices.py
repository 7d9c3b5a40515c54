"""Handing over an office, and naming a stand-in for it."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Agency, User
from core.forms import DeskDateField, DeskForm, SeenForm


def _person(people: Any) -> forms.ModelChoiceField[User]:
    field = forms.ModelChoiceField(people, empty_label="Choose a person", required=False)
    field.label_from_instance = lambda person: f"{person.name}, {person.agency}"  # type: ignore[method-assign]  # one field's own, not its class's
    return field


class HandOverOfficeForm(SeenForm, DeskForm):
    """To somebody with an account, at once; or to somebody who is invited, when they join."""

    submit = "Hand over the office"
    all_the_same = "Hand over all the same"
    needed_later = {
        "person": "or invite somebody new",
        "name": "for an invitation",
        "email": "for an invitation",
        "agency": "for an invitation",
    }
    groups = (
        ("Somebody who has an account: at once", ["person"]),
        ("Or somebody new: once they have joined", ["name", "email", "designation", "agency"]),
    )

    name = forms.CharField(max_length=120, required=False)
    email = forms.EmailField(
        label="E-mail address", required=False, help_text="The person's own address."
    )
    designation = forms.CharField(max_length=120, required=False)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), empty_label="Choose an agency", required=False
    )

    def __init__(self, *args: Any, people: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = _person(people)
        self.fields["agency"].queryset = agencies

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean(self) -> dict[str, Any]:
        """One of the two: a person, or the three things that an invitation needs."""
        cleaned = super().clean()
        new = [name for name in ("name", "email", "agency") if cleaned.get(name)]
        if cleaned.get("person") and new:
            self.add_error("person", "Choose a person, or invite somebody new, not both.")
        elif not cleaned.get("person") and not (new or self.errors):
            self.add_error("person", "Choose a person, or write whom to invite.")
        elif not cleaned.get("person"):
            for name, words in (
                ("name", "Write the name."),
                ("email", "Write the e-mail address."),
                ("agency", "Choose the agency."),
            ):
                if name not in new and name not in self.errors:
                    self.add_error(name, words)
        return cleaned


class NameStandInForm(SeenForm, DeskForm):
    """Who stands in, from when to when."""

    submit = "Name the stand-in"
    all_the_same = "Name the stand-in all the same"

    starts_on = DeskDateField(label="First day")
    until = DeskDateField(
        label="Last day",
        required=False,
        help_text="Leave it empty where the stand-in stands in until you end it.",
    )
    field_order = ("person", "starts_on", "until")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = _person(people)
        self.fields["person"].required = True
        self.fields["person"].error_messages["required"] = "Choose the person."
        self.order_fields(self.field_order)
