"""Who may add and open documents: the app that owns the holder answers, then the moment."""

from __future__ import annotations

from typing import Any

from core.verdicts import Verdict
from documents import rules
from documents.holders import Place, place_of
from documents.models import Document


def can_upload_documents(person: Any, place: Place) -> Verdict:
    """Whoever sees the place and may add to it."""
    return place.may_see(person) & place.may_add(person)


def can_know_document(person: Any, document: Document) -> Verdict:
    """Whether this person may know that the document exists. A no is shown as a 404."""
    return place_of(document).may_read(person, document)


def can_read_document(person: Any, document: Document) -> Verdict:
    """Whoever may know of it, once it is available."""
    return can_know_document(person, document) & rules.may_read_document(document)
