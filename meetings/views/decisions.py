"""What a meeting decided, and that it is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.web import find_or_404, page, posted
from meetings import permissions, queries, rules
from meetings.actions import decisions as actions
from meetings.forms.decisions import AddDecisionForm
from meetings.views.meetings import found_meeting, frame


@page("GET", "POST")
def add_decision(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Say what was decided, who sees to it and by when. The same sent twice is one decision."""
    meeting = found_meeting(request, reference, key)
    permissions.can_add_decision(request.user, meeting, on=timezone.localdate()).enforce()

    people = queries.sees_to_decisions(meeting.inspection)
    form = AddDecisionForm(posted(request), people=people)
    if request.method == "POST" and form.is_valid():
        if queries.same_decision(meeting, **form.cleaned_data):
            messages.info(request, "This decision is saved already.")
            return redirect("meetings:meeting", reference, key)
        try:
            decision = actions.add_decision(
                meeting, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(
                request,
                f"The decision is saved. {decision.person.name} finds it on their home page.",
            )
            return redirect("meetings:meeting", reference, key)

    context = {
        **frame(request, meeting.inspection, f"Add a decision of {meeting}"),
        "meeting": meeting,
        "form": form,
        "back_url": reverse("meetings:meeting", args=[reference, key]),
    }
    return render(request, "meetings/add_decision.html", context)


@page("POST")
def complete_decision(
    request: HttpRequest, reference: str, key: str, decision: int
) -> HttpResponse:
    """Mark it as done. A second click finds it done and says so."""
    meeting = found_meeting(request, reference, key)
    found = find_or_404(
        meeting.decisions.with_owner().select_related("person", "done_by"), pk=decision
    )
    found.meeting = meeting

    if found.done_at is not None:
        messages.info(request, rules.may_complete_decision(found).sentence)
    else:
        permissions.can_complete_decision(request.user, found).enforce()
        actions.complete_decision(found, by=request.user, at=timezone.now())
        messages.success(request, "The decision is marked as done.")
    return redirect("meetings:meeting", reference, key)
