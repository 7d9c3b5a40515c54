"""Putting on record who read what: pages that are personal or under embargo, and everything that is taken along.

A reading is recorded once for a quarter of an hour of one person with one page, in a transaction of its own. Where the record is
so busy that it does not answer within ``PATIENCE``, the page is shown all the same and the missing line is logged as an error: somebody
who works on the inspection does not wait for the book-keeping. What leaves the system as a file does wait (``audit.record``).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, models, transaction

from audit.record import ONE_SITTING, record_sitting

logger = logging.getLogger(__name__)

PATIENCE = 2  # seconds that a page waits for its place in the record


def record_reading(
    event: str,
    *,
    by: Any,
    at: datetime,
    subject: models.Model,
    inspection: Any = None,
    sitting: timedelta = ONE_SITTING,
    **details: Any,
) -> None:
    """This person read this. ``details`` say which part, in words that tell nothing of what stands there; ``sitting`` is for how
    long one line is enough."""
    try:
        with transaction.atomic():
            _be_patient()
            record_sitting(
                event,
                by=by,
                at=at,
                subject=subject,
                inspection=inspection,
                sitting=sitting,
                **details,
            )
    except DatabaseError:
        logger.exception(
            "A reading is missing from the record: %s by account %s of %s %s.",
            event,
            by.pk,
            subject._meta.label_lower,
            subject.pk,
        )


def _be_patient() -> None:
    """SQLite waits as long as its connection says (``config/settings/database.py``)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
