"""Taking documents in, and settling what the virus scan said."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from audit.record import record
from core.jobs import each, enqueue, one_after_another
from core.verdicts import Verdict
from documents import arrivals, clamav, names, permissions, queries, rules
from documents.arrivals import Arrival
from documents.enums import MADE_TYPES, DocumentState, Scan
from documents.holders import Place, place_of
from documents.models import Document
from documents.models.document import opaque_path

logger = logging.getLogger(__name__)
UNFINISHED_FOR = timedelta(hours=1)
UNKNOWN_FOR = timedelta(days=1)
AT_ONCE = 100  # files of one name that may become visible in the same instant: each round, one does


@dataclass(slots=True)
class Outcome:
    """What became of one upload: the documents kept (new, or there already), and the files refused
    with their verdicts.
    """

    kept: list[Document] = field(default_factory=list)
    again: list[Document] = field(default_factory=list)
    refused: list[tuple[str, Verdict]] = field(default_factory=list)

    @property
    def documents(self) -> list[Document]:
        """Everything that is now in the place, of what was sent."""
        return self.kept + self.again


def upload_documents(
    place: Place, *, files: Sequence[Arrival], by: Any, at: datetime, key: str = ""
) -> Outcome:
    """Keep the good files of one upload; the others leave no row and no file.

    In this order: each file is looked at; a row that nobody sees is committed; the bytes are moved
    to their place; then all rows become visible in one transaction with one event, and the virus
    scan is asked for. So it must not be called inside a transaction that may be undone. Killed
    anywhere in between, nothing shows, the same files with the same ``key`` finish the work, and
    the clock clears the rest. Raises ``Refused`` for somebody who may not add here.
    """
    permissions.can_upload_documents(by, place).enforce()
    outcome, arrived = Outcome(), []
    for file in files:
        verdict = rules.may_keep_file(file)
        if not verdict:
            outcome.refused.append((file.given_name, verdict))
            continue
        found = queries.same_document(
            place, agency=by.agency_id, name=file.given_name, sha256=file.sha256
        )
        if found is None:
            found = _begin(place, file, by=by, at=at, key=key)
        if found.state != DocumentState.ARRIVING:
            outcome.again.append(found)
        elif _keep_bytes(found, file):
            arrived.append(found)
        else:
            outcome.refused.append((file.given_name, arrivals.no_room(file.given_name)))
    _finish(place, arrived, outcome, by=by, at=at)
    return outcome


def keep_generated(
    content: bytes,
    *,
    name: str,
    holder_type: str,
    holder_id: str | int,
    inspection: str,
    by: Any,
    at: datetime,
) -> Document:
    """Keep a file that this system made (a letter, a report) in the caller's transaction, available
    at once.

    ``inspection`` is its reference. The same name and bytes again give the same document, so a job
    may be repeated; other bytes give the next version within the agency of ``by``. The caller's deed is the one on record.
    Raises ValueError for a name whose ending is not known.
    """
    cleaned = names.clean_name(name)
    if names.ending_of(cleaned) not in MADE_TYPES or not content:
        raise ValueError(f"A generated file needs a known ending and some bytes: {cleaned}")
    place = Place(holder_type, str(holder_id))
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        found = queries.same_document(place, agency=by.agency_id, name=cleaned, sha256=digest)
        if found is not None:
            return found
        with Arrival.from_bytes(content, name=cleaned) as file:
            if not file.verdict:
                raise OSError(file.verdict.sentence)
            document = _row(place, file, by=by, at=at, inspection=inspection)
            document.save(force_insert=True)
            _move(document, file)
        document.state, document.scan = DocumentState.AVAILABLE, Scan.OURS
        shown = _show(document, place)
    assert shown is not None  # its row is of this very transaction
    return shown


@transaction.atomic
def read_document(document: Document, *, by: Any, at: datetime) -> None:
    """Put on record that this person opened the document, before the first byte is sent."""
    permissions.can_read_document(by, document).enforce()
    record(
        "documents.document_read",
        by=by,
        at=at,
        subject=document,
        inspection=document.inspection_reference,
        kind=document.kind,
        version=document.version,
        place=place_of(document).title,
    )


@transaction.atomic
def clear_document(document: Document, *, scan: Scan, by: Any, at: datetime) -> bool:
    """Make a document available after the scan found nothing, or because no scanner is configured
    any more.

    False when it was settled before: the scan may be asked twice.
    """
    return _settle(
        document, DocumentState.AVAILABLE, scan, "documents.document_cleared", by=by, at=at
    )


@transaction.atomic
def quarantine_document(document: Document, *, by: Any, at: datetime) -> bool:
    """Close a document in which a virus was found. Its bytes stay where they are, for nobody. False
    when settled before.
    """
    return _settle(
        document,
        DocumentState.QUARANTINED,
        Scan.FOUND,
        "documents.document_quarantined",
        by=by,
        at=at,
    )


def clear_leftovers(*, at: datetime) -> int:
    """Remove what killed processes left: half-written files, rows that never became visible, files
    that no row names.

    Nobody ever saw any of it, so nothing goes on record. The number of things removed.
    """
    removed = [arrivals.clear_abandoned(before=at - UNFINISHED_FOR)]
    one_after_another(
        lambda: each(
            Document.objects.abandoned(at - UNFINISHED_FOR),
            lambda document: removed.append(_clear_abandoned(document)),
        ),
        lambda: removed.append(_remove_unknown(before=at - UNKNOWN_FOR)),
    )
    return sum(removed)


def _clear_abandoned(document: Document) -> int:
    gone, _ = Document.objects.filter(pk=document.pk, state=DocumentState.ARRIVING).delete()
    if gone:
        default_storage.delete(opaque_path(document.public_id))
    return 1 if gone else 0


# ---------- The steps ----------


def _row(place: Place, file: Arrival, *, by: Any, at: datetime, inspection: str) -> Document:
    return Document(
        holder_type=place.holder_type,
        holder_id=place.holder_id,
        inspection_reference=inspection,
        title=names.title_of(file.given_name),
        name=file.given_name,
        content_type=MADE_TYPES[names.ending_of(file.given_name)].content_type,
        size=file.size,
        sha256=file.sha256,
        uploaded_by=by,
        uploaded_at=at,
        agency=by.agency,
    )


def _begin(place: Place, file: Arrival, *, by: Any, at: datetime, key: str) -> Document:
    """The row of this file: a new one that nobody sees, or the one that an earlier try began or
    finished.
    """
    arrival_key = _arrival_key(place, file, key)
    document = _row(place, file, by=by, at=at, inspection=place.inspection_reference)
    document.arrival_key = arrival_key
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        found = queries.document_by_key(by, arrival_key)
        if found is not None:
            return found
        document.save(force_insert=True)  # the other try had no room and took its row back
    return document


def _arrival_key(place: Place, file: Arrival, key: str) -> str:
    """The sender's key together with place, name and bytes: a form sent again with another file in
    it is another upload.
    """
    if not key:
        return ""
    whole = "\n".join((key, place.holder_type, place.holder_id, file.given_name, file.sha256))
    return hashlib.sha256(whole.encode()).hexdigest()


def _keep_bytes(document: Document, file: Arrival) -> bool:
    """Move the bytes to their place. False, with the row taken back, when there is no room for
    them.
    """
    try:
        _move(document, file)
    except OSError:
        logger.exception("The bytes of an upload could not be stored.")
        Document.objects.filter(pk=document.pk, state=DocumentState.ARRIVING).delete()
        return False
    return True


def _move(document: Document, file: Arrival) -> None:
    """Put the bytes under the document's own path. An earlier try of the same upload put the same
    bytes there.
    """
    path = opaque_path(document.public_id)
    if not default_storage.exists(path):
        stored = default_storage.save(path, file)
        if stored != path:  # another try was quicker by a moment
            default_storage.delete(stored)
    document.file.name = path


def _finish(
    place: Place, arrived: Sequence[Document], outcome: Outcome, *, by: Any, at: datetime
) -> None:
    """Make the whole upload visible: states, versions, one event, the scans; all or nothing."""
    scanned = bool(clamav.address())
    with transaction.atomic():
        # In the same order for everybody, so that two uploads never wait for each other.
        for document in sorted(arrived, key=lambda one: (one.name, one.sha256)):
            document.state = DocumentState.SCANNING if scanned else DocumentState.AVAILABLE
            document.scan = Scan.WAITING if scanned else Scan.NOT_SCANNED
            shown = _show(document, place)
            if shown is None:
                outcome.refused.append((document.name, arrivals.no_room(document.name)))
            elif shown is not document:
                outcome.again.append(shown)
            else:
                outcome.kept.append(document)
                if scanned:
                    enqueue("documents.scan", key=str(document.pk), now=at, document=document.pk)
        outcome.kept.sort(key=arrived.index)
        if outcome.kept:
            record(
                "documents.documents_uploaded",
                by=by,
                at=at,
                subject=outcome.kept[0],
                inspection=place.inspection_reference,
                count=_count(len(outcome.kept)),
                place=place.title,
                documents=[str(document.public_id) for document in outcome.kept],
            )


def _show(document: Document, place: Place) -> Document | None:
    """Make one row visible, in the caller's transaction; what people then see of this file.

    The same document with its version; or, when another sending of the same file was quicker, the
    one that sending made; or None when another try of the same upload found no room and took the row
    back.
    """
    row = Document.objects.select_for_update().filter(pk=document.pk).first()
    if row is not None and row.state != DocumentState.ARRIVING:
        return row
    for _ in range(AT_ONCE):
        # The newest first: whatever becomes visible after this line is seen by the next, or takes the number.
        latest = queries.latest_version(place, agency=document.agency_id, name=document.name)
        same = queries.same_document(
            place, agency=document.agency_id, name=document.name, sha256=document.sha256
        )
        if same is not None or row is None:
            _take_back(document)
            return same
        document.version = latest.version + 1 if latest else 1
        document.supersedes = latest
        try:
            with transaction.atomic():
                document.save(force_update=True)
        except IntegrityError:
            continue  # another file of that name became visible in the meantime: look again
        return document
    raise RuntimeError(f"{AT_ONCE} files of one name became visible at the same moment.")


def _take_back(document: Document) -> None:
    """Remove a row that nobody saw, and its bytes once that is certain."""
    path = opaque_path(document.public_id)
    Document.objects.filter(pk=document.pk, state=DocumentState.ARRIVING).delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def _settle(
    document: Document, state: DocumentState, scan: Scan, event: str, *, by: Any, at: datetime
) -> bool:
    moved = Document.objects.filter(pk=document.pk, state=DocumentState.SCANNING).update(
        state=state, scan=scan, scanned_at=at
    )
    if moved:
        document.refresh_from_db()
        place = place_of(document)
        record(
            event,
            by=by,
            at=at,
            subject=document,
            inspection=document.inspection_reference,
            place=place.title,
        )
    return bool(moved)


def _count(number: int) -> str:
    return "a document" if number == 1 else f"{number} documents"


def _remove_unknown(*, before: datetime) -> int:
    """Stored files, older than that moment, that no row names: a transaction was undone after its
    bytes were written.
    """
    removed = 0
    shelves, _ = _listed("documents")
    for shelf in shelves:
        _, files = _listed(f"documents/{shelf}")
        public_ids = [name for name in files if re.fullmatch("[0-9a-f]{32}", name)]
        known = Document.objects.filter(public_id__in=public_ids).values_list(
            "public_id", flat=True
        )
        paths = {f"documents/{shelf}/{name}" for name in files}
        for path in paths - {opaque_path(public_id) for public_id in known}:
            if default_storage.get_modified_time(path) < before:
                default_storage.delete(path)
                removed += 1
    return removed


def _listed(path: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(path)
    except FileNotFoundError:
        return [], []
