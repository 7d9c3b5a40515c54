"""allauth's deeds, each in one transaction with its event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

# Signing in itself changes no account, and hashes a password: nobody else's writing waits for that.
NO_DEED = frozenset({"account_login", "account_reauthenticate", "account_reset_password"})


def whole(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses, whose forms are taken in one transaction; without those of older releases, which have no name."""
    found = [one for one in patterns if isinstance(one, URLResolver) or one.name]
    for pattern in found:
        if isinstance(pattern, URLResolver):
            whole(pattern.url_patterns)
        elif pattern.name not in NO_DEED:
            pattern.callback = _in_one_transaction(pattern.callback)
    return found


def _in_one_transaction(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return wrapped
