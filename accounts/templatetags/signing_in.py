"""What the pages of signing in say about sessions. ``{% load signing_in %}``."""

from __future__ import annotations

from django import template

from accounts.browsers import UNKNOWN, browser_in_words

register = template.Library()


@register.filter
def browser(user_agent: str) -> str:
    """``Firefox on Windows``."""
    return browser_in_words(user_agent) or UNKNOWN
