"""Sign-in by allauth, with sign-up closed: people join by invitation only. Its letters go through the one door."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest

from accounts.fresh import is_fresh
from core import mail


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
