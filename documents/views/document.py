"""One document, to those who may read it. Each reading is on record."""

from __future__ import annotations

import logging
from io import BytesIO
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone

from core.verdicts import refuse
from core.web import find_or_404, page
from documents import permissions
from documents.actions import documents as actions
from documents.models import Document

logger = logging.getLogger(__name__)

# A document that is shown may draw itself and nothing else: no script, no style, no form, no frame around it.
SHOWN_POLICY = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'none'; frame-ancestors 'none'"
CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@page("GET", records_reading=True)
def document(request: HttpRequest, public_id: UUID) -> FileResponse:
    """Send the bytes as they were received; ``?show`` lets the browser show a PDF or a picture."""
    found = find_or_404(Document.objects.arrived(), public_id=public_id)
    if not permissions.can_know_document(request.user, found):
        raise Http404
    permissions.can_read_document(request.user, found).enforce()

    stream = _open(found)
    if request.method == "HEAD":
        stream.close()
        stream = BytesIO()
    else:
        actions.read_document(found, by=request.user, at=timezone.now())

    shown = "show" in request.GET and found.can_be_shown
    response = FileResponse(
        stream, as_attachment=not shown, filename=found.name, content_type=found.content_type
    )
    response["Content-Length"] = str(found.size)
    response["Content-Security-Policy"] = _policy(found, shown)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _open(found: Document):
    """The stored bytes. A file that is missing is our fault, and is said and logged as such."""
    try:
        return found.file.open("rb")
    except OSError:
        logger.exception("The stored file of document %s is missing.", found.public_id)
        refuse(
            f"The stored file of “{found.title}” cannot be found. This is a fault of the system: "
            "tell the support officer."
        ).enforce()


def _policy(found: Document, shown: bool) -> str:
    """A sandbox for everything but a PDF that is shown: in a sandbox browsers do not start their
    PDF reader.
    """
    return SHOWN_POLICY if shown and found.content_type == "application/pdf" else CLOSED_POLICY
