"""Who read what is personal here: the letters, with the names and addresses on them, and what the team declared; and
who tried."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from audit.models import Event
from audit.readings import record_reading
from inspections.models import Inspection

# Whose addresses were read.
ADDRESSEES, INVITED = (
    "the addressees of the notification letter",
    "the addresses of who was invited",
)


def read_addresses(inspection: Inspection, *, part: str, by: User, at: datetime) -> None:
    """This person has read e-mail addresses, of those whom ``part`` names."""
    record_reading(
        "inspections.addresses_read",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        part=part,
    )


def read_letters(inspection: Inspection, *, by: User, at: datetime) -> None:
    """This person has read to whom the letters went."""
    record_reading(
        "inspections.letters_read", by=by, at=at, subject=inspection, inspection=inspection
    )


def read_correspondence(inspection: Inspection, *, by: User, at: datetime) -> None:
    """This person has read what went out to whom, and what was put on record beside it."""
    record_reading(
        "inspections.correspondence_read", by=by, at=at, subject=inspection, inspection=inspection
    )


def read_declarations(inspection: Inspection, *, by: User, at: datetime) -> None:
    """This person has read what the team declared."""
    record_reading(
        "inspections.declarations_read", by=by, at=at, subject=inspection, inspection=inspection
    )


def note_trying(person: User, path: str) -> None:
    """This person asked for an address of an inspection that is there and that they do not see: on record once a day.

    A link that was followed by mistake looks the same as an identifier that was changed by hand; whoever reads the log asks.
    """
    inspection = Inspection.objects.filter(reference__in=path.split("/")).first()
    if inspection is None or Inspection.objects.visible_to(person).filter(pk=inspection.pk):
        return
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tried = Event.objects.about(inspection.reference).filter(
        name="inspections.opening_tried", by_id=person.pk, at__gte=midnight
    )
    if not tried.exists():
        record_reading(
            "inspections.opening_tried",
            by=person,
            at=now,
            subject=inspection,
            inspection=inspection,
            reference=inspection.reference,
        )
