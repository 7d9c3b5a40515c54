"""Recording a meeting: who was there, what was said, the team's notes, and the word of both sides that it is right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Capability
from accounts.views.fresh import fresh_sign_in
from core.earlier import earlier_versions
from core.verdicts import Refused
from core.versions import Newer, SavedMeanwhile
from core.web import page, posted
from inspections.permissions import has
from meetings import exports, permissions, queries, rules
from meetings.actions import record as actions
from meetings.enums import MeetingState, PartOfMeeting, Side
from meetings.forms.record import (
    ConfirmMeetingRecordForm,
    RecordAttendanceForm,
    WriteMeetingNotesForm,
    WriteMeetingRecordForm,
    version_of,
)
from meetings.models import Meeting
from meetings.views.meetings import found_meeting, frame, on_record


def _back(reference: str, key: str) -> str:
    return reverse("meetings:meeting", args=[reference, key])


@page("GET", "POST", records_reading=True)
def record_attendance(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Tick who was there, and write who else."""
    meeting = found_meeting(request, reference, key)
    permissions.can_record_attendance(request.user, meeting, on=timezone.localdate()).enforce()

    there = list(meeting.attendances.select_related("person"))
    form = RecordAttendanceForm(
        posted(request),
        people=queries.people_of_sides(meeting.inspection),
        there=there,
        initial={"based_on": queries.part_version(meeting, PartOfMeeting.ATTENDANCE)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_attendance(meeting, **form.who(), by=request.user, at=timezone.now())
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, form.stands(there))
        else:
            messages.success(request, f"Who was at “{meeting}” is saved.")
            return redirect("meetings:meeting", reference, key)

    on_record(request, meeting, "who was at")
    context = {
        **frame(request, meeting.inspection, f"Who was at {meeting}"),
        "meeting": meeting,
        "form": form,
        "back_url": _back(reference, key),
    }
    return render(
        request, "meetings/record_attendance.html", context, status=409 if form.newer else 200
    )


@page("GET", "POST", records_reading=True)
def write_meeting_record(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Write what was said, point by point. Where somebody wrote about the same point meanwhile, both texts are shown."""
    meeting = found_meeting(request, reference, key)
    permissions.can_write_meeting_record(request.user, meeting, on=timezone.localdate()).enforce()

    form = WriteMeetingRecordForm(posted(request), items=queries.agenda_of(meeting, internal=False))
    if request.method == "POST" and form.is_valid():
        saved = _save(request, meeting, form)
        if form.is_valid():
            said = f"The record of “{meeting}” is saved on the server."
            messages.success(request, said if saved.written else f"{said} Nothing in it changed.")
            return redirect("meetings:meeting-record", reference, key)

    on_record(request, meeting, "the record of")
    context = {
        **frame(request, meeting.inspection, f"Record of {meeting}"),
        "meeting": meeting,
        "form": form,
        "confirmed": queries.confirmations_of(meeting).values(),
        "back_url": _back(reference, key),
    }
    return render(
        request, "meetings/write_meeting_record.html", context, status=409 if form.newer else 200
    )


def _save(request: HttpRequest, meeting: Meeting, form: WriteMeetingRecordForm) -> actions.Saved:
    """Save what was typed; the form meets what somebody else has written meanwhile, and takes it where nothing was typed."""
    texts = {pk: actions.Typed(*typed) for pk, typed in form.typed().items()}
    saved = actions.write_meeting_record(meeting, texts=texts, by=request.user, at=timezone.now())
    for item in saved.conflicts:
        form.meet(
            Newer(item, request.user),
            {f"record_{item.pk}": item.record},
            version=version_of(item.pk),
        )
    for item in saved.untouched:
        stands = {f"record_{item.pk}": item.record}
        form.take(stands, version=version_of(item.pk), newest=item.version)
    for item in saved.written if saved.conflicts else ():
        form.take(
            {f"record_{item.pk}": item.record}, version=version_of(item.pk), newest=item.version
        )
    return saved


@page("GET", "POST", records_reading=True)
def write_meeting_notes(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """What the team notes for itself."""
    meeting = found_meeting(request, reference, key)
    permissions.can_write_meeting_notes(request.user, meeting).enforce()

    notes = queries.notes_of(meeting)
    stands = {"text": notes.text if notes else ""}
    form = WriteMeetingNotesForm(
        posted(request), initial={**stands, "based_on": notes.version if notes else 0}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_meeting_notes(
                meeting, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except SavedMeanwhile as meanwhile:
            form.meet(meanwhile.newer, stands)
        else:
            messages.success(request, f"The team's notes of “{meeting}” are saved.")
            return redirect("meetings:meeting", reference, key)

    on_record(request, meeting, "the team's notes of")
    context = {
        **frame(request, meeting.inspection, f"Notes of {meeting}"),
        "meeting": meeting,
        "notes": notes,
        "form": form,
        "back_url": _back(reference, key),
    }
    return render(
        request, "meetings/write_meeting_notes.html", context, status=409 if form.newer else 200
    )


@page("POST")
def propose_meeting_record(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Ask both sides to confirm. A second click finds them asked already and says so."""
    meeting = found_meeting(request, reference, key)
    has(request.user, meeting.inspection, Capability.RECORD_MEETING).enforce()

    if meeting.state in (MeetingState.PROPOSED, MeetingState.SETTLED):
        messages.info(request, rules.may_propose_meeting_record(meeting).sentence)
    else:
        permissions.can_propose_meeting_record(request.user, meeting).enforce()
        actions.propose_meeting_record(meeting, by=request.user, at=timezone.now())
        messages.success(
            request,
            "Both sides are asked to confirm the record: the inspection lead, the depute and the inspection co-ordinator are "
            "told by e-mail.",
        )
    return redirect("meetings:meeting-record", reference, key)


@page("GET", records_reading=True)
def meeting_record(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """The record as it stands, the same for both sides and in print."""
    meeting = found_meeting(request, reference, key)
    permissions.can_read_record(request.user, meeting).enforce()
    on_record(request, meeting, "the record of")
    return _record(request, meeting, None)


@fresh_sign_in
@page("POST")
def confirm_meeting_record(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Confirm the version that was read. A second click finds it confirmed and says so; a changed record is shown again."""
    meeting = found_meeting(request, reference, key)
    permissions.can_read_record(request.user, meeting).enforce()
    has(request.user, meeting.inspection, Capability.CONFIRM_MEETING_RECORD).enforce()
    side = permissions.side_of(request.user, meeting.inspection)

    if side in queries.confirmations_of(meeting):
        messages.info(request, rules.may_confirm_meeting_record(meeting, side=side).sentence)
        return redirect("meetings:meeting-record", reference, key)
    permissions.can_confirm_meeting_record(request.user, meeting).enforce()
    form = ConfirmMeetingRecordForm(posted(request))
    if form.is_valid():
        try:
            actions.confirm_meeting_record(
                meeting, version=form.cleaned_data["version"], by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            messages.error(request, refusal.verdict.sentence)
            return _what_changed(meeting, since=form.cleaned_data["version"])
        else:
            messages.success(
                request, f"You have confirmed the record for the {side.label.lower()}."
            )
        return redirect("meetings:meeting-record", reference, key)
    on_record(request, meeting, "the record of")
    return _record(request, meeting, form)


def _what_changed(meeting: Meeting, *, since: int) -> HttpResponse:
    """To the version that was read beside the one that stands, where both are known; else to the record."""
    args = [meeting.inspection.reference, meeting.step.key]
    newest = queries.record_version_of(meeting)
    if since == newest or not meeting.record_versions.filter(version=since).exists():
        return redirect("meetings:meeting-record", *args)
    page = reverse("meetings:meeting-record-versions", args=args)
    return redirect(f"{page}?older={since}&newer={newest}")


@page("GET", records_reading=True)
def meeting_record_versions(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """What each version of the record said, two of them side by side."""
    meeting = found_meeting(request, reference, key)
    permissions.can_read_record(request.user, meeting).enforce()

    writes = permissions.side_of(request.user, meeting.inspection) == Side.TEAM
    versions = queries.record_versions(meeting, all_of_them=writes)
    on_record(request, meeting, "the earlier versions of the record of")
    context = {
        **frame(request, meeting.inspection, f"Earlier versions of the record of {meeting}"),
        **earlier_versions(request.GET, versions),
        "back_url": reverse("meetings:meeting-record", args=[reference, key]),
        "back_words": "Back to the record",
    }
    return render(request, "inspections/earlier_versions.html", context)


def _record(
    request: HttpRequest, meeting: Meeting, form: ConfirmMeetingRecordForm | None
) -> HttpResponse:
    person, inspection = request.user, meeting.inspection
    confirms = permissions.can_confirm_meeting_record(person, meeting)
    parts = exports.record_parts(meeting)
    context: dict[str, Any] = {
        **frame(request, inspection, f"Record of {meeting}"),
        "meeting": meeting,
        **parts,
        "record_anchor": exports.record_anchor(meeting),
        "record_url": exports.record_url(meeting),
        "can_confirm": confirms,
        "can_keep_difference": permissions.can_keep_difference(person, meeting),
        "has_versions": meeting.record_version > 1,
        "own_differences": [
            one for one in parts["differences"] if permissions.can_withdraw_difference(person, one)
        ],
        "records": has(person, inspection, Capability.RECORD_MEETING),
        "can_write": permissions.can_write_meeting_record(person, meeting, on=timezone.localdate()),
        "can_propose": permissions.can_propose_meeting_record(person, meeting),
    }
    if confirms:
        context["form"] = form or ConfirmMeetingRecordForm(
            initial={"version": meeting.record_version}
        )
    return render(request, "meetings/meeting_record.html", context)
