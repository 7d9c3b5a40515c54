"""The clock's part: the virus scan, and clearing what killed processes left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from accounts.models import system_user
from core.jobs import each, enqueue, job, recurring
from core.models import LIVE, Job
from documents import clamav
from documents.actions import documents as actions
from documents.enums import DocumentState, Scan
from documents.models import Document


@job("documents.scan", lease=timedelta(minutes=10), tries=20)
def scan_document(*, document: int, now: datetime, heartbeat: Callable[[], None]) -> None:
    """Ask the virus scanner about one document. Without an answer it stays as it is, and is asked
    again later.
    """
    found = Document.objects.filter(pk=document, state=DocumentState.SCANNING).first()
    if found is None:
        return
    if not clamav.address():
        actions.clear_document(found, scan=Scan.NOT_SCANNED, by=system_user(), at=now)
        return
    with found.file.open("rb") as stream:
        virus = clamav.scan(stream)
    heartbeat()
    if virus:
        actions.quarantine_document(found, by=system_user(), at=now)
    else:
        actions.clear_document(found, scan=Scan.CLEAN, by=system_user(), at=now)


@recurring("documents.scan_waiting", every=timedelta(minutes=5))
def scan_waiting(*, now: datetime) -> None:
    """See that every document that waits for the scan has its job: after a long outage the old one
    was given up.
    """
    live = Job.objects.filter(name="documents.scan", state__in=LIVE).values_list("key", flat=True)
    asked = {int(key) for key in live}
    waiting = Document.objects.waiting_for_scan().values_list("pk", flat=True)
    each(
        sorted(set(waiting) - asked),
        lambda pk: enqueue("documents.scan", key=str(pk), now=now, document=pk),
    )


@recurring("documents.clear_leftovers", every=timedelta(hours=1))
def clear_leftovers(*, now: datetime) -> None:
    """Clear half-written files and rows that nobody will finish."""
    actions.clear_leftovers(at=now)
