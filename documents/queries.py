"""What pages need from several places: the documents of a holder, and the part of a page that takes
new ones.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.verdicts import Verdict
from documents import arrivals
from documents.enums import ACCEPTED_WORDS, FILE_TYPES
from documents.holders import Place
from documents.models import Document
from documents.models.document import DocumentQuerySet


@dataclass(frozen=True, slots=True)
class UploadPart:
    """What ``documents/_upload.html`` needs. ``verdict`` says whether this person may add here, and
    if not, why.
    """

    verdict: Verdict
    url: str
    next: str
    key: str
    accept: str = ",".join(f".{ending}" for ending in FILE_TYPES)
    accepted_words: str = ACCEPTED_WORDS
    faults: tuple[str, ...] = ()

    @property
    def limit(self) -> int:
        """The largest file, in bytes."""
        return arrivals.limit()

    @property
    def limit_words(self) -> str:
        return f"{arrivals.limit() // 1024 // 1024:,} MB"


def upload_part(
    person: Any,
    holder_type: str,
    holder_id: str | int,
    *,
    next: str = "",
    faults: tuple[str, ...] = (),
) -> UploadPart:
    """The upload part for one holder's page. ``next`` is where to go when every file was kept
    (default: the holder's page).
    """
    place = Place(holder_type, str(holder_id))
    url = reverse("documents:upload-documents", args=[place.holder_type, place.holder_id])
    verdict = place.may_see(person) & place.may_add(person)
    return UploadPart(
        verdict, url, next or (place.url if verdict else ""), uuid.uuid4().hex, faults=faults
    )


def documents_of(
    holder_type: str, holder_id: str | int, *, every_version: bool = False
) -> DocumentQuerySet:
    """The documents of one holder, newest first; by default only the current version of each. One
    query, flat.
    """
    held = Document.objects.held_by(holder_type, holder_id)
    return held if every_version else held.current()


def document_by_key(person: Any, arrival_key: str) -> Document | None:
    """What an earlier try of the same upload made, or began to make."""
    return (
        Document.objects.filter(uploaded_by=person, arrival_key=arrival_key).first()
        if arrival_key
        else None
    )


def same_document(place: Place, *, agency: int | None, name: str, sha256: str) -> Document | None:
    """The current document of that agency in that place with the same name and the same bytes,
    unless it is in quarantine.
    """
    held = documents_of(place.holder_type, place.holder_id).filter(
        agency=agency, name=name, sha256=sha256
    )
    return held.exclude(state="quarantined").first()


def latest_version(place: Place, *, agency: int | None, name: str) -> Document | None:
    """The newest document of that agency and name in that place."""
    held = Document.objects.held_by(place.holder_type, place.holder_id).filter(
        agency=agency, name=name
    )
    return held.order_by("-version").first()
