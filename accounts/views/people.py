"""The people who have an account, and what an administrator does to one. Nothing here shows what they work on, but where."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import permissions, queries, ties
from accounts.actions import people as actions
from accounts.actions import readings
from accounts.forms.people import MovePersonForm, PeopleFilterForm
from accounts.models import User
from accounts.views.fresh import fresh_sign_in
from core.verdicts import Refused
from core.web import find_or_404, page, paginate, posted


@page("GET", records_reading=True)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, by name; found by words, agency and state. Open invitations to offices stand above."""
    permissions.can_see_people(request.user).enforce()

    form = PeopleFilterForm(request.GET or None)
    context = {
        "title": "People",
        "form": form,
        "is_filtered": bool(form.chosen()) or bool(form.errors),
        "people": paginate(request, queries.people(**form.chosen())),
        "invitations": queries.open_office_invitations(),
        "moment": timezone.now(),
    }
    readings.read_people(by=request.user, at=timezone.now())
    return render(request, "accounts/people.html", context)


@page("GET", records_reading=True)
def person(request: HttpRequest, person: int) -> HttpResponse:
    """One person: agency, offices, parts by reference and role, and when they were last here."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.people(), pk=person)

    context = {
        "title": found.name,
        "person": found,
        "offices": [
            (office, permissions.can_end_office(request.user, office))
            for office in found.offices.all()
        ],
        "parts": ties.parts_of(found),
        "events": queries.about_account(found),
        "can_give_office": permissions.can_give_office(request.user, found),
        "can_move_person": permissions.can_move_person(request.user, found),
        "can_reset_second_factor": permissions.can_reset_second_factor(request.user, found),
        "lost_device_url": f"{reverse('accounts:reset-second-factor')}?person={found.pk}",
        "can_close_account": permissions.can_close_account(request.user, found),
        "is_example": found.is_example,
        "readers": queries.readers_of_account(found),
        "back_url": reverse("accounts:people"),
    }
    readings.read_person(found, by=request.user, at=timezone.now())
    return render(request, "accounts/person.html", context)


@page("GET", "POST")
def move_person(request: HttpRequest, person: int) -> HttpResponse:
    """Say to which agency somebody belongs now."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.people(), pk=person)
    permissions.can_move_person(request.user, found).enforce()

    form = MovePersonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_person(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("agency", refusal.verdict.sentence)
        else:
            messages.success(request, f"{found} belongs to {form.cleaned_data['agency']} now.")
            return redirect("accounts:person", found.pk)

    context = {**_about(found), "title": f"Move {found} to another agency", "form": form}
    return render(request, "accounts/move_person.html", context)


@fresh_sign_in
@page("GET", "POST")
def close_account(request: HttpRequest, person: int) -> HttpResponse:
    """Close an account, after a question that names everything that ends with it."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.people(), pk=person)
    if not found.is_active:
        messages.info(request, f"{found}'s account is closed already.")
        return redirect("accounts:person", found.pk)
    permissions.can_close_account(request.user, found).enforce()

    if request.method == "POST":
        actions.close_account(found, by=request.user, at=timezone.now())
        messages.success(request, f"{found}'s account is closed. They are signed out everywhere.")
        return redirect("accounts:person", found.pk)

    context = {
        **_about(found),
        "title": f"Close {found}'s account?",
        "parts": ties.parts_of(found),
        "gaps": ties.gaps_of(found),
        "offices": found.offices.all(),
    }
    return render(request, "accounts/close_account.html", context)


@page("POST")
def reopen_account(request: HttpRequest, person: int) -> HttpResponse:
    """Open a closed account again."""
    permissions.can_see_people(request.user).enforce()
    found = find_or_404(queries.people(), pk=person)
    if found.is_active:
        messages.info(request, f"{found}'s account is open already.")
        return redirect("accounts:person", found.pk)
    permissions.can_reopen_account(request.user, found).enforce()

    actions.reopen_account(found, by=request.user, at=timezone.now())
    messages.success(
        request, f"{found} can sign in again. Their parts and offices have to be given anew."
    )
    return redirect("accounts:person", found.pk)


def _about(found: User) -> dict[str, object]:
    """What every page of a deed on somebody's account needs."""
    return {
        "person": found,
        "is_example": found.is_example,
        "back_url": reverse("accounts:person", args=[found.pk]),
        "back_words": found.name,
    }
