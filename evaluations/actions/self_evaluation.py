"""The partnership's joint self-evaluation: writing, linking evidence, sending it in, and its receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.record import record, record_sitting
from core.jobs import enqueue
from core.versions import is_newest
from documents.models import Document
from evaluations import exports, permissions, queries, rules
from evaluations.enums import AnswerPart, SelfEvaluationState
from evaluations.models import Answer, EvidenceLink, Question, ReceiptLine, SelfEvaluation
from inspections.actions.steps import complete_step_by_deed
from inspections.models import Inspection


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into one box, and the version of the text that stood there when they began (0: none)."""

    text: str
    version: int


@dataclass(slots=True)
class Saved:
    """What became of one save, box by box: ``answers`` hold what was typed, and ``written`` are those that did not before.

    Somebody else has changed the others meanwhile: ``untouched`` where nothing was typed, ``conflicts`` where both did.
    """

    answers: list[Answer] = field(default_factory=list)
    written: list[Answer] = field(default_factory=list)
    untouched: list[Answer] = field(default_factory=list)
    conflicts: list[Answer] = field(default_factory=list)


def _lock(inspection: Inspection) -> Inspection:
    return (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("area", "method")
        .get(pk=inspection.pk)
    )


def _begun(inspection: Inspection, *, at: datetime) -> SelfEvaluation:
    """The joint self-evaluation, which comes into being with the first word or link."""
    kept, _ = SelfEvaluation.objects.get_or_create(
        inspection=inspection, defaults={"opened_at": at}
    )
    return kept


@transaction.atomic
def answer_question(
    inspection: Inspection,
    *,
    question: Question,
    texts: Mapping[AnswerPart, Typed],
    by: User,
    at: datetime,
) -> Saved:
    """Each box that nobody else has changed since holds what was typed, as its next version; the others are handed
    back.

    Nothing is overwritten: a box whose text was saved by somebody else meanwhile stays as it is and is among
    the conflicts; where nothing was typed, what came being the version it was based on, it is among the untouched.
    Every version is kept in the history. The log gets one event for a quarter of an hour of writing by one person
    in one question, since this is also called by the autosave.
    """
    inspection = _lock(inspection)
    permissions.can_answer_question(by, inspection, question).enforce()
    stored = {
        answer.part: answer
        for answer in Answer.objects.filter(
            self_evaluation__inspection=inspection, question=question
        ).select_related("changed_by")
    }
    saved, kept = Saved(), None
    for part, typed in texts.items():
        answer = stored.get(part.value)
        if (answer.text if answer else "") == typed.text:
            saved.answers += [answer] if answer else []
        elif answer and not is_newest(answer, based_on=typed.version):
            (saved.untouched if _is_untouched(answer, typed) else saved.conflicts).append(answer)
        else:
            kept = kept or _begun(inspection, at=at)
            answer = answer or Answer(self_evaluation=kept, question=question, part=part, version=0)
            saved.written.append(_write(answer, typed.text, by=by, at=at))
            saved.answers.append(answer)
    if kept:
        record_sitting(
            "evaluations.question_answered",
            by=by,
            at=at,
            subject=kept,
            inspection=inspection,
            question=question.number,
        )
    return saved


def _is_untouched(answer: Answer, typed: Typed) -> bool:
    """Whether what came is the very text that stood there when somebody began."""
    if typed.version == 0:
        return typed.text == ""
    base = answer.history.filter(version=typed.version).first()
    return base is not None and base.text == typed.text


def _write(answer: Answer, text: str, *, by: User, at: datetime) -> Answer:
    answer.text, answer.version = text, answer.version + 1
    answer.changed_at, answer.changed_by = at, by
    answer.save()
    return answer


@transaction.atomic
def link_evidence(
    inspection: Inspection,
    *,
    question: Question,
    documents: Sequence[Document],
    by: User,
    at: datetime,
) -> list[EvidenceLink]:
    """These files support the answer to this question (R22); those that are linked already are left as they are."""
    inspection = _lock(inspection)
    permissions.can_link_evidence(by, inspection, question).enforce()
    kept = _begun(inspection, at=at)
    there = kept.links.filter(question=question)
    known = set(there.values_list("document__agency_id", "document__name"))
    new = [document for document in documents if document.series not in known]
    links = [
        EvidenceLink.objects.create(
            self_evaluation=kept, question=question, document=document, linked_at=at, linked_by=by
        )
        for document in new
    ]
    if links:
        record(
            "evaluations.evidence_linked",
            by=by,
            at=at,
            subject=kept,
            inspection=inspection,
            documents=f"“{new[0].name}”" if len(new) == 1 else f"{len(new)} files",
            question=question.number,
        )
    return links


@transaction.atomic
def unlink_evidence(link: EvidenceLink, *, by: User, at: datetime) -> None:
    """The file no longer supports this answer. The file itself stays."""
    inspection = _lock(link.self_evaluation.inspection)
    permissions.can_unlink_evidence(by, link).enforce()
    record(
        "evaluations.evidence_unlinked",
        by=by,
        at=at,
        subject=link,
        inspection=inspection,
        document=link.document.name,
        question=link.question.number,
    )
    link.delete()


@transaction.atomic
def submit_self_evaluation(
    inspection: Inspection, *, digest: str, by: User, at: datetime
) -> SelfEvaluation:
    """The joint self-evaluation is received, exactly as the sender saw it, and nothing in it changes any more.

    In this order: the rules hold (R21), and what stands is what was read (``digest``); the manifest is written;
    the step of the timetable is done; after commit the worker tells both sides and draws the receipt. Sent
    twice, the second finds the first and changes nothing.
    """
    inspection = _lock(inspection)
    kept = _begun(inspection, at=at)
    if kept.is_received:
        return kept
    permissions.can_submit_self_evaluation(by, inspection).enforce()
    stands = queries.self_evaluation_stands(inspection)
    rules.is_as_read(stands, digest=digest).enforce()
    kept.state, kept.received_at, kept.received_by = SelfEvaluationState.RECEIVED, at, by
    kept.save()
    ReceiptLine.objects.bulk_create(
        ReceiptLine(
            self_evaluation=kept,
            order=order,
            kind=line.kind,
            title=line.title,
            size=line.size,
            sha256=line.sha256,
        )
        for order, line in enumerate(queries.manifest_of(stands), start=1)
    )
    complete_step_by_deed(inspection, key="self_evaluation_due", by=by, at=at)
    record(
        "evaluations.self_evaluation_submitted",
        by=by,
        at=at,
        subject=kept,
        inspection=inspection,
        words=stands.words,
        files=len(stands.files),
    )
    for job in ("evaluations.tell_of_self_evaluation", "evaluations.draw_receipt"):
        enqueue(job, key=f"self-evaluation:{kept.pk}", now=at, self_evaluation=kept.pk)
    return kept


@transaction.atomic
def keep_receipt(self_evaluation: SelfEvaluation, *, pdf: bytes, at: datetime) -> SelfEvaluation:
    """Keep the drawn receipt. Safe to repeat: one that has its document is left alone.

    The sending is the deed on record.
    """
    kept = (
        SelfEvaluation.objects.select_for_update(of=("self",))
        .select_related("inspection__area")
        .get(pk=self_evaluation.pk)
    )
    if kept.receipt_id is None:
        kept.receipt = exports.keep_receipt(kept, pdf=pdf, at=at)
        kept.save()
    return kept
