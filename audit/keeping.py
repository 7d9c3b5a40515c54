"""What this app keeps, and for how long: the record is never shortened, or its chain would break."""

from audit.models import ChainHead, Event
from core.retention import Period, declare

declare(
    Event,
    Period.RECORD,
    ordinary=[
        "name",
        "subject_type",
        "subject_id",
        "inspection_reference",
        "previous_hash",
        "hash",
    ],
    personal=["by_id", "by_name", "details"],
)
declare(ChainHead, Period.IN_USE, ordinary=["last_hash"])
