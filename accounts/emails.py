"""Letters about accounts, besides those that allauth words (``accounts.adapter``)."""

from __future__ import annotations

from django.conf import settings

from accounts.models import User
from audit.models import Event
from core import mail


def second_factor_reset(person: User, *, by: User, event: Event) -> None:
    """Tell the person: if they asked for it they know what comes, and if not they raise the alarm."""
    mail.post(
        template="accounts/second_factor_reset",
        to=person.email,
        context={"person": person, "by": by, "at": event.at, "site_url": settings.SITE_URL},
        key=f"second_factor_reset:{event.number}",
        now=event.at,
    )
