"""Sign-in by allauth, with sign-up closed: people join by invitation only."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):
    """No open sign-up. An invitation makes the account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
