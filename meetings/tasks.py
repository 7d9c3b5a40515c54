"""The clock's entrance: find, and call an action."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.jobs import job
from core.pdf import render_pdf
from meetings import emails, exports
from meetings.actions.record import keep_record
from meetings.enums import MeetingState
from meetings.models import Meeting


def _found(meeting: int) -> Meeting:
    return Meeting.objects.select_related("inspection__area", "step").get(pk=meeting)


@job("meetings.tell_of_record", atomic=True)
def tell_of_record(*, meeting: int) -> None:
    """Tell both sides that there is a record to confirm. Looks first: a record may be confirmed before its letter goes."""
    found = _found(meeting)
    if found.state == MeetingState.PROPOSED:
        emails.meeting_record_proposed(found)


@job("meetings.draw_record", lease=timedelta(minutes=2))
def draw_record(*, meeting: int, now: datetime) -> None:
    """Draw the record for print. Looks first: one that has its document was done before."""
    found = _found(meeting)
    if found.document_id is None:
        pdf = render_pdf(exports.record_page(found), css_files=[exports.RECORD_CSS])
        keep_record(found, pdf=pdf, at=now)
