"""Puts on record what allauth does to an account: one event for each thing that changes how somebody signs in.

allauth says what it did by signals; its pages that take deeds run in one transaction each (``accounts.views.whole``), so there is
no deed without its event.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount.signals import social_account_added
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from accounts.actions.address import (
    ask_for_address,
    claim_address,
    drop_waiting_addresses,
    leave_address,
)
from accounts.actions.second_factor import use_recovery_code
from accounts.agency_sign_ins import say_claimed
from accounts.second_factors import STANDS
from audit.record import record

_Type = Authenticator.Type
ADDED = {
    _Type.WEBAUTHN: "accounts.passkey_added",
    _Type.TOTP: "accounts.code_app_added",
    _Type.RECOVERY_CODES: "accounts.recovery_codes_made",
}
REMOVED = {
    _Type.WEBAUTHN: "accounts.passkey_removed",
    _Type.TOTP: "accounts.code_app_removed",
    _Type.RECOVERY_CODES: "accounts.recovery_codes_removed",
}
PASSWORD = {
    account.password_set: "accounts.password_changed",
    account.password_changed: "accounts.password_changed",
    account.password_reset: "accounts.password_reset",
}


def _record(event: str, user: Any, **details: Any) -> None:
    with transaction.atomic():
        record(event, by=user, at=timezone.now(), subject=user, **details)


@receiver([mfa.authenticator_added, mfa.authenticator_reset], dispatch_uid="accounts.proof_added")
def proof_added(user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """A passkey, a code app or recovery codes, the first time or anew."""
    _record(ADDED[_Type(authenticator.type)], user)


@receiver(mfa.authenticator_used, dispatch_uid="accounts.recovery_code_used")
def recovery_code_used(user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """One recovery code fewer is left. The person is told by letter: it may not have been them."""
    if authenticator.type == _Type.RECOVERY_CODES:
        use_recovery_code(user, by=user, at=timezone.now())


@receiver(mfa.authenticator_removed, dispatch_uid="accounts.proof_removed")
def proof_removed(request: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """One is gone; whether another stands is looked up again."""
    request.session.pop(STANDS, None)
    _record(REMOVED[_Type(authenticator.type)], user)


@receiver(list(PASSWORD), dispatch_uid="accounts.password_changed")
def password_changed(signal: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """Chosen anew, by the old one or by a link. Every other session of theirs ends with it, and so does what waits: an address that
    was asked for before. A link proves the inbox as well; where it was not proved, nothing that was set up before stays.
    """
    with transaction.atomic():
        drop_waiting_addresses(user)
        _record(PASSWORD[signal], user)
        if signal is not account.password_reset:
            return
        if claim_address(user, keep=request.session.session_key, at=timezone.now()):
            request.session.pop(STANDS, None)
            say_claimed(request)
        else:
            EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)


@receiver(account.email_added, dispatch_uid="accounts.another_address_asked_for")
def another_address_asked_for(user: Any, **kwargs: Any) -> None:
    """Another address waits to be confirmed."""
    ask_for_address(user, at=timezone.now())


def address_confirmed(user: Any, *, before: str) -> None:
    """The link in a letter was followed: to the address that there is, or to one that took the place of ``before``."""
    if user.email == before:
        return _record("accounts.email_proved", user)
    leave_address(user, former=before, by=user, at=timezone.now())


@receiver(social_account_added, dispatch_uid="accounts.agency_account_linked")
def agency_account_linked(sociallogin: Any, **kwargs: Any) -> None:
    """The first time through the agency. From then on the agency's own number for the person is known."""
    _record("accounts.agency_account_linked", sociallogin.user)
