"""What this app keeps, and for how long. A file may hold anything, so its bytes count as special, its names as personal."""

from core.retention import Period, declare
from documents.models import Document

declare(
    Document,
    Period.OBTAINED,
    ordinary=[
        "holder_type",
        "holder_id",
        "inspection_reference",
        "content_type",
        "sha256",
        "arrival_key",
    ],
    personal=["title", "name"],
    special=["file"],
)
