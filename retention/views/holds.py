"""Placing and lifting a legal hold."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Capability
from accounts.views.fresh import fresh_sign_in
from core.web import find_or_404, page, posted
from inspections.models import Inspection
from inspections.permissions import has
from retention import permissions, rules
from retention.actions import holds
from retention.forms.holds import LiftLegalHoldForm, PlaceLegalHoldForm


def _inspection(request: HttpRequest, reference: str) -> Inspection:
    found = Inspection.objects.visible_to(request.user).select_related("area")
    return find_or_404(found, reference=reference)


@page("GET", "POST")
def place_legal_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Hold back everything of this inspection, with the reason. A second click finds it held and says so."""
    inspection = _inspection(request, reference)
    has(request.user, None, Capability.PLACE_LEGAL_HOLD).enforce()
    if not (held := rules.may_place_legal_hold(inspection)):
        messages.info(request, held.sentence)
        return redirect("retention:inspection-keeping", inspection.reference)
    permissions.can_place_legal_hold(request.user, inspection).enforce()

    form = PlaceLegalHoldForm(posted(request))
    if request.method == "POST" and form.is_valid():
        holds.place_legal_hold(inspection, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The hold stands. Nothing of this inspection goes until it is lifted.")  # fmt: skip
        return redirect("retention:inspection-keeping", inspection.reference)

    context = {
        "title": "Place a legal hold",
        "inspection": inspection,
        "form": form,
        "is_example": inspection.area.is_invented,
        "back_url": reverse("retention:inspection-keeping", args=[inspection.reference]),
    }
    return render(request, "retention/place_legal_hold.html", context)


@fresh_sign_in
@page("GET", "POST")
def lift_legal_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Lift the hold, with the reason. A second click finds none and says so."""
    inspection = _inspection(request, reference)
    has(request.user, None, Capability.LIFT_LEGAL_HOLD).enforce()
    if not (free := rules.may_lift_legal_hold(inspection)):
        messages.info(request, free.sentence)
        return redirect("retention:inspection-keeping", inspection.reference)
    permissions.can_lift_legal_hold(request.user, inspection).enforce()

    form = LiftLegalHoldForm(posted(request))
    if request.method == "POST" and form.is_valid():
        holds.lift_legal_hold(inspection, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The hold is lifted. What is due is proposed within a day.")
        return redirect("retention:inspection-keeping", inspection.reference)

    context = {
        "title": "Lift the legal hold",
        "inspection": inspection,
        "form": form,
        "is_example": inspection.area.is_invented,
        "back_url": reverse("retention:inspection-keeping", args=[inspection.reference]),
    }
    return render(request, "retention/lift_legal_hold.html", context)
