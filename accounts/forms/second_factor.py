"""The forms of the second factor: allauth's own, with our words on their boxes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as code
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from accounts.forms.sign_in import InOurWords
from core.forms import DeskFormMixin

SIX_FIGURES = {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "off"}


class _Code(DeskFormMixin, InOurWords):
    """A box for a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].widget.attrs.update(SIX_FIGURES)


class CodeForm(_Code, code.AuthenticateForm):
    """The second proof at sign-in."""


class CodeAgainForm(_Code, code.ReauthenticateForm):
    """A code once more, before something that matters."""


class StartCodeAppForm(_Code, totp.ActivateTOTPForm):
    """The first code of an app that was just set up."""


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
