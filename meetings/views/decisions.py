"""What a meeting decided, and that it is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Capability
from core.verdicts import Refused
from core.web import find_or_404, page, posted
from inspections.permissions import has
from meetings import permissions, queries, rules
from meetings.actions import decisions as actions
from meetings.forms.decisions import AddDecisionForm, ChangeDecisionForm, WithdrawDecisionForm
from meetings.models import Decision
from meetings.views.meetings import found_meeting, frame, on_record


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


def _found(request: HttpRequest, reference: str, key: str, number: int) -> Decision:
    """A decision of this meeting, withdrawn or not."""
    meeting = found_meeting(request, reference, key)
    found = find_or_404(
        meeting.decisions.select_related("person", "done_by", "withdrawn_by"), pk=number
    )
    found.meeting = meeting
    return found


@page("GET", "POST", records_reading=True)
def change_decision(request: HttpRequest, reference: str, key: str, decision: int) -> HttpResponse:
    """Correct what was decided, who sees to it or by when."""
    found = _found(request, reference, key, decision)
    meeting = found.meeting
    permissions.can_change_decision(request.user, found).enforce()

    people = queries.sees_to_decisions(meeting.inspection, besides=found.person)
    stands = {"words": found.words, "person": found.person, "due_on": found.due_on}
    form = ChangeDecisionForm(posted(request), people=people, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_decision(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.verdict.about or None, refusal.verdict.sentence)
        else:
            messages.success(request, "The decision is saved as you corrected it.")
            return redirect("meetings:meeting", reference, key)

    on_record(request, meeting, "a decision of")
    context = {
        **frame(request, meeting.inspection, f"Correct a decision of {meeting}"),
        "meeting": meeting,
        "form": form,
        "back_url": reverse("meetings:meeting", args=[reference, key]),
    }
    return render(request, "meetings/change_decision.html", context)


@page("GET", "POST", records_reading=True)
def withdraw_decision(
    request: HttpRequest, reference: str, key: str, decision: int
) -> HttpResponse:
    """Withdraw what was no decision, with the reason. A second click finds it withdrawn and says so."""
    found = _found(request, reference, key, decision)
    meeting = found.meeting
    has(request.user, meeting.inspection, Capability.RECORD_MEETING).enforce()
    if found.withdrawn_at is not None:
        messages.info(request, rules.stands(found).sentence)
        return redirect("meetings:meeting", reference, key)
    permissions.can_withdraw_decision(request.user, found).enforce()

    form = WithdrawDecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.withdraw_decision(found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The decision is withdrawn, and waits with nobody any more.")
        return redirect("meetings:meeting", reference, key)

    on_record(request, meeting, "a decision of")
    context = {
        **frame(request, meeting.inspection, f"Withdraw a decision of {meeting}?"),
        "meeting": meeting,
        "decision": found,
        "form": form,
        "back_url": reverse("meetings:meeting", args=[reference, key]),
    }
    return render(request, "meetings/withdraw_decision.html", context)


@page("POST")
def complete_decision(
    request: HttpRequest, reference: str, key: str, decision: int
) -> HttpResponse:
    """Mark it as done. A second click finds it done and says so."""
    meeting = found_meeting(request, reference, key)
    found = find_or_404(
        meeting.decisions.with_owner().select_related("person", "done_by", "withdrawn_by"),
        pk=decision,
    )
    found.meeting = meeting

    if found.done_at is not None or found.withdrawn_at is not None:
        messages.info(request, rules.may_complete_decision(found).sentence)
    else:
        permissions.can_complete_decision(request.user, found).enforce()
        actions.complete_decision(found, by=request.user, at=timezone.now())
        messages.success(request, "The decision is marked as done.")
    return redirect("meetings:meeting", reference, key)
