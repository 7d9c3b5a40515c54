"""What this app keeps, and for how long. A certificate must outlive what it speaks of, so it names nothing."""

from django.db.models import Q

from core.disposal import About, bring_about, spare
from core.retention import Period, declare
from documents.models import Document
from retention.models import (
    DisposalItem,
    DisposalList,
    LegalHold,
    Proceedings,
    SubjectAccessPack,
    Submission,
)

declare(LegalHold, Period.RECORD, ordinary=["reason", "lifted_because"])
declare(Submission, Period.RECORD)
declare(Proceedings, Period.RECORD, ordinary=["title"])
declare(DisposalList, Period.RECORD, ordinary=["reference", "anchor_hash"])
declare(
    DisposalItem,
    Period.RECORD,
    ordinary=["kind", "row_id", "sha256", "spared_because"],
    personal=["title"],
)
declare(SubjectAccessPack, Period.RECORD, ordinary=["request"])

# Certificates are kept for good. A pack goes by itself after its last day, whatever becomes of an inspection.
spare(Document, lambda: Q(holder_type="retention.disposallist"))
spare(Document, lambda: Q(holder_type="retention.subjectaccesspack"))

bring_about(
    About(
        SubjectAccessPack,
        "Packs like this one",
        lambda person: Q(person=person),
        ("request", "made_at", "last_on", "removed_at"),
    )
)
