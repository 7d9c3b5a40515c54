"""Sign-in by allauth, with sign-up closed: people join by invitation only. Its letters go through the one door."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts import queries
from accounts.fresh import came_by_agency, is_fresh
from core import mail

STILL_YOU = {"id": "still_you", "description": "Use the account of your agency"}


def _at_this_site(url: str) -> str:
    return settings.SITE_URL + urlsplit(url).path


class ClosedAdapter(DefaultAccountAdapter):
    """No open sign-up. An invitation makes the account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. If you should still take part, ask the programme manager.",
        "email_password_mismatch": (
            "This e-mail address and password do not go together. Look at both, and whether capitals are locked; or choose a "
            "new password."
        ),
        "enter_current_password": "That is not the password that you have now. Type it once more.",
        "incorrect_password": "That is not your password. Look whether capitals are locked, and type it once more.",
        "invalid_password_reset": (
            "This link opens nothing any more: it was used, or it ran out. Ask for a new one."
        ),
        "too_many_login_attempts": (
            "Too many wrong tries. Nothing is taken for five minutes: wait, then try once more. "
            "If it was not you who tried, nobody got in."
        ),
        "rate_limited": "Too many tries one after another. Wait a few minutes, then try once more.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether allauth's own pages ask again: by the measure of ours, so that nobody is asked right after signing in."""
        wanted = super().is_reauthentication_required(app=app, **kwargs)
        return bool(wanted and not is_fresh(context.request))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to show that it is still oneself, the first for a beginning.

        Who came in by their agency's account goes there again, and is never asked for a password that they do not use. Who
        has nothing of the kind is led to the page that says what to do.
        """
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not user.is_authenticated:
            return ways
        if queries.agency_sign_in_for(user) and (not ways or came_by_agency(context.request)):
            others = [one for one in ways if one["id"] != "reauthenticate"]
            return [{**STILL_YOU, "url": reverse("accounts:still-you")}, *others]
        return ways or [{**STILL_YOU, "url": reverse("accounts:still-you")}]

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Take an address as confirmed, and put on record which of the two it was: another address, or the proof of the one there is.

        The one there is is proved by whoever reads its letters and has the account, both: the link alone would prove it for
        somebody else who joined in their name.
        """
        person = email_address.user
        before = person.email
        if email_address.email == before and request.user != person:
            return False
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            from accounts.witness import address_confirmed

            address_confirmed(person, before=before)
        return confirmed

    def get_reset_password_from_key_url(self, key: str) -> str:
        """By the address of this site, and not by the one that whoever asked has written into their request."""
        return _at_this_site(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The same of the link that confirms an address."""
        return _at_this_site(super().get_email_confirmation_url(request, emailconfirmation))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter about somebody's own account, which may hold a secret link: stored, and sent by the worker.

        The page neither waits for the mail server nor fails with it, and takes the same time whether or not there is
        such an account.
        """
        written = self.render_mail(template_prefix, email, {"email": email, **context})
        mail.post(
            template="accounts/account_letter",
            to=email,
            context={"subject": written.subject, "words": written.body},
            key=f"{template_prefix.rpartition('/')[2]}:{uuid4().hex}",
            forget=True,
        )
