"""Who looked back."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit.readings import record_reading
from core.templatetags.desk import clock, day
from inspections.models import Inspection


def read_moment(inspection: Inspection, *, moment: datetime, by: User, at: datetime) -> None:
    """This person has read how the inspection stood at that moment; of the present one only the day is recorded."""
    record_reading(
        "workspace.moment_read",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        moment=day(moment) if moment == at else f"{day(moment)}, {clock(moment)}",
    )
