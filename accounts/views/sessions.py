"""One's own sessions: where one is signed in, and a session that turns up in another browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import queries, rules
from accounts.actions import sessions as actions
from accounts.browsers import browser_in_words
from accounts.fresh import BROWSER, NETWORK, SEEN_AT
from accounts.networks import network_of
from core.web import find_or_404, page

SEEN_EVERY = 600  # seconds
ANOTHER_BROWSER = (
    "You were signed out, because your session turned up in another browser than the one you signed in with. "
    "Sign in again. If that was not you, change your password too."
)


class SameBrowser:
    """Middleware: a session belongs to the browser that began it. Used in another one, it ends, and that goes on record.

    A thief must then know the browser too. Used from another network it goes on, for people travel: the network is noted on the
    page of sessions, and the person is told by letter, once for each.

    It stands before ``SignInFirst``, which does the rest: who sent a form is shown what they typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Look at the browser, and note now and then that the session is in use. No query but every ten minutes."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return
        began, now = request.session.get(BROWSER, ""), browser_in_words(_says(request))
        if began and now != began:
            actions.refuse_session(request.user, began=began, now=now, at=timezone.now())
            logout(request)
            messages.warning(request, ANOTHER_BROWSER)
            return
        if now and not began:
            request.session[BROWSER] = now
        if _has_moved(request):
            actions.note_network(
                request.user,
                session_key=request.session.session_key or "",
                ip=get_client_ip(request) or "",
                at=timezone.now(),
            )
        elif time.time() - request.session.get(SEEN_AT, 0) > SEEN_EVERY:
            UserSession.objects.filter(session_key=request.session.session_key).update(
                last_seen_at=timezone.now()
            )
            request.session[SEEN_AT] = time.time()


def _has_moved(request: HttpRequest) -> bool:
    """Whether the page before this one was asked for from another network; this one is remembered."""
    before = request.session.get(NETWORK, "")
    now = network_of(get_client_ip(request) or "")
    if not before or not now or before == now:
        return False
    request.session[NETWORK] = now
    return True


def _says(request: HttpRequest) -> str:
    return str(request.headers.get("User-Agent", ""))


@page("GET")
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, since when, in what browser."""
    found = queries.sessions_of(request.user)

    context = {
        "title": "Where you are signed in",
        "sessions": found,
        "here": request.session.session_key,
        "back_url": reverse("mfa_index"),
        "back_words": "Back to signing in",
    }
    return render(request, "accounts/sessions.html", context)


@page("POST")
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    rules.may_end_other_sessions(request.user, by=request.user).enforce()

    count = actions.end_other_sessions(
        keep=request.session.session_key or "", by=request.user, at=timezone.now()
    )
    messages.success(request, f"You are signed out everywhere else. Sessions ended: {count}.")
    return redirect("accounts:sessions")


@page("POST")
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    """Sign out somewhere else."""
    found = find_or_404(UserSession.objects.filter(user=request.user), pk=session)
    rules.may_end_session(found, by=request.user).enforce()

    actions.end_session(found, by=request.user, at=timezone.now())
    messages.success(request, "That session has ended. Whoever used it has to sign in again.")
    return redirect("accounts:sessions")
