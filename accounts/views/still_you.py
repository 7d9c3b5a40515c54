"""Showing that it is still oneself, for those who have neither a password that they use nor a second proof."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts import queries
from accounts.adapter import STILL_YOU
from core.web import page


@page("GET")
def still_you(request: HttpRequest) -> HttpResponse:
    """The way through one's agency once more; or, where there is none, how to come by a password."""
    wanted = request.GET.get("next", "")
    wanted = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
    first, *others = get_adapter(request).get_reauthentication_methods(request.user)
    query = urlencode({"next": wanted})
    if first["id"] != STILL_YOU["id"]:
        return redirect(f"{first['url']}?{query}")

    context = {
        "title": "Is it still you?",
        "sign_in": queries.agency_sign_in_for(request.user),
        "next": wanted,
        "reauthentication_alternatives": [
            {**way, "url": f"{way['url']}?{query}"} for way in others
        ],
    }
    return render(request, "accounts/still_you.html", context)
