"""Signing in through one's agency."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts import queries
from core.web import page


@login_not_required
@page("GET")
def agency_sign_ins(request: HttpRequest) -> HttpResponse:
    """The agencies whose people sign in with the agency's own account."""
    context = {
        "title": "Sign in with your agency",
        "sign_ins": queries.agency_sign_ins(),
        "next": request.GET.get("next", ""),
        "back_url": reverse("account_login"),
        "back_words": "Sign in with a password",
    }
    return render(request, "accounts/agency_sign_ins.html", context)
