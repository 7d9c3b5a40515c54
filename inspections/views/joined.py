"""After joining by a code: what is left to do, and a second person who confirms."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Capability
from accounts.views.fresh import fresh_sign_in
from core.verdicts import Refused
from core.web import find_or_404, page
from inspections import permissions, queries, rules
from inspections.actions import joined as actions
from inspections.models import Inspection, Membership
from inspections.rooms import inspection_frame


@page("GET")
def address_proof(request: HttpRequest, reference: str) -> HttpResponse:
    """What somebody who joined by a code does before the inspection opens to them."""
    seen = Inspection.objects.visible_to(request.user).filter(reference=reference).first()
    if seen:
        return redirect(seen)
    waits = queries.where_unproved(request.user)
    if not waits.filter(reference=reference).exists():
        found = find_or_404(queries.where_to_declare(request.user), reference=reference)
        return redirect("inspections:declare-interest", found.reference)
    inspection = waits.select_related("area").get(reference=reference)

    part = Membership.objects.unproved_of(request.user).filter(inspection=inspection)
    membership = part.select_related("person", "inspection").earliest("named_at")
    context = {
        "title": "One step before you begin",
        "inspection": inspection,
        "membership": membership,
        "to_ask": queries.can_be_asked_to_confirm(membership)[:2]
        if membership.person == request.user
        else [],
        "address": EmailAddress.objects.filter(user=request.user, verified=False).first(),
        "is_example": inspection.area.is_invented,
        "back_url": reverse("workspace:home"),
        "back_words": "Home",
    }
    return render(request, "inspections/address_proof.html", context)


@fresh_sign_in
@page("GET", "POST")
def confirm_joined(request: HttpRequest, reference: str, membership: int) -> HttpResponse:
    """Confirm that one knows somebody who joined by a code, after a question."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    found = find_or_404(
        Membership.objects.filter(inspection=inspection).select_related(
            "person__agency", "named_by", "confirmed_by"
        ),
        pk=membership,
    )
    permissions.has(request.user, inspection, Capability.CONFIRM_JOINED).enforce()
    waits = rules.waits_to_be_confirmed(found)
    if not waits:
        messages.info(request, waits.sentence)
        return redirect("inspections:team", inspection.reference)
    permissions.can_confirm_joined(request.user, found).enforce()

    if request.method == "POST":
        try:
            actions.confirm_joined(found, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.info(request, refusal.verdict.sentence)
        else:
            messages.success(
                request, f"Confirmed. What {found.person} joined is no longer held back."
            )
        return redirect("inspections:team", inspection.reference)

    context = {
        **inspection_frame(request.user, inspection, room="team", today=timezone.localdate()),
        "title": f"Do you know {found.person}?",
        "membership": found,
        "back_url": reverse("inspections:team", args=[inspection.reference]),
    }
    return render(request, "inspections/confirm_joined.html", context)
