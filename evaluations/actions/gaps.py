"""What nobody would be left to write when somebody's parts end: said beforehand, and told to whoever gives out the questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from accounts.models import User
from accounts.roles import Role
from accounts.ties import Gap
from core.jobs import enqueue
from evaluations import emails, queries
from inspections.queries import holders_of


def _gaps_of(person: User, reference: str) -> Iterator[str]:
    for one in queries.written_by_nobody_but(person):
        if reference and one.inspection.reference != reference:
            continue
        yield (
            f"{one.agency} will have nobody left to write {one.questions} of the joint self-evaluation of {one.inspection.area} "
            f"({one.inspection.reference}). The inspection co-ordinator is told, and invites somebody else or gives the "
            "questions to others."
        )


def _ask_to_tell(person: User, at: datetime) -> None:
    if queries.written_by_nobody_but(person, ended_at=at):
        enqueue(
            "evaluations.tell_of_gap",
            key=f"gap:{person.pk}:{at.isoformat()}",
            now=at,
            person=person.pk,
            ended_at=at.isoformat(),
        )


def tell_of_gap(person: User, *, ended_at: datetime) -> None:
    """Whoever co-ordinates hears which questions nobody of the agency writes any more. Safe to repeat: one a person and moment."""
    for one in queries.written_by_nobody_but(person, ended_at=ended_at):
        for reader in holders_of(one.inspection, Role.INSPECTION_COORDINATOR):
            emails.nobody_left_to_write(one, to=reader, left=person, at=ended_at)


GAP = Gap(gaps_of=_gaps_of, tell=_ask_to_tell)
