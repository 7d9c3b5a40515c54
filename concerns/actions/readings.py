"""Who read a concern."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit.readings import record_reading
from concerns.models import Concern


def read_concern(concern: Concern, *, by: User, at: datetime) -> None:
    """This person has read one concern. Its number is recorded, and nothing that stands in it."""
    record_reading(
        "concerns.concern_read",
        by=by,
        at=at,
        subject=concern,
        inspection=concern.inspection,
        concern=concern.reference,
    )
