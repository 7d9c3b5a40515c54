"""Days away: one's own, and for those who plan teams, those of their people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.templatetags.desk import days_to
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from core.web import find_or_404, page, posted
from core.workdays import working_days_after
from inspections import permissions, queries, rules
from inspections.actions import leave as actions
from inspections.forms.leave import ChangeLeaveForm, RecordLeaveForm
from inspections.models import Leave

IN_EXAMPLE = 20  # working days ahead


@page("GET")
def leave(request: HttpRequest, person: int) -> HttpResponse:
    """The days on which somebody is away from today on."""
    of = find_or_404(queries.people_known_to(request.user), pk=person)
    permissions.can_record_leave(request.user, of).enforce()

    is_own = of.pk == request.user.pk
    context = {
        "title": "Your days away" if is_own else f"{of.name}'s days away",
        "person": of,
        "is_own": is_own,
        "leave": queries.leave_of(of, since=timezone.localdate()),
        **_way_back(request, of),
    }
    return render(request, "inspections/leave.html", context)


@page("GET", "POST")
def record_leave(request: HttpRequest, person: int) -> HttpResponse:
    """Record days away. Sent twice, the second finds them on record."""
    of = find_or_404(queries.people_known_to(request.user), pk=person)
    permissions.can_record_leave(request.user, of).enforce()

    form = RecordLeaveForm(posted(request), **_about(request, of))
    if request.method == "POST" and form.is_valid():
        typed = {"words": "", **form.cleaned_data}
        days = {name: typed[name] for name in ("starts_on", "ends_on")}
        try:
            kept = actions.record_leave(of, **typed, by=request.user, at=timezone.now())
        except Refused as refusal:
            if Leave.objects.filter(person=of, **days).exists():
                messages.info(request, "These days are on record already.")
                return redirect("inspections:leave", of.pk)
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, f"On record as away: {days_to(**_days(days))}.")
            _say_clashes(request, kept)
            return redirect("inspections:leave", of.pk)

    context = _task(request, of) | {"title": _title("Record", request, of), "form": form}
    return render(request, "inspections/record_leave.html", context)


@page("GET", "POST")
def change_leave(request: HttpRequest, person: int, leave: int) -> HttpResponse:
    """Other days, or other words of one's own."""
    of = find_or_404(queries.people_known_to(request.user), pk=person)
    found = find_or_404(Leave.objects.filter(person=of).select_related("person__agency"), pk=leave)
    permissions.can_change_leave(request.user, found, on=timezone.localdate()).enforce()

    stands = {name: getattr(found, name) for name in ("starts_on", "ends_on", "words")}
    initial = stands | {"based_on": found.version}
    form = ChangeLeaveForm(posted(request), initial=initial, **_about(request, of))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.change_leave(
                found, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, stands)
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, f"Changed to {days_to(**_days(form.cleaned_data))}.")
            _say_clashes(request, kept)
            return redirect("inspections:leave", of.pk)

    context = _task(request, of) | {"title": _title("Change", request, of), "form": form}
    return render(request, "inspections/change_leave.html", context)


@page("GET", "POST")
def remove_leave(request: HttpRequest, person: int, leave: int) -> HttpResponse:
    """Remove days, after a question. A second click finds them gone and says so."""
    of = find_or_404(queries.people_known_to(request.user), pk=person)
    permissions.can_record_leave(request.user, of).enforce()
    found = Leave.objects.filter(person=of, pk=leave).select_related("person__agency").first()
    if found is None:
        messages.info(request, "Those days are removed already.")
        return redirect("inspections:leave", of.pk)
    permissions.can_remove_leave(request.user, found, on=timezone.localdate()).enforce()

    if request.method == "POST":
        actions.remove_leave(found, by=request.user, at=timezone.now())
        messages.success(request, f"Not away any more: {days_to(found.starts_on, found.ends_on)}.")
        return redirect("inspections:leave", of.pk)

    context = _task(request, of) | {"title": "Remove these days away?", "leave": found}
    return render(request, "inspections/remove_leave.html", context)


def _say_clashes(request: HttpRequest, kept: Leave) -> None:
    """Days on site among these: nothing stops, and the lead is told on their home page."""
    for clash in rules.clashes_of_leave(kept, on=timezone.localdate()):
        messages.warning(request, f"{clash.sentence} Its lead sees that these days clash.")


def _days(typed: dict[str, Any]) -> dict[str, Any]:
    return {"first": typed["starts_on"], "last": typed["ends_on"]}


def _about(request: HttpRequest, of: User) -> dict[str, Any]:
    """What the forms ask of the page."""
    example = working_days_after(timezone.localdate(), IN_EXAMPLE)
    return {"is_own": of.pk == request.user.pk, "example": example}


def _title(deed: str, request: HttpRequest, of: User) -> str:
    return f"{deed} days away" + ("" if of.pk == request.user.pk else f" of {of.name}")


def _task(request: HttpRequest, of: User) -> dict[str, Any]:
    """The way back to the list of these days."""
    return {
        "person": of,
        "is_own": of.pk == request.user.pk,
        "back_url": reverse("inspections:leave", args=[of.pk]),
        "back_words": "Days away",
    }


def _way_back(request: HttpRequest, of: User) -> dict[str, Any]:
    """From one's own days to one's details; from another's to who is free."""
    if of.pk == request.user.pk:
        return {"back_url": reverse("accounts:edit-details"), "back_words": "Your details"}
    return {"back_url": reverse("inspections:who-is-free"), "back_words": "Who is free"}
