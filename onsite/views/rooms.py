"""The rooms in which sessions take place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.versions import SavedMeanwhile
from core.web import find_or_404, page, posted
from inspections.models import Inspection
from onsite import permissions
from onsite.actions import rooms as actions
from onsite.forms.rooms import AddRoomForm, ChangeRoomForm
from onsite.views.sessions import found_inspection, frame


@page("GET")
def rooms(request: HttpRequest, reference: str) -> HttpResponse:
    """Every room, where it is and how far from the base."""
    inspection = found_inspection(request, reference)
    permissions.can_see_every_session(request.user, inspection).enforce()

    today = timezone.localdate()
    context = {
        **frame(request, inspection, "Rooms on site"),
        "onsite_rooms": inspection.onsite_rooms.all(),
        "can_add": permissions.can_add_room(request.user, inspection, on=today),
    }
    return render(request, "onsite/rooms.html", context)


@page("GET", "POST")
def add_room(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a room. The same sent twice is one room."""
    inspection, today = found_inspection(request, reference), timezone.localdate()
    permissions.can_add_room(request.user, inspection, on=today).enforce()

    form = AddRoomForm(posted(request))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            room = actions.add_room(inspection, **form.words(), by=request.user, at=now)
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            if room.added_at == now:
                messages.success(request, f"“{room}” is added.")
            else:
                messages.info(request, f"“{room}” is there already.")
            return redirect("onsite:rooms", reference)

    context = {**_task(request, inspection, "Add a room"), "form": form}
    return render(request, "onsite/add_room.html", context)


@page("GET", "POST")
def change_room(request: HttpRequest, reference: str, room: int) -> HttpResponse:
    """Change a room. Sessions for which the way is too long now say so on the grid."""
    inspection = found_inspection(request, reference)
    found = find_or_404(inspection.onsite_rooms.all(), pk=room)
    found.inspection = inspection
    permissions.can_change_room(request.user, found, on=timezone.localdate()).enforce()

    stands = ChangeRoomForm.stands(found)
    form = ChangeRoomForm(posted(request), initial={**stands, "based_on": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.change_room(
                found,
                **form.words(),
                based_on=form.cleaned_data["based_on"],
                by=request.user,
                at=timezone.now(),
            )
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, stands)
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, f"“{kept}” is saved.")
            return redirect("onsite:rooms", reference)

    context = {**_task(request, inspection, "Change a room"), "room": found, "form": form}
    return render(request, "onsite/change_room.html", context, status=409 if form.newer else 200)


def _task(request: HttpRequest, inspection: Inspection, title: str) -> dict[str, Any]:
    return {
        **frame(request, inspection, title),
        "back_url": reverse("onsite:rooms", args=[inspection.reference]),
        "back_words": "Rooms on site",
    }
