"""Opening the next phase."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.web import find_or_404, page
from inspections import gates, permissions
from inspections.actions import phases as actions
from inspections.enums import InspectionState
from inspections.models import Inspection
from inspections.rooms import inspection_frame


@page("GET", "POST")
def open_next_phase(request: HttpRequest, reference: str) -> HttpResponse:
    """What the gate asks for, and the deed when it is open."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    permissions.can_see_team_rooms(request.user, inspection).enforce()
    if request.method == "POST" and request.POST.get("from") != inspection.state:
        messages.info(
            request,
            f"This was done already: the inspection stands at {inspection.get_state_display().lower()}.",
        )
        return redirect(inspection)
    verdict = permissions.can_open_next_phase(request.user, inspection)

    if request.method == "POST":
        verdict.enforce()
        inspection = actions.open_next_phase(inspection, by=request.user, at=timezone.now())
        messages.success(
            request, f"The inspection stands at {inspection.get_state_display().lower()} now."
        )
        return redirect(inspection)

    target = inspection.stand.moves.get("open_next_phase")
    context = {
        **inspection_frame(request.user, inspection, room="overview", today=timezone.localdate()),
        "title": f"Move on to {InspectionState(target).label.lower()}" if target else "Move on",
        "verdict": verdict,
        "gate": gates.findings(inspection),
        "gate_title": gates.TITLES.get(InspectionState(inspection.state), ""),
        "target": target,
        "back_url": inspection.get_absolute_url(),
    }
    return render(request, "inspections/open_next_phase.html", context)
