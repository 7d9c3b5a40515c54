"""Deciding on a concern, confirming that it has arrived, and closing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Capability
from accounts.views.fresh import fresh_sign_in
from concerns import permissions, queries, rules
from concerns.actions import concerns as actions
from concerns.actions.readings import read_concern
from concerns.forms.concerns import CloseConcernForm, DecideConcernForm
from concerns.views.find import find_concern, find_inspection
from core.verdicts import Refused
from core.web import page, posted
from inspections.permissions import has


@fresh_sign_in
@page("GET", "POST", records_reading=True)
def decide_concern(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read the concern and decide, once. A second click, and whoever comes second, hear that it is decided."""
    inspection = find_inspection(request, reference)
    has(request.user, inspection, Capability.DECIDE_CONCERN).enforce()
    found = find_concern(request, inspection, number)
    if not (open_still := rules.may_decide_concern(found)):
        messages.info(request, open_still.sentence)
        return redirect("concerns:concern", inspection.reference, found.number)
    permissions.can_decide_concern(request.user, found).enforce()

    form = DecideConcernForm(posted(request), initial={"based_on": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_concern(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.verdict.sentence)
            form.take(found.version)
        else:
            messages.success(request, f"{found.reference} is decided.")
            return redirect("concerns:concern", inspection.reference, found.number)

    context = {
        "title": f"Decide on concern {found.reference}",
        "inspection": inspection,
        "is_example": inspection.area.is_invented,
        "concern": found,
        "named": queries.named_lead(inspection),
        "form": form,
        "back_url": reverse("concerns:concerns", args=[inspection.reference]),
        "back_words": "Concerns",
    }
    if request.method == "GET":
        read_concern(found, by=request.user, at=timezone.now())
    return render(request, "concerns/decide_concern.html", context)


@page("POST")
def acknowledge_concern(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The partnership's lead for concerns has it. A second click says so."""
    inspection = find_inspection(request, reference)
    has(request.user, inspection, Capability.ACKNOWLEDGE_CONCERN).enforce()
    found = find_concern(request, inspection, number)
    if not (waits := rules.may_acknowledge_concern(found)):
        messages.info(request, waits.sentence)
        return redirect("concerns:concerns", inspection.reference)
    permissions.can_acknowledge_concern(request.user, found).enforce()

    actions.acknowledge_concern(found, by=request.user, at=timezone.now())
    messages.success(request, f"You have confirmed {found.reference}. The inspection lead sees it.")
    return redirect("concerns:concern", inspection.reference, found.number)


@page("GET", "POST")
def close_concern(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """End it with the reference of the local case. A second click says that it is closed."""
    inspection = find_inspection(request, reference)
    has(request.user, inspection, Capability.CLOSE_CONCERN).enforce()
    found = find_concern(request, inspection, number)
    if not (waits := rules.may_close_concern(found)):
        messages.info(request, waits.sentence)
        return redirect("concerns:concerns", inspection.reference)
    permissions.can_close_concern(request.user, found).enforce()

    form = CloseConcernForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.close_concern(found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"{found.reference} is closed.")
        return redirect("concerns:concerns", inspection.reference)

    context = {
        "title": f"Close concern {found.reference}",
        "inspection": inspection,
        "concern": found,
        "is_example": inspection.area.is_invented,
        "form": form,
        "back_url": reverse("concerns:concerns", args=[inspection.reference]),
        "back_words": "Concerns",
    }
    return render(request, "concerns/close_concern.html", context)
