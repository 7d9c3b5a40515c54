"""Who read the report before it was public."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from audit.readings import record_reading
from reports.models import Report

# Parts that several pages show.
DRAFT, COMMENTS = "the draft report", "the comments on facts"


def read_report(report: Report, *, part: str, by: User, at: datetime) -> None:
    """This person has read a part of the report: as it stands, the draft, a question, the comments. After publication nobody asks."""
    if report.is_published:
        return
    record_reading(
        "reports.report_read",
        by=by,
        at=at,
        subject=report,
        inspection=report.inspection,
        part=part,
    )
