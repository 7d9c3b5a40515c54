"""Who read what is personal here: the letters, with the names and addresses on them, and what the team declared."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
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


def read_declarations(inspection: Inspection, *, by: User, at: datetime) -> None:
    """This person has read what the team declared."""
    record_reading(
        "inspections.declarations_read", by=by, at=at, subject=inspection, inspection=inspection
    )
