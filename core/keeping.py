"""What this app keeps, and for how long."""

from core.models import Job, Letter, ReferenceCounter
from core.retention import Period, declare

declare(Job, Period.NINETY_DAYS, ordinary=["name", "key", "arguments", "claimed_by", "last_error"])
declare(
    Letter,
    Period.OBTAINED,
    ordinary=["key", "template", "subject_reference"],
    personal=["to", "subject", "body", "attachments"],
)
declare(ReferenceCounter, Period.IN_USE, ordinary=["prefix"])
