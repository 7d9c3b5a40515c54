"""What this app brings to the desk: the self-evaluation, evidence that is missing, and the four evaluations.

Of everything sealed and unrevealed only the reader's own seals are fetched, and no level of anybody (invariant 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F, Q

from accounts.roles import Capability
from core.words import counted, listed, number
from evaluations.enums import AnswerPart, EvaluationState, SealState
from evaluations.models import (
    Evaluation,
    Evaluator,
    EvidenceItem,
    GivenPart,
    Question,
    SealedEvaluation,
    SelfEvaluation,
)
from evaluations.models.framework import spoken
from evaluations.rules.evidence import COLLECTING
from inspections.desk import Deed, Desk, Weight
from inspections.desk import bring as bring_to
from inspections.enums import InspectionState
from inspections.models import Inspection

MEETING = "evaluation_meeting"


def _questions(found: Iterable[Inspection]) -> dict[str, list[int]]:
    """The numbers of the questions of each framework in use, in one query."""
    keys = {one.framework_key for one in found if one.framework_key}
    rows = Question.objects.filter(framework__key__in=keys).order_by("framework__key", "number")
    return {
        key: [number for _, number in group]
        for key, group in groupby(
            rows.values_list("framework__key", "number"), key=lambda row: row[0]
        )
    }


def self_evaluation(desk: Desk) -> Iterator[Deed]:
    """The partnership writes its joint self-evaluation, and the co-ordinator sends it in."""
    writing = desk.where(Capability.ANSWER_SELF_EVALUATION, *COLLECTING)
    if not writing:
        return
    sends = set(desk.where(Capability.SUBMIT_SELF_EVALUATION, *COLLECTING))
    questions = _questions(writing)
    rows = SelfEvaluation.objects.filter(inspection__in=[one.pk for one in writing]).annotate(
        written=Count("answers", filter=Q(answers__text__regex=r"\S"), distinct=True),
        linked=Count("links__question", distinct=True),
    )
    stands = {row.inspection_id: row for row in rows}
    given = _given(desk, [one for one in writing if one not in sends])
    for one in writing:
        found = stands.get(one.pk)
        if found and found.is_received:
            continue
        if one in given:
            yield from _own_part(one, given[one])
            continue
        total = len(questions.get(one.framework_key, [])) * len(AnswerPart)
        written = found.written if found else 0
        bare = len(questions.get(one.framework_key, [])) - (found.linked if found else 0)
        if written < total:
            yield Deed(
                one,
                "answer_question",
                "Joint self-evaluation with linked evidence",
                _written(written, total) + _bare(bare),
                "Go on writing" if written else "Begin",
                "evaluations:self-evaluation",
                step="self_evaluation_due",
            )
        elif one in sends:
            yield Deed(
                one,
                "submit_self_evaluation",
                "The joint self-evaluation is ready to send in",
                f"All {number(total)} parts are written.{_bare(bare)}",
                "Read and send it in",
                "evaluations:submit-self-evaluation",
                step="self_evaluation_due",
            )


def _given(desk: Desk, found: list[Inspection]) -> dict[Inspection, dict[int, int]]:
    """Where an agency writes: by the number of each question given to it, how many parts of its answer are written."""
    if not found:
        return {}
    parts = GivenPart.objects.in_force().filter(inspection__in=[one.pk for one in found])
    rows = (
        parts.filter(agency=desk.person.agency_id)
        .order_by("question__number")
        .annotate(
            written=Count(
                "inspection__self_evaluation__answers",
                filter=Q(
                    inspection__self_evaluation__answers__question=F("question"),
                    inspection__self_evaluation__answers__text__regex=r"\S",
                ),
            )
        )
    )
    given: dict[Inspection, dict[int, int]] = {one: {} for one in found}
    by_pk = {one.pk: one for one in found}
    for pk, question, written in rows.values_list("inspection_id", "question__number", "written"):
        given[by_pk[pk]][question] = written
    return given


def _own_part(one: Inspection, given: dict[int, int]) -> Iterator[Deed]:
    """What an agency has still to write; nothing where nothing is given to it, or all of it is written."""
    total, written = len(given) * len(AnswerPart), sum(given.values())
    if written >= total:
        return
    said = listed([str(number) for number in given])
    yield Deed(
        one,
        "answer_question",
        f"Joint self-evaluation: question{'' if len(given) == 1 else 's'} {said}",
        f"Given to your agency. {_written(written, total)}",
        "Go on writing" if written else "Begin",
        "evaluations:self-evaluation",
        step="self_evaluation_due",
    )


def _written(parts: int, of: int) -> str:
    if not parts:
        return "Nothing is written yet."
    verb = "is" if parts == 1 else "are"
    return f"{number(parts).capitalize()} of {number(of)} parts {verb} written."


def _bare(questions: int) -> str:
    """The uploads that are missing, as a sentence behind another."""
    if not questions:
        return ""
    return f" {counted(questions, 'question has,questions have').capitalize()} no evidence linked."


def evidence(desk: Desk) -> Iterator[Deed]:
    """In phase two: questions to which nothing has been recorded, which hold the gate (R39)."""
    recording = desk.where(Capability.RECORD_EVIDENCE, InspectionState.PHASE_TWO)
    if not recording:
        return
    questions = _questions(recording)
    pairs = set(
        EvidenceItem.questions.through.objects.filter(
            evidenceitem__inspection__in=[one.pk for one in recording]
        )
        .order_by()
        .values_list("evidenceitem__inspection_id", "question__number")
        .distinct()
    )
    for one in recording:
        missing = [n for n in questions.get(one.framework_key, []) if (one.pk, n) not in pairs]
        if missing:
            said = listed([str(n) for n in missing])
            yield Deed(
                one,
                "record_evidence",
                f"No evidence yet for question{'' if len(missing) == 1 else 's'} {said}",
                f"{one.area.name}. Phase two does not end without it.",
                "Record evidence",
                "evaluations:record-evidence",
                step="end_phase_two",
            )


@dataclass(frozen=True, slots=True)
class _Row:
    """One of the four: where it is. Nothing of what anybody thinks."""

    pk: int
    inspection: int
    group: str
    state: str


def evaluating(desk: Desk) -> Iterator[Deed]:
    """The four evaluations in phase three: opened, sealed alone, proposed, shared, confirmed (R40 to R42)."""
    phase = InspectionState.PHASE_THREE
    asks = (
        Capability.OPEN_EVALUATING,
        Capability.SEAL_EVALUATION,
        Capability.PROPOSE_EVALUATION,
        Capability.CONFIRM_EVALUATION,
        Capability.EXCUSE_EVALUATOR,
        Capability.SEE_SHARED_EVALUATIONS,
    )
    sets = {ask: set(desk.where(ask, phase)) for ask in asks}
    concerned = desk.any_of(*sets.values())
    if not concerned:
        return
    four = _the_four(concerned)
    alone = [one for one in concerned if _in(four, one, EvaluationState.EVALUATING)]
    waited_for = _waited_for(desk, alone)
    for one in concerned:
        rows = four.get(one.pk, [])
        if not rows and one in sets[Capability.OPEN_EVALUATING]:
            yield _open(one)
        if one.pk in waited_for and one in sets[Capability.SEAL_EVALUATION]:
            yield from _seal(one, waited_for[one.pk], rows)
        if one in alone and one in sets[Capability.EXCUSE_EVALUATOR]:
            yield _chase(one)
        if one in sets[Capability.PROPOSE_EVALUATION]:
            yield from _propose_and_share(one, rows)
        if one in sets[Capability.CONFIRM_EVALUATION]:
            yield from _confirm(one, rows)
        if one in sets[Capability.SEE_SHARED_EVALUATIONS]:
            yield from _read(one, rows)


def _the_four(found: list[Inspection]) -> dict[int, list[_Row]]:
    rows: dict[int, list[_Row]] = {}
    picked = Evaluation.objects.filter(inspection__in=[one.pk for one in found])
    for row in picked.order_by("group__order").values_list(
        "pk", "inspection_id", "group__key", "state"
    ):
        rows.setdefault(row[1], []).append(_Row(*row))
    return rows


def _in(four: dict[int, list[_Row]], one: Inspection, state: EvaluationState) -> list[_Row]:
    return [row for row in four.get(one.pk, []) if row.state == state]


def _waited_for(desk: Desk, alone: list[Inspection]) -> dict[int, set[int]]:
    """Where this person serves as an evaluator: which of the four they have sealed themselves. Their own seals alone."""
    if not alone:
        return {}
    pks = [one.pk for one in alone]
    serving = Evaluator.objects.serving().filter(inspection__in=pks, person=desk.person)
    own = {pk: set[int]() for pk in serving.order_by().values_list("inspection_id", flat=True)}
    sealed = SealedEvaluation.objects.of(desk.person).filter(
        evaluation__inspection__in=pks, state=SealState.SEALED
    )
    for inspection, evaluation in sealed.order_by().values_list(
        "evaluation__inspection_id", "evaluation_id"
    ):
        own.setdefault(inspection, set()).add(evaluation)
    return own


def _open(one: Inspection) -> Deed:
    return Deed(
        one,
        "open_evaluating",
        f"Open evaluating for {one.area.name}",
        "Each inspector then evaluates alone before anybody sees another's.",
        "Open evaluating",
        "evaluations:open-evaluating",
        step=MEETING,
    )


def _seal(one: Inspection, own: set[int], rows: list[_Row]) -> Iterator[Deed]:
    left = [row for row in rows if row.pk not in own and row.state == EvaluationState.EVALUATING]
    if not left:
        return
    done = len(rows) - len(left)
    so_far = f"You have sealed {number(done)} of {number(len(rows))}. " if done else ""
    yield Deed(
        one,
        "seal_evaluation",
        f"Evaluate {one.area.name}: {counted(len(left), 'evaluation,evaluations')} to seal",
        f"{so_far}Nobody sees yours, and you see nobody's, before everybody has sealed.",
        f"Evaluate {spoken(left[0].group)}",
        "evaluations:evaluation",
        args=(one.reference, left[0].group),
        weight=Weight.OTHERS_WAIT,
        step=MEETING,
    )


def _chase(one: Inspection) -> Deed:
    return Deed(
        one,
        "excuse_evaluator",
        f"Not everybody has sealed the evaluations of {one.area.name}",
        "See for whom the others wait. Whoever cannot seal is excused, with a reason.",
        "See who is waited for",
        "evaluations:evaluations",
        step=MEETING,
        once_late=True,
    )


def _propose_and_share(one: Inspection, rows: list[_Row]) -> Iterator[Deed]:
    revealed = [row for row in rows if row.state == EvaluationState.REVEALED]
    proposed = [row for row in rows if row.state == EvaluationState.TEAM_PROPOSED]
    if revealed:
        yield Deed(
            one,
            "propose_evaluation",
            f"Propose {counted(len(revealed), 'evaluation,evaluations')} of {one.area.name}",
            "Everybody has sealed. Record what the team proposes, why, and who held another view.",
            f"Propose {spoken(revealed[0].group)}",
            "evaluations:propose-evaluation",
            args=(one.reference, revealed[0].group),
            weight=Weight.OTHERS_WAIT,
            step=MEETING,
        )
    if rows and len(proposed) == len(rows):
        yield Deed(
            one,
            "share_evaluations",
            f"Share the provisional evaluations with {one.area.name}",
            "The team has proposed all four. The panel decides once the partnership has seen them.",
            "Share them",
            "evaluations:share-evaluations",
            weight=Weight.OTHERS_WAIT,
            step="findings_meeting",
        )


def _confirm(one: Inspection, rows: list[_Row]) -> Iterator[Deed]:
    waiting = [row for row in rows if row.state == EvaluationState.SHARED]
    if waiting:
        yield Deed(
            one,
            "confirm_evaluation",
            f"Decide on {counted(len(waiting), 'evaluation,evaluations')} of {one.area.name}",
            f"The team has proposed, the partnership has seen: {listed([spoken(row.group) for row in waiting])}.",
            f"Decide on {spoken(waiting[0].group)}",
            "evaluations:confirm-evaluation",
            args=(one.reference, waiting[0].group),
            weight=Weight.OTHERS_WAIT,
            step="panel",
        )


def _read(one: Inspection, rows: list[_Row]) -> Iterator[Deed]:
    """What the partnership has been shown, while it is before the panel."""
    if rows and all(row.state == EvaluationState.SHARED for row in rows):
        yield Deed(
            one,
            "evaluations",
            "Provisional evaluations are shared with you",
            "The panel has not decided yet; they may change.",
            "Read them",
            "evaluations:evaluations",
            weight=Weight.WHEN_YOU_CAN,
        )


def bring() -> None:
    """Bring them all."""
    for source in (self_evaluation, evidence, evaluating):
        bring_to(f"evaluations.{source.__name__}", source)
