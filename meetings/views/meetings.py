"""The meetings of an inspection, one of them, and what a shared screen shows of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Capability
from core.web import find_or_404, page
from documents.queries import documents_of
from inspections.models import Inspection, Step
from inspections.permissions import has
from inspections.rooms import inspection_frame
from meetings import exports, permissions, queries, rules
from meetings.actions.readings import read_meeting
from meetings.enums import PartOfMeeting
from meetings.models import Meeting

PAPERS = "meetings.papers"  # what holds the documents for a meeting


def found_inspection(request: HttpRequest, reference: str) -> Inspection:
    """The inspection, for whoever sees its meetings."""
    inspection = find_or_404(
        Inspection.objects.visible_to(request.user).select_related("area", "method"),
        reference=reference,
    )
    permissions.can_see_meetings(request.user, inspection).enforce()
    return inspection


def found_step(inspection: Inspection, key: str) -> Step:
    """A meeting of the timetable, prepared or not."""
    step = find_or_404(inspection.steps.filter(kind="meeting"), key=key)
    step.inspection = inspection
    return step


def found_meeting(request: HttpRequest, reference: str, key: str) -> Meeting:
    """A meeting that somebody has prepared."""
    inspection = found_inspection(request, reference)
    meeting = find_or_404(inspection.meetings.select_related("step", "document"), step__key=key)
    meeting.inspection = meeting.step.inspection = inspection
    return meeting


def frame(request: HttpRequest, inspection: Inspection, title: str) -> dict[str, Any]:
    """What every page of this room needs."""
    today = timezone.localdate()
    return {
        **inspection_frame(request.user, inspection, room="meetings", today=today),
        "title": title,
    }


def on_record(request: HttpRequest, meeting: Meeting, part: str) -> None:
    """Put on record that this page of the room was read: ``the agenda of``, before the meeting's name."""
    read_meeting(meeting, part=part, by=request.user, at=timezone.now())


@page("GET")
def meetings(request: HttpRequest, reference: str) -> HttpResponse:
    """Every meeting with the partnership: when, with whom, prepared or not, confirmed or not."""
    inspection = found_inspection(request, reference)

    context = {
        **frame(request, inspection, "Meetings"),
        "meetings": queries.meetings_of(inspection, today=timezone.localdate()),
    }
    return render(request, "meetings/meetings.html", context)


@page("GET", records_reading=True)
def meeting(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One meeting: when and where, its agenda, what it decided, where its record stands, and what may be done now."""
    inspection = found_inspection(request, reference)
    step = found_step(inspection, key)
    found = inspection.meetings.select_related("document").filter(step=step).first()
    person, today = request.user, timezone.localdate()

    context = {
        **frame(request, inspection, step.title.partition(":")[0]),
        "step": step,
        "meeting": found,
        "prepares": has(person, inspection, Capability.PREPARE_MEETING),
        "records": has(person, inspection, Capability.RECORD_MEETING),
        "can_prepare": permissions.can_prepare_meeting(person, step),
        "is_with_partnership": queries.is_with_partnership(step),
    }
    if found is not None:
        found.inspection, found.step = inspection, step
        context |= _about(request, found, today)
        context["next"] = _next(found, context)
        on_record(request, found, "the page of")
    return render(request, "meetings/meeting.html", context)


def _about(request: HttpRequest, found: Meeting, today: Any) -> dict[str, Any]:
    """What the page of a prepared meeting shows; points and notes for the team alone only to the team."""
    person = request.user
    internal = permissions.can_see_meeting_notes(person, found.inspection)
    decisions = list(
        found.decisions.with_owner().select_related("person", "done_by", "withdrawn_by")
    )
    for one in decisions:
        one.meeting = found
    withdrawn = [one for one in decisions if one.withdrawn_at] if internal else []
    return {
        "internal": internal,
        "agenda": queries.agenda_of(found, internal=bool(internal)),
        "notes": queries.notes_of(found) if internal else None,
        "decisions": [
            {
                "decision": one,
                "late": one.is_late(today),
                "can_complete": permissions.can_complete_decision(person, one),
                "can_change": permissions.can_change_decision(person, one),
            }
            for one in decisions
            if not one.withdrawn_at
        ],
        "withdrawn": withdrawn,
        "confirmations": queries.confirmations_of(found).values(),
        "can_read_record": permissions.can_read_record(person, found),
        "can_set_agenda": permissions.can_set_agenda(person, found),
        "can_attend": permissions.can_record_attendance(person, found, on=today),
        "can_write": permissions.can_write_meeting_record(person, found, on=today),
        "can_note": permissions.can_write_meeting_notes(person, found),
        "can_propose": permissions.can_propose_meeting_record(person, found),
        "can_decide": permissions.can_add_decision(person, found, on=today),
        "can_confirm": permissions.can_confirm_meeting_record(person, found),
        "attended": queries.part_version(found, PartOfMeeting.ATTENDANCE),
        "is_to_come": found.day >= today,
        "record_url": exports.record_url(found),
        "papers": documents_of(PAPERS, permissions.papers_of(found)),
        "can_add_papers": permissions.can_add_papers(person, found),
        "papers_url": reverse(
            "documents:upload-documents", args=[PAPERS, permissions.papers_of(found)]
        ),
    }


def _next(found: Meeting, told: dict[str, Any]) -> str:
    """The one thing that this person would do next: the page shows it first."""
    records = told["records"]
    steps = (
        ("confirm", told["can_confirm"]),
        ("agenda", told["prepares"] and told["can_set_agenda"] and not told["agenda"]),
        ("propose", records and told["can_propose"]),
        ("attend", records and told["can_attend"] and not told["attended"]),
        ("write", records and told["can_write"] and not found.record_version),
        ("read", found.record_version and told["can_read_record"]),
    )
    return next((name for name, holds in steps if holds), "screen")


@page("GET", records_reading=True)
def meeting_mode(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """For a shared screen, in large type: what both sides may see, whoever opened it."""
    found = found_meeting(request, reference, key)
    on_record(request, found, "the shared screen of")

    context = {
        "title": found.title,
        "inspection": found.inspection,
        "is_example": found.inspection.area.is_invented,
        "meeting": found,
        "agenda": queries.agenda_of(found, internal=False),
        "shows_record": rules.may_read_record(found),
        "decisions": list(found.decisions.in_force().select_related("person")),
    }
    return render(request, "meetings/meeting_mode.html", context)
