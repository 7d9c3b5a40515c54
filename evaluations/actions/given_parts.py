"""Giving parts of the joint self-evaluation to the agencies of the partnership."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import Agency, User
from audit.models import Event
from audit.record import record
from core.jobs import enqueue
from core.words import listed
from evaluations import emails, permissions, queries, rules
from evaluations.models import GivenPart, Question
from inspections.models import Inspection


@transaction.atomic
def give_parts(
    inspection: Inspection,
    *,
    parts: Mapping[Question, Collection[Agency]],
    seen: Collection[tuple[int, int]] | None = None,
    by: User,
    at: datetime,
) -> list[str]:
    """Exactly these agencies write the answers to these questions, from now on; other questions stay as they are.

    ``seen`` is what whoever decides this had before them: numbers of questions, each with an agency's key. Of what was given
    meanwhile by somebody else, and so not among it, nothing is taken back; without ``seen`` all is as ``parts`` say.
    Whoever gets a question is told, and whoever loses one: they keep what they wrote in it, and no longer see it.
    Handed back is what changed, in words: nothing where nothing did, and then nothing is recorded.
    """
    inspection = (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("area")
        .get(pk=inspection.pk)
    )
    wanted = {agency for agencies in parts.values() for agency in agencies}
    permissions.can_give_parts(by, inspection).enforce()
    rules.may_give_parts(inspection, agencies=wanted, questions=parts).enforce()
    held = list(
        GivenPart.objects.in_force()
        .filter(inspection=inspection, question__in=list(parts))
        .select_related("question", "agency")
    )
    have = {(part.question_id, part.agency_id) for part in held}
    shown = None if seen is None else set(seen)
    keep = {(question.pk, agency.pk) for question, agencies in parts.items() for agency in agencies}
    new = [
        GivenPart(inspection=inspection, question=question, agency=agency, given_at=at, given_by=by)
        for question, agencies in parts.items()
        for agency in agencies
        if (question.pk, agency.pk) not in have
        and (shown is None or (question.number, agency.pk) not in shown)
    ]
    gone = [
        part
        for part in held
        if (part.question_id, part.agency_id) not in keep
        and (shown is None or (part.question.number, part.agency_id) in shown)
    ]
    for part in gone:
        part.taken_back_at, part.taken_back_by = at, by
        part.save(update_fields=["taken_back_at", "taken_back_by"])
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
    enqueue("evaluations.tell_of_parts", key=f"parts:{event.number}", now=at, event=event.number)
    return changes


def tell_of_parts(event: Event) -> None:
    """Every contributor whose agency got questions by this deed, or lost some, gets a letter. Safe to repeat: one a person."""
    inspection = Inspection.objects.select_related("area").get(pk=event.subject_id)
    parts = GivenPart.objects.filter(inspection=inspection).select_related("question")
    given = _numbers(parts.filter(given_at=event.at))
    lost = _numbers(parts.filter(taken_back_at=event.at))
    for one in queries.writers_of(inspection):
        for person in one.people:
            if numbers := given.get(one.agency.pk):
                emails.parts_given(inspection, to=person, numbers=numbers, event=event)
            if numbers := lost.get(one.agency.pk):
                emails.parts_taken_back(inspection, to=person, numbers=numbers, event=event)


def _numbers(parts: Iterable[GivenPart]) -> dict[int, list[int]]:
    """By agency, the numbers of the questions."""
    found: dict[int, list[int]] = {}
    for part in parts:
        found.setdefault(part.agency_id, []).append(part.question.number)
    return {agency: sorted(numbers) for agency, numbers in found.items()}
