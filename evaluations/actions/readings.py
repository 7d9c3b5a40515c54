"""Who read evidence and evaluations, and who took them along."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.readings import record_reading
from audit.record import record
from inspections.models import Inspection


def read_evidence(inspection: Inspection, *, part: str, by: User, at: datetime) -> None:
    """This person has read the list of evidence, or one item."""
    record_reading(
        "evaluations.evidence_read",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        part=part,
    )


def read_evaluations(inspection: Inspection, *, part: str, by: User, at: datetime) -> None:
    """This person has read the evaluations, or one of them, as far as they are shown to them. No level is recorded."""
    record_reading(
        "evaluations.evaluations_read",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        part=part,
    )


def read_self_evaluation(inspection: Inspection, *, part: str, by: User, at: datetime) -> None:
    """This person has read what the partnership says of itself: one answer, its earlier versions, or all of it."""
    record_reading(
        "evaluations.self_evaluation_read",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        part=part,
    )


@transaction.atomic
def take_evidence(inspection: Inspection, *, kind: str, count: int, by: User, at: datetime) -> None:
    """This person takes a list of evidence out of the system: on record before the first byte, each time."""
    record(
        "evaluations.evidence_taken",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        kind=kind,
        count=count,
    )
