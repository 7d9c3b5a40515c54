"""Asking once more who somebody is, in the middle of a deed."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as by_password
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django import forms

from accounts.forms.second_factor import FIGURES, CodeAgainForm
from core.forms import DeskForm

PASSWORD, CODE = "again-password", "again-code"
NAMES = (PASSWORD, CODE)
CODES = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]


class SignInAgainInPlaceForm(DeskForm):
    """One's password, or a code. allauth's own forms judge the answer, so its limits hold here too."""

    submit = ""
    blanks_may_stay = True  # one answer of the two is enough, and neither is optional

    def __init__(self, *args: Any, user: Any, asks_password: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, prefix="again", **kwargs)
        self.user = user
        self.proof: forms.Form | None = None
        if not is_mfa_enabled(user, CODES):
            del self.fields["code"]
        if not (asks_password and user.has_usable_password()):
            del self.fields["password"]
        for field in self.fields.values():
            field.required = False

    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )
    code = forms.CharField(
        label="Or a code from your authenticator app",
        widget=forms.TextInput(attrs=FIGURES),
    )

    def clean(self) -> dict[str, Any]:
        """One right answer is enough. Its fault stands at its own box."""
        cleaned = super().clean() or {}
        if not any(cleaned.values()) and not self.errors:
            self._miss()
        for name, judge in (
            ("password", by_password.ReauthenticateForm),
            ("code", CodeAgainForm),
        ):
            if not cleaned.get(name) or self.proof is not None:
                continue
            answer = judge(data={name: cleaned[name]}, user=self.user)
            if answer.is_valid():
                self.proof = answer
            else:
                self.add_error(name, answer.errors[name])
        return cleaned

    def _miss(self) -> None:
        """Nothing was written at all."""
        missing = "Write your password" if "password" in self.fields else "Write a code"
        also = ", or a code from your authenticator app" if len(self.fields) > 1 else ""
        if self.fields:
            self.add_error(next(iter(self.fields)), f"{missing}{also}.")

    def remember(self, request: Any) -> None:
        """Put the proof into the session, as allauth's own pages do."""
        if isinstance(self.proof, CodeAgainForm):
            self.proof.save()
        else:
            reauthenticate_by_password(request)
