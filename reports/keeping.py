"""What this app keeps, and for how long. The words of a report are written to be published; comments on it are not."""

from core.retention import Period, declare
from reports.models import (
    Edition,
    FactComment,
    FollowUpDecision,
    Point,
    QuestionNarrative,
    Report,
    Section,
    YoungPeoplesVersion,
)

declare(Report, Period.RECORD, ordinary=["wording_key", "panel_note", "publish_reason"])
declare(FollowUpDecision, Period.RECORD, ordinary=["timescale", "reason"])
declare(Section, Period.RECORD, ordinary=["text"])
declare(QuestionNarrative, Period.RECORD, ordinary=["text"])
declare(Point, Period.RECORD, ordinary=["text"])
declare(
    FactComment,
    Period.OBTAINED,
    ordinary=["anchor", "place", "quoted", "reason", "no_change_because"],
    personal=["text", "correction", "evidence"],
)
declare(
    Edition,
    Period.PUBLISHED,
    ordinary=["source", "source_sha256", "html", "html_sha256", "pdf_sha256"],
)
declare(YoungPeoplesVersion, Period.PUBLISHED, ordinary=["title"])
