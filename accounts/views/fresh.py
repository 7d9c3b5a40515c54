"""A fresh sign-in before what cannot be taken back: who presses the button has proved lately who they are.

Which deeds those are stands in ``accounts/roles.py`` (``FRESH_SIGN_IN``); how long a sign-in is fresh in the settings. Somebody
who opens such a page too long after signing in is asked first, on the page of sign-in. When the time runs out between opening
and sending, the answer asks in its place, carries what was typed along, and goes on with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from accounts import queries
from accounts.forms.sign_in_again import NAMES, SignInAgainInPlaceForm
from accounts.fresh import came_by_agency, is_fresh
from accounts.models import AgencySignIn
from core.web import form_page, is_autosave, what_was_typed

View = Callable[..., HttpResponse]
NOT_FRESH = "It is too long ago that you signed in. Reload the page, and show that it is still you."
TOO_MANY = "That was tried too often. Wait a minute, then try once more. What you typed is kept."


def fresh_sign_in(view: View) -> View:
    """Marks the page of a deed of ``FRESH_SIGN_IN``. It stands above ``@page``."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if is_autosave(request):  # a script reads the answer: no page that asks, and no way past it
            return JsonResponse({"faults": [NOT_FRESH], "versions": {}}, status=401)
        if request.method == "POST":
            return _ask_in_place(request, lambda: view(request, *args, **kwargs))
        return redirect(f"{_first_way(request)}?{urlencode({'next': request.get_full_path()})}")

    wrapped.needs_fresh_sign_in = True  # type: ignore[attr-defined]  # read by the house tests
    return wrapped


def fresh_sign_in_where(needs: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """For a deed that asks only in some cases, told by what is sent: it is asked for when those are sent. Above ``@page``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST" or is_fresh(request) or not needs(request):
                return view(request, *args, **kwargs)
            return _ask_in_place(request, lambda: view(request, *args, **kwargs))

        return wrapped

    return decorate


def _first_way(request: HttpRequest) -> str:
    return str(get_adapter(request).get_reauthentication_methods(request.user)[0]["url"])


def _ask_in_place(request: HttpRequest, go_on: Callable[[], HttpResponse]) -> HttpResponse:
    """The question, with everything that was sent in hidden fields; with the right answer the deed itself."""
    answered = any(name in request.POST for name in NAMES)
    tried = any(request.POST.get(name) for name in NAMES)
    sign_in = queries.agency_sign_in_for(request.user)
    form = SignInAgainInPlaceForm(
        request.POST if answered else None,
        user=request.user,
        asks_password=not (sign_in and came_by_agency(request)),
    )
    if tried and not ratelimit.consume(request, action="reauthenticate", user=request.user):
        form.add_error(None, TOO_MANY)
    elif answered and form.is_valid():
        form.remember(request)
        return go_on()

    if not form.fields:
        return _lead_away(request, sign_in)
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in (*NAMES, "csrfmiddlewaretoken")
    ]
    context = {"title": "Is it still you?", "form": form, "sent": sent}
    return render(request, "accounts/sign_in_again.html", context, status=401)


def _lead_away(request: HttpRequest, sign_in: AgencySignIn | None) -> HttpResponse:
    """Nothing can be asked in place: the way to one's agency, or to a password, with what was typed to copy first."""
    context = {
        "title": "Is it still you?",
        "sign_in": sign_in,
        "next": form_page(request),
        "typed": what_was_typed(request),
    }
    return render(request, "accounts/still_you.html", context, status=401)
