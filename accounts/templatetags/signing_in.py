"""What the pages of signing in say about sessions. ``{% load signing_in %}``."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django import template

from accounts.browsers import UNKNOWN, browser_in_words
from accounts.networks import Place, places_of

register = template.Library()


@register.filter
def browser(user_agent: str) -> str:
    """``Firefox on Windows``."""
    return browser_in_words(user_agent) or UNKNOWN


@register.filter
def also_from(session: UserSession) -> list[Place]:
    """The other networks that a session was used from, the earliest first."""
    return places_of(session)
