"""Preparing a meeting: when and where, and its agenda."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.verdicts import Refused
from core.versions import SavedMeanwhile
from core.web import page, posted
from meetings import permissions, queries
from meetings.actions import preparation as actions
from meetings.enums import PartOfMeeting
from meetings.forms.preparation import PrepareMeetingForm, SetAgendaForm
from meetings.models import Meeting
from meetings.views.meetings import found_inspection, found_meeting, found_step, frame, on_record


@page("GET", "POST")
def prepare_meeting(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Say when it begins and where it is. The day is the timetable's, and moves with it."""
    inspection = found_inspection(request, reference)
    step = found_step(inspection, key)
    permissions.can_prepare_meeting(request.user, step).enforce()

    meeting = queries.meeting_of(step)
    version = queries.part_version(meeting, PartOfMeeting.ARRANGEMENTS)
    form = PrepareMeetingForm(posted(request), initial={**_stands(meeting), "based_on": version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.prepare_meeting(step, **form.cleaned_data, by=request.user, at=timezone.now())
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, _stands(meeting))
        else:
            messages.success(
                request, f"Time and place of “{step.title.partition(':')[0]}” are saved."
            )
            return redirect("meetings:meeting", reference, key)

    context = {
        **frame(request, inspection, f"Prepare {step.title.partition(':')[0]}"),
        "step": step,
        "form": form,
        "back_url": reverse("meetings:meeting", args=[reference, key]),
    }
    return render(
        request, "meetings/prepare_meeting.html", context, status=409 if form.newer else 200
    )


def _stands(meeting: Meeting | None) -> dict[str, object]:
    if meeting is None:
        return {}
    return {"begins": meeting.begins, "place": meeting.place, "link": meeting.link}


@page("GET", "POST", records_reading=True)
def set_agenda(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Add, revise, remove and order the points, all on one page."""
    meeting = found_meeting(request, reference, key)
    permissions.can_set_agenda(request.user, meeting).enforce()

    items = queries.agenda_of(meeting, internal=True)
    version = queries.part_version(meeting, PartOfMeeting.AGENDA)
    form = SetAgendaForm(posted(request), items=items, initial={"based_on": version})
    if request.method == "POST" and form.is_valid():
        points = [actions.Point(**one) for one in form.points()]
        try:
            actions.set_agenda(
                meeting,
                points=points,
                based_on=form.cleaned_data["based_on"],
                by=request.user,
                at=timezone.now(),
            )
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, form.stands(items))
        except Refused as refusal:
            form.add_error(None, refusal.verdict.sentence)
        else:
            messages.success(request, f"The agenda of “{meeting}” is saved.")
            return redirect("meetings:meeting", reference, key)

    on_record(request, meeting, "the agenda of")
    context = {
        **frame(request, meeting.inspection, f"Agenda of {meeting}"),
        "meeting": meeting,
        "form": form,
        "back_url": reverse("meetings:meeting", args=[reference, key]),
    }
    return render(request, "meetings/set_agenda.html", context, status=409 if form.newer else 200)
