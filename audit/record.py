"""Recording and checking the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from audit.models import ChainHead, Event
from audit.proof import Walk

_acting: list[Callable[[Any, Any], str]] = []


def ask_for_whom(ask: Callable[[Any, Any], str]) -> None:
    """Bring what says, of a person and an inspection, for whom they act there: ``for Morag Finlas``, or nothing."""
    if ask not in _acting:
        _acting.append(ask)


def _named(by: Any, inspection: Any) -> str:
    """The doer as the record names them: ``Kirsty Nevis, for Morag Finlas`` where they act as a stand-in."""
    said = [ask(by, inspection) for ask in _acting] if inspection else []
    return ", ".join([str(by), *(words for words in said if words)])[:200]


def record(
    event: str,
    *,
    by: Any,
    at: datetime,
    subject: models.Model,
    inspection: Any = None,
    **details: Any,
) -> Event:
    """Add one event to the chain, in the caller's transaction: no deed without its event, no event without its deed.

    ``event`` is ``<app>.<past tense>``; ``by`` is the person (or the clock's own user); ``subject`` is what it was done to;
    ``inspection`` is the inspection whose log shows it, or its reference; ``details`` are plain values for the sentence.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event} must be recorded in the transaction of its deed.")
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update().get(pk=1)
    row = Event(
        number=head.last_number + 1,
        name=event,
        at=at,
        by_id=by.pk,
        by_name=_named(by, inspection),
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        inspection_reference=getattr(inspection, "reference", inspection or ""),
        details=details,
        previous_hash=head.last_hash,
    )
    row.hash = row.fingerprint()
    row.save(force_insert=True)
    head.last_number, head.last_hash = row.number, row.hash
    head.save()
    return row


ONE_SITTING = timedelta(minutes=15)


def record_sitting(
    event: str,
    *,
    by: Any,
    at: datetime,
    subject: models.Model,
    inspection: Any = None,
    sitting: timedelta = ONE_SITTING,
    **details: Any,
) -> Event | None:
    """As ``record``, but once for a sitting (a quarter of an hour) of one person with one text; None while it is on record.

    For deeds that the autosave does every few seconds. Every version is kept with the text; the log says who was writing.
    """
    lately = Event.objects.about(getattr(inspection, "reference", "")).filter(
        name=event,
        by_id=by.pk,
        at__gte=at - sitting,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
    )
    if any(known.details == details for known in lately):
        return None
    return record(event, by=by, at=at, subject=subject, inspection=inspection, **details)


def broken_links() -> Iterator[str]:
    """Walk the chain and yield a sentence for every place where it does not hold. Nothing means it is whole."""
    return (fault.sentence for fault in Walk().faults())
