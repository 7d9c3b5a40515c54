"""Choosing a first password, for whoever joins by a link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import User
from core.forms import DeskForm


class ChosenPassword(DeskForm):
    """A password for somebody new, typed twice, tried against the name and address they will have."""

    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text="At least 12 characters. Three words that do not belong together are easy to remember.",
    )
    again = forms.CharField(
        label="The same password again",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, email: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = User(email=email, name=name)

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], user=self.person)
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            cleaned.get("password")
            and cleaned.get("again")
            and cleaned["password"] != cleaned["again"]
        ):
            self.add_error(
                "again", "The two passwords are not the same. Type the second one again."
            )
        return cleaned
