"""The versions of a timetable: what each changed since the one before it, or since any earlier one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.web import find_or_404, page, paginate
from inspections import queries
from inspections.models import Inspection
from inspections.rooms import inspection_frame


@page("GET")
def timetable_versions(request: HttpRequest, reference: str) -> HttpResponse:
    """Every release of dates, the newest first."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    context = {
        **inspection_frame(request.user, inspection, room="timetable", today=timezone.localdate()),
        "title": "Versions of the timetable",
        "page": paginate(request, queries.versions_of(inspection)),
    }
    return render(request, "inspections/timetable_versions.html", context)


@page("GET")
def timetable_version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One version: what it changed, why, and by whom; or, with ``since``, all that changed from an earlier one to it."""
    inspection = find_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    version = find_or_404(inspection.versions.select_related("made_by"), number=number)

    earlier = [one for one in queries.versions_of(inspection) if one.number < version.number]
    asked = request.GET.get("since", "")
    since = next((one for one in earlier if str(one.number) == asked), None)
    if since is None and earlier:
        since = earlier[0]
    context = {
        **inspection_frame(request.user, inspection, room="timetable", today=timezone.localdate()),
        "title": f"Version {version.number} of the timetable",
        "version": version,
        "earlier": earlier,
        "since": since,
        "changes": queries.changes_between(inspection, since, version) if since else [],
    }
    return render(request, "inspections/timetable_version.html", context)
