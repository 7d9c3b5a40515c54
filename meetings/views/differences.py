"""What one side sees differently, kept in the record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.web import find_or_404, page, posted
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
        if meeting.differences.in_force().filter(**form.cleaned_data, side=side).exists():
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


@page("POST")
def withdraw_difference(
    request: HttpRequest, reference: str, key: str, difference: int
) -> HttpResponse:
    """Withdraw what one's own side saw differently. A second click finds it withdrawn and says so."""
    meeting = found_meeting(request, reference, key)
    permissions.can_read_record(request.user, meeting).enforce()
    found = find_or_404(meeting.differences.select_related("withdrawn_by"), pk=difference)
    found.meeting = meeting

    side = permissions.side_of(request.user, meeting.inspection)
    if found.withdrawn_at is not None and found.side == side:
        messages.info(request, "This was withdrawn already.")
    else:
        permissions.can_withdraw_difference(request.user, found).enforce()
        actions.withdraw_difference(found, by=request.user, at=timezone.now())
        messages.success(
            request,
            "It is withdrawn from the record, which has a new version. Read it and confirm it.",
        )
    return redirect("meetings:meeting-record", reference, key)
