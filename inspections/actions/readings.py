"""Who read what is personal here: the letters, with the names and addresses on them, and what the team declared."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit.readings import record_reading
from inspections.models import Inspection


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
