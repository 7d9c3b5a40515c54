"""The agencies that people come from: reference data that administrators keep."""

from __future__ import annotations

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts import agency_servers, permissions, queries, ties
from accounts.actions import agencies as actions
from accounts.forms.agencies import AddAgencyForm, RenameAgencyForm, SetAgencySignInForm
from accounts.models import Agency
from accounts.views.fresh import fresh_sign_in
from core.verdicts import Refused
from core.web import find_or_404, page, paginate, posted


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
        "sign_in": queries.sign_in_of(found),
        "can_set_agency_sign_in": permissions.can_set_agency_sign_in(request.user, found),
    }
    return render(request, "accounts/agency.html", context)


@page("GET", "POST")
def add_agency(request: HttpRequest) -> HttpResponse:
    """Add an agency of a partnership."""
    permissions.can_add_agency(request.user).enforce()

    form = AddAgencyForm(posted(request))
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

    form = RenameAgencyForm(posted(request), initial={"name": found.name})
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


@fresh_sign_in
@page(
    "GET", "POST", atomic=False
)  # the agency's server is asked first, and no transaction waits for it
def set_agency_sign_in(request: HttpRequest, agency: int) -> HttpResponse:
    """Say where the people of an agency sign in, or change it. The address is kept once its server answers to it."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.agencies(), pk=agency)
    permissions.can_set_agency_sign_in(request.user, found).enforce()
    sign_in = queries.sign_in_of(found)

    form = SetAgencySignInForm(
        posted(request),
        initial=model_to_dict(sign_in) if sign_in else {"key": slugify(found.name)[:40]},
    )
    if request.method == "POST" and form.is_valid():
        answers = agency_servers.is_sign_in(form.cleaned_data["server_url"])
        if not answers:
            form.add_error("server_url", answers.sentence)
        elif _set_agency_sign_in(request, found, form):
            return redirect("accounts:agency", found.pk)

    context = {
        "title": f"Change the sign-in of {found}" if sign_in else f"{found}'s own sign-in",
        "form": form,
        "sign_in": sign_in,
        "back_url": reverse("accounts:agency", args=[found.pk]),
        "back_words": found.name,
    }
    return render(request, "accounts/set_agency_sign_in.html", context)


def _set_agency_sign_in(request: HttpRequest, found: Agency, form: SetAgencySignInForm) -> bool:
    """Whether it was done; what stood in the way is said at its box."""
    try:
        done = actions.set_agency_sign_in(
            found, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        return False
    words = "" if done.has_secret else " They can do so once the secret is there."
    messages.success(request, f"The people of {found} sign in at {done.server_url}.{words}")
    return True


@fresh_sign_in
@page("GET", "POST")
def remove_agency_sign_in(request: HttpRequest, agency: int) -> HttpResponse:
    """Take an agency's own sign-in away."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.agencies(), pk=agency)
    sign_in = queries.sign_in_of(found)
    if sign_in is None:
        messages.info(request, f"{found} has no sign-in of its own.")
        return redirect("accounts:agency", found.pk)
    permissions.can_remove_agency_sign_in(request.user, found).enforce()

    if request.method == "POST":
        actions.remove_agency_sign_in(found, by=request.user, at=timezone.now())
        messages.success(request, f"The people of {found} sign in here, with their passwords.")
        return redirect("accounts:agency", found.pk)

    context = {
        "title": f"Take away the sign-in of {found}?",
        "sign_in": sign_in,
        "back_url": reverse("accounts:agency", args=[found.pk]),
        "back_words": found.name,
    }
    return render(request, "accounts/remove_agency_sign_in.html", context)
