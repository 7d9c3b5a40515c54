"""When a document may be opened, whoever asks."""

from __future__ import annotations

from core.verdicts import ALLOWED, Verdict, refuse
from documents.enums import DocumentState
from documents.models import Document
from documents.names import short_name


def may_read_document(document: Document) -> Verdict:
    """A document is opened only when it has arrived and the virus scan has let it go."""
    if document.state == DocumentState.AVAILABLE:
        return ALLOWED
    name = short_name(document.name)
    if document.state == DocumentState.SCANNING:
        return refuse(f"“{name}” is still being checked for viruses. Try again in a few minutes.")
    if document.state == DocumentState.QUARANTINED:
        return refuse(
            f"A virus was found in “{name}”, so nobody can open it. Whoever added it can add a "
            "clean copy of the same name."
        )
    return refuse(
        f"“{name}” has not arrived yet. Add it again if this does not change within an hour."
    )
