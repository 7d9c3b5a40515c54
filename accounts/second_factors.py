"""Second factors by allauth, in our words and by our rules."""

from __future__ import annotations

import logging
from base64 import urlsafe_b64encode
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts import rules

STANDS = "second_factor_stands"  # in a session: it need not be looked up again

CLAIMED = (
    "This is the first letter of ours that was opened at your address. Whoever set up passkeys, a code app or recovery codes before may "
    "not have been you, so they are gone, and every session has ended."
)
WRONG_FIRST_CODE = (
    "That is not the code that is right now. Type the six figures that the app shows at this moment. If they are refused again, "
    "let your telephone set its clock by itself (“set time automatically”): a clock that is a minute wrong makes wrong codes."
)
WRONG_CODE = f"{WRONG_FIRST_CODE} A recovery code works too."
USED_CODE = (
    "This recovery code was used already: each opens your account once. Type another one, or the six figures that your app "
    "shows now."
)


SEALED = "sealed:"
logger = logging.getLogger(__name__)


def _sealing() -> MultiFernet:
    """By ``SECRET_KEY``, and to open also by the keys before it (``SECRET_KEY_FALLBACKS``)."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(_key_of(one))) for one in keys])


def _key_of(secret: str | bytes) -> bytes:
    return salted_hmac("accounts.second_factors", "", secret=secret, algorithm="sha256").digest()


class SecondFactors(DefaultMFAAdapter):
    """allauth's adapter."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "incorrect_first_code": WRONG_FIRST_CODE,
        "used_recovery_code": USED_CODE,
        "cannot_delete_authenticator": (
            "Your role needs a second proof at sign-in, and this is your only one. Set up another one first, then remove this."
        ),
        "cannot_generate_recovery_codes": (
            "Recovery codes stand in for a passkey or a code app. Set up one of these first."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of code apps and seeds of recovery codes, so that whoever has a copy of the database has no second proofs."""
        return SEALED + _sealing().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed. With another key nothing fits any more: a secret that nobody has stands in for it, and no code is right."""
        if not encrypted_text.startswith(SEALED):
            return encrypted_text
        try:
            return _sealing().decrypt(encrypted_text.removeprefix(SEALED).encode()).decode()
        except InvalidToken:
            logger.error("A second proof was sealed with another SECRET_KEY: no code fits it.")
            return generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody whose role needs one."""
        others = Authenticator.objects.filter(
            user=authenticator.user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ).exclude(pk=authenticator.pk)
        return others.exists() or bool(rules.may_go_without_second_factor(authenticator.user))

    def generate_authenticator_name(self, user: Any, type: str) -> str:
        """What a passkey is called until its owner names it."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return "My passkey" if count == 0 else f"My passkey {count + 1}"

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)
