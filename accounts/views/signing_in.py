"""What opens one's account, on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts import permissions, queries
from core.web import page


@page("GET")
def signing_in(request: HttpRequest) -> HttpResponse:
    """Address, password, passkeys, code app, recovery codes and sessions, each with one way to change it."""
    proofs = queries.proofs_of(request.user)

    context = {
        "title": "Signing in",
        "proofs": proofs,
        "can_reset": permissions.can_reset_second_factors(request.user),
        "back_url": reverse("accounts:edit-details"),
        "back_words": "Back to your details",
    }
    return render(request, "accounts/signing_in.html", context)
