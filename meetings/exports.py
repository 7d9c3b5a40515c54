"""What leaves this app as a file: the record of a meeting as both sides confirmed it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import system_user
from audit.proof import Anchor, anchor_of_deed
from documents.actions.documents import keep_generated
from documents.models import Document
from meetings import queries
from meetings.models import Meeting

RECORD_CSS = Path(settings.BASE_DIR) / "static" / "css" / "receipt.css"
RECORD_HOLDER = "meetings.meeting"


def record_page(meeting: Meeting) -> str:
    """The record as HTML for print, with the anchor of the confirmation that settled it."""
    context = {"meeting": meeting, "anchor": record_anchor(meeting), **record_parts(meeting)}
    return render_to_string("meetings/record_print.html", context)


def record_parts(meeting: Meeting) -> dict[str, Any]:
    """What the record says, on the page and in print alike: nothing in it is for the team alone."""
    differences = list(meeting.differences.in_force().select_related("item", "kept_by"))
    for one in differences:
        one.meeting = meeting
    return {
        "inspection": meeting.inspection,
        "agenda": queries.agenda_of(meeting, internal=False),
        "attendance": queries.attendance_of(meeting),
        "decisions": list(meeting.decisions.in_force().select_related("person", "done_by")),
        "differences": differences,
        "confirmations": queries.confirmations_of(meeting).values(),
    }


def record_anchor(meeting: Meeting) -> Anchor | None:
    """The event of the confirmation that settled the record; None before: a record that may still change proves nothing."""
    if not meeting.is_settled:
        return None
    return anchor_of_deed(
        "meetings.meeting_record_confirmed",
        subject=meeting,
        reference=meeting.inspection.reference,
    )


def keep_record(meeting: Meeting, *, pdf: bytes, at: datetime) -> Document:
    """The PDF as a document of its meeting."""
    return keep_generated(
        pdf,
        name=f"{meeting.inspection.reference} {meeting.title}.pdf",
        holder_type=RECORD_HOLDER,
        holder_id=meeting.pk,
        inspection=meeting.inspection.reference,
        by=system_user(),
        at=at,
    )


def record_url(meeting: Meeting) -> str:
    """Where the PDF is; an empty string while there is none."""
    document = meeting.document
    return reverse("documents:document", args=[document.public_id]) if document else ""
