"""The log of one inspection."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from audit.proof import latest_anchor
from core.web import find_or_404, page, paginate
from inspections import permissions, queries
from inspections.forms.log import LogFilterForm, ReadingsFilterForm
from inspections.models import Inspection
from inspections.rooms import inspection_frame


@page("GET")
def log(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was done on this inspection, newest first, by day, as sentences; filtered as asked."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area"), reference=reference
    )
    permissions.can_see_log(request.user, inspection).enforce()

    choices = queries.log_choices(inspection)
    form = LogFilterForm(request.GET or None, choices=choices)
    found = queries.log_events(inspection, **form.chosen())
    events = paginate(request, found)
    before = found[events.start_index() - 2] if events.number > 1 else None
    context = {
        **inspection_frame(request.user, inspection, room="log", today=timezone.localdate()),
        "title": "Log",
        "form": form,
        "is_filtered": bool(form.chosen()) or bool(form.errors),
        "events": events,
        "total": choices.total,
        "readings": choices.readings,
        "anchor": latest_anchor(),
        "days": queries.log_days(inspection, events, before),
    }
    return render(request, "inspections/log.html", context)


@page("GET")
def readings(request: HttpRequest, reference: str) -> HttpResponse:
    """Who has read what is personal or not yet public, and who took it along: the last to read first."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area"), reference=reference
    )
    permissions.can_see_log(request.user, inspection).enforce()

    choices = queries.what_was_read(queries.log_choices(inspection).what)
    form = ReadingsFilterForm(request.GET or None, choices=choices)
    chosen = form.chosen()
    context = {
        **inspection_frame(request.user, inspection, room="log", today=timezone.localdate()),
        "title": "Who has read what",
        "form": form,
        "is_filtered": bool(chosen),
        "choices": choices,
        "rows": paginate(request, queries.readings_of(inspection, what=chosen)),
    }
    return render(request, "inspections/readings.html", context)
