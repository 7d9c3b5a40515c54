"""What leaves this app as a file: the notification letter, and the timetable as calendar and table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from accounts.models import system_user
from accounts.roles import Role
from core.mail import Attachment, post
from documents.actions.documents import keep_generated
from documents.models import Document
from inspections import queries
from inspections.enums import StepKind
from inspections.models import Addressee, Inspection, NotificationLetter, Step

LETTER_CSS = Path(settings.BASE_DIR) / "static" / "css" / "letter.css"


def notification_letters(
    inspection: Inspection, steps: list[Step], *, on: date
) -> list[tuple[Addressee, str]]:
    """The letter to each addressee as HTML, with the dates of the drawn timetable and whom to ask (R13, R14)."""
    by_key = {step.key: step for step in steps}
    same_in_all = {
        "inspection": inspection,
        "on": on,
        "lead": queries.holders_of(inspection, Role.INSPECTION_LEAD)[0],
        "support_officer": queries.holders_of(inspection, Role.SUPPORT_OFFICER)[0],
        "name_by": by_key["name_coordinators"].ends_on,
        "start_meeting": by_key["start_meeting"].starts_on,
        "return_by": by_key["self_evaluation_due"].ends_on,
        "onsite": [step for step in steps if step.kind == StepKind.ONSITE],
        "publication": by_key["publication"].starts_on,
    }
    return [
        (
            addressee,
            render_to_string(
                "inspections/letters/notification.html", {**same_in_all, "addressee": addressee}
            ),
        )
        for addressee in inspection.addressees.all()
    ]


def keep_letter(letter: NotificationLetter, *, pdf: bytes, at: datetime) -> Document:
    """The PDF as a document of the inspection, as sent."""
    inspection = letter.notification.inspection
    return keep_generated(
        pdf,
        name=f"{inspection.reference} notification, {letter.get_office_display()}.pdf",
        holder_type="inspections.inspection",
        holder_id=str(inspection.pk),
        inspection=inspection.reference,
        by=system_user(),
        at=at,
    )


def post_letter(letter: NotificationLetter) -> None:
    """The e-mail that brings the letter, from those who hold the offices as it goes. The key makes it one, whatever happens."""
    inspection = letter.notification.inspection
    document = letter.document
    leads = queries.holders_of(inspection, Role.INSPECTION_LEAD)
    people = {
        "lead": leads[0] if leads else letter.notification.sent_by,
        "support_officer": next(iter(queries.holders_of(inspection, Role.SUPPORT_OFFICER)), None),
    }
    post(
        template="inspections/partnership_notified",
        to=letter.email,
        context={"letter": letter, "inspection": inspection, "site": settings.SITE_URL, **people},
        key=f"notification-letter:{letter.pk}",
        subject_reference=inspection.reference,
        attachments=[Attachment(document.name, str(document.file.name), document.content_type)]
        if document
        else [],
    )


def document_url(document: Document) -> str:
    """Where a stored file is opened, by those who may read it."""
    return reverse("documents:document", args=[document.public_id])


def calendar(name: str, dates: Iterable[queries.Dated]) -> bytes:
    """Dates as an iCalendar file (RFC 5545), each an event of whole days. The same dates give the same bytes.

    An event keeps its identifier for good, and its sequence number grows with every move, so that a program takes the newer
    of two; one that is not needed any more is shown as cancelled.
    """
    found = Calendar()
    found.add("prodid", "-//Run a joint inspection//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT1H")
    for one in dates:
        inspection, step = one.inspection, one.step
        event = CalendarEvent()
        event.add("uid", f"{inspection.reference}-{one.key}@run-a-joint-inspection")
        event.add("dtstamp", one.changed_at.astimezone(UTC))
        event.add("last-modified", one.changed_at.astimezone(UTC))
        event.add("sequence", one.sequence)
        event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("dtstart", one.starts_on)
        event.add("dtend", one.ends_on + timedelta(days=1))
        week = f" (week {step.week})" if step.week else ""
        event.add("summary", f"{inspection.area}: {one.title}{week}")
        if step.pk:
            event.add(
                "url",
                settings.SITE_URL
                + reverse("inspections:step", args=[inspection.reference, step.key]),
            )
        found.add_component(event)
    return found.to_ical()


def timetable_rows(steps: list[Step]) -> Iterator[list[str]]:
    """The steps as rows of a table, headings first."""
    yield ["week", "starts on", "ends on", "what", "kind", "owner", "state", "note"]
    for step in steps:
        yield [
            str(step.week or ""),
            step.starts_on.isoformat(),
            step.ends_on.isoformat(),
            step.title,
            step.get_kind_display(),
            step.owner,
            step.get_state_display(),
            safe_cell(step.note),
        ]


def board_rows(cards: list[queries.Card]) -> Iterator[list[str]]:
    """The board by phase as rows of a table, headings first; slippage in working days."""
    yield [
        "phase", "area", "reference", "where it is", "publication", "slippage in working days", "said", "late steps",
        "late or next due step",
    ]  # fmt: skip
    for card in cards:
        yield [
            card.inspection.get_state_display(),
            card.inspection.area.name,
            card.inspection.reference,
            card.where,
            card.published_on.isoformat() if card.published_on else "",
            "" if card.slipped is None else str(card.slipped),
            card.verdict,
            str(len(card.late)),
            safe_cell(card.holds),
        ]


def safe_cell(words: str) -> str:
    """Typed words that a spreadsheet would take for a formula get an apostrophe in front."""
    return f"'{words}" if words[:1] in "=+-@\t\r" and words else words
