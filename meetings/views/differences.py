"""What one side sees differently, kept in the record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.web import page, posted
from meetings import permissions
from meetings.actions import differences as actions
from meetings.forms.differences import KeepDifferenceForm
from meetings.views.meetings import found_meeting, frame


@page("GET", "POST")
def keep_difference(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Say how one's own side sees something. The same sent twice is kept once."""
    meeting = found_meeting(request, reference, key)
    permissions.can_keep_difference(request.user, meeting).enforce()

    form = KeepDifferenceForm(posted(request), items=meeting.agenda.shared())
    if request.method == "POST" and form.is_valid():
        side = permissions.side_of(request.user, meeting.inspection)
        if meeting.differences.filter(**form.cleaned_data, side=side).exists():
            messages.info(request, "This is kept in the record already.")
        else:
            actions.keep_difference(
                meeting, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(
                request,
                "It is kept in the record, which has a new version. Read it and confirm it.",
            )
        return redirect("meetings:meeting-record", reference, key)

    context = {
        **frame(request, meeting.inspection, f"See {meeting} differently"),
        "meeting": meeting,
        "form": form,
        "back_url": reverse("meetings:meeting-record", args=[reference, key]),
    }
    return render(request, "meetings/keep_difference.html", context)
