"""Signing in. The example's people sign in only where the example is allowed, whatever password they have."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class DeskBackend(AuthenticationBackend):
    """allauth's backend; it also ends sessions of example people where the example is not allowed."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Nobody who is inactive, and no example person outside the example."""
        if getattr(user, "is_example", False) and not settings.EXAMPLE_SIGN_INS:
            return False
        return bool(super().user_can_authenticate(user))

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        """By one's own address. One that is not confirmed yet opens nothing."""
        user: Any = super()._authenticate_by_email(email, password)
        return user if user is not None and user.email.lower() == email.lower() else None

    @classmethod
    def _stash_user(cls, user: Any) -> Any:
        """allauth keeps whoever may not sign in, to tell them why. To the example's people it says what it says to strangers."""
        return super()._stash_user(None if getattr(user, "is_example", False) else user)
