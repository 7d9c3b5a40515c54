"""The forms of the sign-in pages: allauth's own, with our words on their boxes and in their faults."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as theirs
from django import forms
from django.conf import settings

from accounts.models import has_unproved_address
from core.forms import DeskFormMixin

LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "password": "Password",
    "oldpassword": "Password that you have now",
    "password1": "New password",
    "password2": "The same password again",
}


class InOurWords(forms.Form):
    """Labels of ours, without a placeholder that repeats them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class SignInForm(DeskFormMixin, InOurWords, theirs.LoginForm):
    """Signing in."""

    @property
    def by_agency(self) -> bool:
        """Whether any agency has a sign-in of its own; the page then says so."""
        return bool(settings.AGENCY_SIGN_IN_SECRETS)


class ForgottenPasswordForm(DeskFormMixin, InOurWords, theirs.ResetPasswordForm):
    """Asking for a link to choose a new password."""


class NewPasswordForm(DeskFormMixin, InOurWords, theirs.ResetPasswordKeyForm):
    """Choosing a new password by that link."""


class OtherPasswordForm(DeskFormMixin, InOurWords, theirs.ChangePasswordForm):
    """Choosing another password while signed in."""


class FirstPasswordForm(DeskFormMixin, InOurWords, theirs.SetPasswordForm):
    """A first password for somebody who has none."""


class SignInAgainForm(DeskFormMixin, InOurWords, theirs.ReauthenticateForm):
    """The password once more, before something that matters."""


PROVE_FIRST = (
    "First open the link in the letter to the address that you have now. You joined by a code, so nothing shows yet that its letters "
    "reach you; after that you can change it."
)


class FurtherAddressForm(DeskFormMixin, InOurWords, theirs.AddEmailForm):
    """The address that takes the place of one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New e-mail address"

    def clean_email(self) -> str:
        """Who joined by a code proves the address they have before they take another one."""
        if has_unproved_address(self.user):
            raise forms.ValidationError(PROVE_FIRST)
        return str(super().clean_email())
