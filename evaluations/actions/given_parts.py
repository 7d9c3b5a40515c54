"""Giving parts of the joint self-evaluation to the agencies of the partnership."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import Agency, User
from audit.record import record
from core.words import listed
from evaluations import emails, queries, rules
from evaluations.models import GivenPart, Question
from inspections.models import Inspection


@transaction.atomic
def give_parts(
    inspection: Inspection,
    *,
    parts: Mapping[Question, Collection[Agency]],
    by: User,
    at: datetime,
) -> list[str]:
    """Exactly these agencies write the answers to these questions, from now on; other questions stay as they are.

    Whoever gets a question is told; from whom one is taken back keeps what they wrote in it, and no longer sees it.
    Handed back is what changed, in words: nothing where nothing did, and then nothing is recorded.
    """
    inspection = (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("area")
        .get(pk=inspection.pk)
    )
    wanted = {agency for agencies in parts.values() for agency in agencies}
    rules.may_give_parts(inspection, agencies=wanted).enforce()
    held = list(
        GivenPart.objects.in_force()
        .filter(inspection=inspection, question__in=list(parts))
        .select_related("question", "agency")
    )
    have = {(part.question_id, part.agency_id) for part in held}
    keep = {(question.pk, agency.pk) for question, agencies in parts.items() for agency in agencies}
    new = [
        GivenPart(inspection=inspection, question=question, agency=agency, given_at=at, given_by=by)
        for question, agencies in parts.items()
        for agency in agencies
        if (question.pk, agency.pk) not in have
    ]
    gone = [part for part in held if (part.question_id, part.agency_id) not in keep]
    for part in gone:
        part.taken_back_at, part.taken_back_by = at, by
        part.save()
    for part in new:
        part.save()
    changes = [f"question {part.question.number} to {part.agency}" for part in new]
    changes += [f"question {part.question.number} back from {part.agency}" for part in gone]
    if not changes:
        return []
    event = record(
        "evaluations.parts_given",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        changes=listed(changes),
    )
    numbers: dict[int, list[int]] = {}
    for part in new:
        numbers.setdefault(part.agency_id, []).append(part.question.number)
    for one in queries.writers_of(inspection):
        for person in one.people if one.agency.pk in numbers else ():
            emails.parts_given(
                inspection, to=person, numbers=sorted(numbers[one.agency.pk]), event=event
            )
    return changes
