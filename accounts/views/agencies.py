"""The agencies that people come from: reference data that administrators keep."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import permissions, queries, ties
from accounts.actions import agencies as actions
from accounts.forms.agencies import AddAgencyForm, RenameAgencyForm
from core.verdicts import Refused
from core.web import find_or_404, page, paginate


@page("GET")
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency by name, with its kind and how many of its people can sign in."""
    permissions.can_see_people(request.user).enforce()

    context = {"title": "Agencies", "agencies": paginate(request, queries.agencies())}
    return render(request, "accounts/agencies.html", context)


@page("GET")
def agency(request: HttpRequest, agency: int) -> HttpResponse:
    """One agency: its kind, the areas it belongs to, its people."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.agencies(), pk=agency)

    context = {
        "title": found.name,
        "agency": found,
        "areas": ties.areas_of(found),
        "areas_url": ties.areas_url(found),
        "can_rename_agency": permissions.can_rename_agency(request.user, found),
    }
    return render(request, "accounts/agency.html", context)


@page("GET", "POST")
def add_agency(request: HttpRequest) -> HttpResponse:
    """Add an agency of a partnership."""
    permissions.can_add_agency(request.user).enforce()

    form = AddAgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_agency(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("name", refusal.verdict.sentence)
        else:
            messages.success(request, f"{made} is added. Say next to which areas it belongs.")
            return redirect("accounts:agency", made.pk)

    context = {
        "title": "Add an agency",
        "form": form,
        "back_url": reverse("accounts:agencies"),
        "back_words": "Agencies",
    }
    return render(request, "accounts/add_agency.html", context)


@page("GET", "POST")
def rename_agency(request: HttpRequest, agency: int) -> HttpResponse:
    """Give an agency another name."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.agencies(), pk=agency)
    permissions.can_rename_agency(request.user, found).enforce()

    form = RenameAgencyForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            renamed = actions.rename_agency(
                found, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error("name", refusal.verdict.sentence)
        else:
            messages.success(request, f"It is called {renamed} now.")
            return redirect("accounts:agency", found.pk)

    context = {
        "title": f"Rename {found}",
        "form": form,
        "back_url": reverse("accounts:agency", args=[found.pk]),
        "back_words": found.name,
    }
    return render(request, "accounts/rename_agency.html", context)
