"""What this app keeps, and for how long. A file may hold anything, so its bytes count as special, its names as personal."""

from __future__ import annotations

from django.core.files.storage import default_storage

from core.disposal import Disposal, Rows, bring, delete
from core.retention import Period, declare
from documents.models import Document
from documents.models.document import opaque_path

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


def destroy(disposal: Disposal, rows: Rows) -> None:
    """The bytes go first: killed in between, the row is still there to say that the work is not done."""
    for document in rows.all():
        default_storage.delete(opaque_path(document.public_id))
    delete(disposal, rows)


bring(
    Disposal(
        Document,
        "file,files",
        destroy,
        title=lambda document: f"{document.title}, {document.kind}, version {document.version}",
        inspection="inspection_reference",
        fingerprint=lambda document: (document.size, document.sha256),
        order=80,
    )
)
