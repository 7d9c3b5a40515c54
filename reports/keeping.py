"""What this app keeps, and for how long. The words of a report are written to be published; comments on it are not."""

from django.db.models import Q

from core.disposal import Disposal, bring, delete, spare
from core.retention import Period, declare
from documents.models import Document
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

bring(
    Disposal(
        FactComment,
        "comment on facts,comments on facts",
        delete,
        title=lambda comment: f"On paragraph {comment.paragraph}",
        inspection="report__inspection__reference",
    )
)
# What was shown to somebody as a report can always be shown again.
spare(Document, lambda: Q(pk__in=Edition.objects.filter(document__isnull=False).values("document")))
spare(Document, lambda: Q(pk__in=YoungPeoplesVersion.objects.values("document")))
