"""The forms of the second factor: allauth's own, with our words on their boxes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as code
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from accounts import queries
from accounts.forms.sign_in import InOurWords
from core.forms import DeskFormMixin

# Recovery codes are figures too.
FIGURES = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off"}


class _Code(DeskFormMixin, InOurWords):
    """A box for a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].widget.attrs.update(FIGURES)


class _CodeOfAnyKind(_Code):
    """A code of the app, or a recovery code; for one that was used before it says so."""

    user: Any

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())  # type: ignore[misc]  # of allauth's form, the next among the bases
        except forms.ValidationError as fault:
            typed = self.cleaned_data["code"]
            if fault.code == "incorrect_code" and queries.is_used_recovery_code(self.user, typed):
                raise get_adapter().validation_error("used_recovery_code") from fault
            raise


class CodeForm(_CodeOfAnyKind, code.AuthenticateForm):
    """The second proof at sign-in."""


class CodeAgainForm(_CodeOfAnyKind, code.ReauthenticateForm):
    """A code once more, before something that matters."""


class StartCodeAppForm(_Code, totp.ActivateTOTPForm):
    """The first code of an app that was just set up. No recovery code takes its place."""

    def clean_code(self) -> str:
        """Judged by allauth; the fault in words for this page."""
        try:
            return str(super().clean_code())
        except forms.ValidationError as fault:
            if fault.code != "incorrect_code":
                raise
            raise get_adapter().validation_error("incorrect_first_code") from fault


class StopCodeAppForm(DeskFormMixin, totp.DeactivateTOTPForm):
    """Asks only yes or no."""


class MakeRecoveryCodesForm(DeskFormMixin, recovery.GenerateRecoveryCodesForm):
    """Asks only yes or no."""


class NewPasskeyForm(DeskFormMixin, InOurWords, webauthn.AddWebAuthnForm):
    """A name, and what the browser answers. Every key is one that opens the account by itself."""

    name = forms.CharField(
        max_length=80,
        required=False,
        help_text="For example “Work laptop” or “My telephone”.",
    )
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)


class RenamePasskeyForm(DeskFormMixin, InOurWords, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(max_length=80)
