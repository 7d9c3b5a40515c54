"""The joint self-evaluation as it stands, with its files and its fingerprints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from hashlib import sha256

from core.words import shortened
from documents.models import Document
from documents.models.document import DocumentQuerySet
from documents.queries import documents_of
from evaluations.enums import AnswerPart
from evaluations.models import Answer, EvidenceLink, Question, SelfEvaluation
from evaluations.queries.framework import framework_of
from evaluations.queries.self_evaluation_terms import Limits, limits
from inspections.models import Inspection, Step

FILES_OF_SELF_EVALUATION = "evaluations.selfevaluation"
"""The type of holder of the partnership's files. Its id is the inspection's reference, so that a file can come before a word."""


def self_evaluation_of(inspection: Inspection) -> SelfEvaluation | None:
    """The joint self-evaluation, or None before its first word."""
    return (
        SelfEvaluation.objects.filter(inspection=inspection)
        .select_related("received_by", "receipt")
        .first()
    )


def is_received(inspection: Inspection) -> bool:
    """Whether the joint self-evaluation has been sent in."""
    return SelfEvaluation.objects.filter(inspection=inspection, received_at__isnull=False).exists()


def words_in(text: str) -> int:
    """How many words a text has, as people count them."""
    return len(text.split())


@dataclass(frozen=True, slots=True)
class PartStands:
    """One of the three parts of an answer as it stands; ``answer`` is None before its first word."""

    part: AnswerPart
    answer: Answer | None

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def version(self) -> int:
        """The version a save is based on; 0 before there is one."""
        return self.answer.version if self.answer else 0

    @property
    def words(self) -> int:
        return words_in(self.text)

    @property
    def is_written(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class QuestionStands:
    """How far the answer to one question is: its three parts, its files, its length."""

    question: Question
    parts: list[PartStands]
    links: list[EvidenceLink]
    limits: Limits

    @property
    def words(self) -> int:
        return sum(part.words for part in self.parts)

    @property
    def sides(self) -> float:
        return self.limits.sides(self.words)

    @property
    def missing(self) -> list[AnswerPart]:
        return [part.part for part in self.parts if not part.is_written]

    @property
    def is_written(self) -> bool:
        return not self.missing

    @property
    def is_too_long(self) -> bool:
        return self.sides > self.limits.sides_per_question

    @property
    def last_change(self) -> Answer | None:
        answers = [part.answer for part in self.parts if part.answer]
        return max(answers, key=lambda answer: answer.changed_at, default=None)


@dataclass(frozen=True, slots=True)
class SelfEvaluationStands:
    """The whole of it as it stands: five questions and the partnership's files."""

    questions: list[QuestionStands]
    files: list[Document]
    limits: Limits

    @property
    def words(self) -> int:
        return sum(question.words for question in self.questions)

    @property
    def pages(self) -> float:
        return self.limits.sides(self.words)

    @property
    def written(self) -> int:
        """How many of the five questions have all three parts."""
        return sum(question.is_written for question in self.questions)

    @property
    def linked(self) -> dict[tuple[int | None, str], list[int]]:
        """By agency and file name, in whichever version, the numbers of the questions it is linked to."""
        found: dict[tuple[int | None, str], list[int]] = {}
        for question in self.questions:
            for link in question.links:
                found.setdefault(link.document.series, []).append(question.question.number)
        return found

    @property
    def unlinked_files(self) -> list[Document]:
        linked = self.linked
        return [file for file in self.files if file.series not in linked]

    def only(self, numbers: Collection[int], files: Collection[Document]) -> SelfEvaluationStands:
        """As one agency sees it: the questions with these numbers, and these of the files."""
        questions = [one for one in self.questions if one.question.number in numbers]
        kept = {file.pk for file in files}
        return replace(
            self, questions=questions, files=[file for file in self.files if file.pk in kept]
        )

    @property
    def digest(self) -> str:
        """What the whole says, as 64 hexadecimal digits: it changes with every text, link and file."""
        lines = [
            f"{q.question.number} {p.part} {p.version} {p.text}"
            for q in self.questions
            for p in q.parts
        ]
        lines += [
            f"{q.question.number} {link.document_id}" for q in self.questions for link in q.links
        ]
        lines += [f"{file.sha256} {file.agency_id} {file.name}" for file in self.files]
        return sha256("\0".join(lines).encode()).hexdigest()


def documents_of_self_evaluation(inspection: Inspection) -> DocumentQuerySet:
    """The partnership's files in their newest version. Receipts are not among them."""
    return documents_of(FILES_OF_SELF_EVALUATION, inspection.reference)


def files_of_self_evaluation(inspection: Inspection) -> list[Document]:
    """The same, in the order in which they came."""
    return list(documents_of_self_evaluation(inspection).order_by("uploaded_at", "pk"))


def self_evaluation_stands(inspection: Inspection) -> SelfEvaluationStands:
    """How the joint self-evaluation stands, in five queries whatever its length."""
    framework = framework_of(inspection)
    answers = Answer.objects.filter(self_evaluation__inspection=inspection).select_related(
        "changed_by"
    )
    by_place = {(answer.question_id, answer.part): answer for answer in answers}
    links: dict[int, list[EvidenceLink]] = {}
    for link in EvidenceLink.objects.filter(self_evaluation__inspection=inspection).select_related(
        "document__agency"
    ):
        links.setdefault(link.question_id, []).append(link)
    terms = limits(framework.key)
    questions = [
        QuestionStands(
            question,
            [PartStands(part, by_place.get((question.pk, part.value))) for part in AnswerPart],
            links.get(question.pk, []),
            terms,
        )
        for question in framework.questions.all()
    ]
    return SelfEvaluationStands(questions, files_of_self_evaluation(inspection), terms)


def self_evaluation_step(inspection: Inspection) -> Step | None:
    """The due date of the joint self-evaluation; None before notification."""
    return inspection.steps.filter(key="self_evaluation_due").first()


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One thing that was sent in, with its fingerprint."""

    kind: str
    title: str
    size: int
    sha256: str


def manifest_of(stands: SelfEvaluationStands) -> list[ManifestLine]:
    """Every answer and every file with its SHA-256. A text's fingerprint is that of its UTF-8 bytes.

    Files of one name that several agencies sent stand with their agency.
    """
    names = Counter(file.name for file in stands.files)
    lines = []
    for question in stands.questions:
        for part in question.parts:
            content = part.text.encode()
            title = f"Question {question.question.number}: {part.part.label}"
            lines.append(ManifestLine("answer", title, len(content), sha256(content).hexdigest()))
    for file in stands.files:
        title = file.name if names[file.name] == 1 else shortened(file.name_and_agency, 200)
        lines.append(ManifestLine("file", title, file.size, file.sha256))
    return lines
