"""Who may open what: each role in words, and every address by every role."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.roles import MEANING, SINGLE_ROLES, Role
from core.web import page
from workspace import access as matrix
from workspace import permissions
from workspace.docs.roles import SIDES


@page("GET")
def access(request: HttpRequest) -> HttpResponse:
    """Every role with its paragraph, by side; each leads to all that it may open."""
    permissions.can_see_access(request.user).enforce()

    sides = [
        (title, [(role, MEANING[role]) for role in Role if role in roles]) for title, roles in SIDES
    ]
    return render(request, "workspace/access.html", {"title": "Who may open what", "sides": sides})


@page("GET")
def access_of_role(request: HttpRequest, role: str) -> HttpResponse:
    """What one role may, which fields it does not see, and what it gets at every address of the product."""
    permissions.can_see_access(request.user).enforce()
    if role not in Role.values:
        raise Http404

    found = Role(role)
    context = {
        "title": found.label,
        "role": found,
        "meaning": MEANING[found],
        "is_single": found in SINGLE_ROLES,
        "rights": matrix.rights_of(found),
        "hidden": matrix.hidden_from(found),
        "rooms": matrix.doors_of(found),
        "moments": matrix.MOMENTS.values(),
        "back_url": reverse("workspace:access"),
    }
    return render(request, "workspace/access_of_role.html", context)


@page("GET")
def access_csv(request: HttpRequest) -> HttpResponse:
    """The whole table: every address by every member of the cast and the public, at two moments."""
    permissions.can_see_access(request.user).enforce()

    response = HttpResponse(
        matrix.TABLE.read_text(encoding="utf-8"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="who-may-open-what.csv"'
    return response
