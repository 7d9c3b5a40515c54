"""Looking back: one inspection as it stood at a moment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.web import find_or_404, page
from inspections import permissions
from inspections.models import Inspection
from inspections.rooms import inspection_frame
from workspace import as_at as looking_back
from workspace.actions.readings import read_moment
from workspace.forms.as_at import AsAtForm


@page("GET", records_reading=True)
def as_at(request: HttpRequest, reference: str) -> HttpResponse:
    """State, steps, evaluations and what the partnership had been told, at ``?moment=`` and ``clock=``."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related(
            "area", "method", "notification"
        ),
        reference=reference,
    )
    permissions.can_look_back(request.user, inspection).enforce()

    now = timezone.now()
    form = AsAtForm(request.GET or None, now=now)
    moment = form.chosen()
    if moment:
        read_moment(inspection, moment=moment, by=request.user, at=now)

    context = {
        **inspection_frame(request.user, inspection, room="overview", today=timezone.localdate()),
        "title": "As it stood",
        "form": form,
        "then": looking_back.as_at(inspection, moment) if moment else None,
        "can_see_log": permissions.can_see_log(request.user, inspection),
        "back_url": inspection.get_absolute_url(),
    }
    return render(request, "workspace/as_at.html", context)
