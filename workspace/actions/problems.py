"""Telling those who run the system about a problem."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.record import record
from core.mail import post


@transaction.atomic
def report_problem(*, what: str, where: str, to: str, by: User, at: datetime) -> None:
    """The words are on their way to the support address, and that they were sent is on record; the words are not."""
    event = record("workspace.problem_reported", by=by, at=at, subject=by)
    post(
        template="workspace/problem_reported",
        to=to,
        context={"what": what, "where": where, "by": by},
        key=f"problem:{event.number}",
        now=at,
    )
