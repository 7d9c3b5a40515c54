"""What a document belongs to. This app owns the question; the app that owns the thing brings the
answer.

In its ``ready()`` an upper app says ``register("evaluations.selfevaluation", Holder(...))``. A
document of a holder that nobody registered is read by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.verdicts import Verdict, refuse
from documents.models import Document
from documents.models.document import DocumentQuerySet

NOBODY = refuse("No part of the system answers for this document, so nobody may open it.")


def _no_reference(holder_id: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Holder:
    """The answers about one kind of holder. ``holder_id`` is always the string that was given when
    documents came in.

    ``may_see(user, holder_id)``: whether this person knows that the thing exists, and which
    documents it has. A no, or an id that does not exist, is a 404. ``may_add(user, holder_id)``: a
    no is shown with its sentence (403). ``may_read(user, document)``: a no is a 404; left out,
    whoever may see the holder reads its documents. ``which(user, holder_id, documents)``: those of its
    documents that this person reads, for lists; goes with ``may_read``. ``title`` in a sentence ("the joint self-
    evaluation"), ``url`` of its page, ``inspection`` its reference. Those three are asked only
    after ``may_see`` said yes, or for the record.
    """

    may_see: Callable[[Any, str], Verdict]
    may_add: Callable[[Any, str], Verdict]
    title: Callable[[str], str]
    url: Callable[[str], str]
    inspection: Callable[[str], str] = _no_reference
    may_read: Callable[[Any, Document], Verdict] | None = None
    which: Callable[[Any, str, DocumentQuerySet], DocumentQuerySet] | None = None


_HOLDERS: dict[str, Holder] = {}


def register(holder_type: str, holder: Holder) -> None:
    """Answer for documents of this type, ``<app>.<model>``. Twice is an error of ours."""
    if holder_type in _HOLDERS:
        raise ValueError(f"Two apps answer for documents of {holder_type}.")
    _HOLDERS[holder_type] = holder


def forget(holder_type: str) -> None:
    """Take a registration back (tests, which register holders of their own)."""
    _HOLDERS.pop(holder_type, None)


def known() -> frozenset[str]:
    """Every type of holder that somebody answers for."""
    return frozenset(_HOLDERS)


@dataclass(frozen=True, slots=True)
class Place:
    """One holder: where documents are added, or to which they belong."""

    holder_type: str
    holder_id: str

    @property
    def holder(self) -> Holder | None:
        return _HOLDERS.get(self.holder_type)

    @property
    def title(self) -> str:
        """Its title within a sentence."""
        return (
            self.holder.title(self.holder_id) if self.holder else "something that is no longer here"
        )

    @property
    def url(self) -> str:
        return self.holder.url(self.holder_id) if self.holder else "/"

    @property
    def inspection_reference(self) -> str:
        return self.holder.inspection(self.holder_id) if self.holder else ""

    def may_see(self, person: Any) -> Verdict:
        return self.holder.may_see(person, self.holder_id) if self.holder else NOBODY

    def may_add(self, person: Any) -> Verdict:
        return self.holder.may_add(person, self.holder_id) if self.holder else NOBODY

    def may_read(self, person: Any, document: Document) -> Verdict:
        """Whether this person reads that document of this place."""
        if self.holder is None:
            return NOBODY
        if self.holder.may_read is None:
            return self.may_see(person)
        return self.holder.may_read(person, document)

    def which(self, person: Any, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Of these documents of this place, those that a list shows to this person."""
        if self.holder is None or self.holder.which is None:
            return documents
        return self.holder.which(person, self.holder_id, documents)


def place_of(document: Document) -> Place:
    """Where the document belongs."""
    return Place(document.holder_type, document.holder_id)
