"""What one page needs from several models."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from math import ceil
from pathlib import Path

from django.db.models import Count, QuerySet

from accounts.models import User
from core.pictures.spread import Spread
from core.tables import read_csv
from documents.models import Document
from documents.queries import documents_of
from evaluations.enums import CONFIRMED_OR_LATER, AnswerPart, Direction, SourceType
from evaluations.models import (
    Answer,
    Evaluation,
    EvaluationGroup,
    Evaluator,
    EvidenceItem,
    EvidenceLink,
    Framework,
    Indicator,
    PublishedEvaluation,
    Question,
    SealedEvaluation,
    SelfEvaluation,
)
from evaluations.models.evidence import EvidenceQuerySet
from inspections.models import Inspection, Step

# ---------- The framework ----------


def framework_of(inspection: Inspection) -> Framework:
    """The framework that this inspection uses: frozen at notification, the method's until then (R5)."""
    key = inspection.framework_key or inspection.method.framework_key
    known: Framework | None = getattr(
        inspection, "_framework", None
    )  # asked for several times a page
    if known is None or known.key != key:
        known = Framework.objects.filter(key=key).first()
    if known is None:
        raise Framework.DoesNotExist(
            f"The quality framework {key} is not loaded: run `manage.py load_reference`."
        )
    inspection._framework = known  # type: ignore[attr-defined]
    return known


# ---------- Evidence ----------

EVIDENCE_ORDERS = {
    "newest": ("-number",),
    "oldest": ("number",),
    "source": ("source_type", "number"),
    "direction": ("direction", "number"),
}


def evidence_list(
    inspection: Inspection,
    *,
    indicator: str = "",
    question: str = "",
    source: str = "",
    direction: str = "",
    order: str = "",
) -> EvidenceQuerySet:
    """The evidence of one inspection, filtered as the list's form asks."""
    items = EvidenceItem.objects.of(inspection).with_links()
    if indicator:
        items = items.about_indicator(indicator)
    if question:
        items = (
            items.about_question(int(question))
            if question.isdecimal() and len(question) < 4
            else items.none()
        )
    if source:
        items = items.filter(source_type=source)
    if direction:
        items = items.filter(direction=direction)
    return items.order_by(*EVIDENCE_ORDERS.get(order, EVIDENCE_ORDERS["newest"]))


def evidence_for_question(inspection: Inspection, question: Question) -> EvidenceQuerySet:
    """What the evidence says to one of the five questions, in the order in which it was recorded (for the report)."""
    return (
        EvidenceItem.objects.of(inspection)
        .filter(questions=question)
        .with_links()
        .order_by("number")
    )


def evidence_for_group(
    inspection: Inspection, group: EvaluationGroup
) -> dict[str, list[EvidenceItem]]:
    """What the evidence says to one evaluated group, by direction: strength, weakness, neutral."""
    items = (
        EvidenceItem.objects.of(inspection)
        .filter(indicators__group=group)
        .with_links()
        .distinct()
        .order_by("number")
    )
    sides: dict[str, list[EvidenceItem]] = {direction.value: [] for direction in Direction}
    for item in items:
        sides[item.direction].append(item)
    return sides


def kinds_of_source(inspection: Inspection, group: EvaluationGroup) -> list[str]:
    """The kinds of source that evidence for a group comes from, each once, in the table's order (R40)."""
    found = set(
        EvidenceItem.objects.of(inspection)
        .filter(indicators__group=group)
        .order_by()
        .values_list("source_type", flat=True)
    )
    return [kind.label for kind in SourceType if kind in found]


def questions_without_evidence(inspection: Inspection) -> list[Question]:
    """The questions to which nothing has been recorded yet."""
    answered = EvidenceItem.objects.of(inspection).order_by().values("questions")
    return list(framework_of(inspection).questions.exclude(pk__in=answered))


def same_passage(
    inspection: Inspection, person: User, text: str, *, now: datetime
) -> EvidenceItem | None:
    """What this person recorded in the last ten minutes in the very same words: a second click."""
    recent = EvidenceItem.objects.of(inspection).filter(
        author=person, recorded_at__gte=now - timedelta(minutes=10)
    )
    return recent.filter(text=text).order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Cell:
    """How many passages one indicator has from one kind of source, and how strongly the cell is tinted (0 to 4)."""

    source: SourceType
    count: int

    @property
    def heat(self) -> int:
        return next(
            (heat for heat, least in ((4, 10), (3, 6), (2, 3), (1, 1)) if self.count >= least), 0
        )


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One indicator of the coverage table."""

    indicator: Indicator
    cells: list[Cell]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)

    @property
    def kinds(self) -> int:
        return sum(1 for cell in self.cells if cell.count)

    @property
    def words(self) -> str:
        """What is thin about it, in words; nothing when two kinds of source or more speak to it."""
        if not self.total:
            return "no evidence yet"
        return "thin: one source" if self.kinds == 1 else ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every indicator by kind of source, under its domain; ``total`` counts each passage once."""

    domains: list[tuple[str, list[CoverageRow]]]
    total: int

    @property
    def rows(self) -> list[CoverageRow]:
        return [row for _, rows in self.domains for row in rows]

    @property
    def thin(self) -> int:
        return sum(1 for row in self.rows if row.kinds == 1)

    @property
    def empty(self) -> int:
        return sum(1 for row in self.rows if not row.total)


def coverage(inspection: Inspection, *, evaluated_only: bool = False) -> Coverage:
    """Where the evidence is thin, in three queries whatever its amount."""
    indicators = framework_of(inspection).indicators.select_related("area__domain")
    if evaluated_only:
        indicators = indicators.filter(group__isnull=False)
    counted = (
        EvidenceItem.indicators.through.objects.filter(evidenceitem__inspection=inspection)
        .order_by()
        .values_list("indicator_id", "evidenceitem__source_type")
        .annotate(n=Count("pk"))
    )
    counts = {(indicator, source): n for indicator, source, n in counted}
    domains: dict[str, list[CoverageRow]] = {}
    for indicator in indicators:
        cells = [Cell(source, counts.get((indicator.pk, source.value), 0)) for source in SourceType]
        domains.setdefault(indicator.area.domain.name, []).append(CoverageRow(indicator, cells))
    return Coverage(list(domains.items()), EvidenceItem.objects.of(inspection).count())


# ---------- The four evaluations ----------


@dataclass(frozen=True, slots=True)
class Progress:
    """How many people have sealed one group, of how many. People only: no level is fetched for it."""

    sealed: frozenset[int]
    waiting: frozenset[int]

    @property
    def of(self) -> int:
        return len(self.sealed) + len(self.waiting)

    @property
    def complete(self) -> bool:
        return bool(self.sealed) and not self.waiting

    @property
    def words(self) -> str:
        """``Three of five have sealed.``"""
        if not self.sealed:
            return f"Nobody of {self.of} has sealed yet."
        if not self.waiting:
            return f"All {self.of} have sealed." if self.of > 1 else "The one evaluator has sealed."
        count, has = len(self.sealed), "has" if len(self.sealed) == 1 else "have"
        return f"{self._number(count).capitalize()} of {self._number(self.of)} {has} sealed."

    @staticmethod
    def _number(n: int) -> str:
        words = (
            "none",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
        )
        return words[n] if n < len(words) else str(n)


def progress_of(inspection: Inspection) -> dict[int, Progress]:
    """By evaluation: who of the circle has sealed and who has not. The excused count where they had sealed."""
    serving = set(inspection.evaluators.serving().values_list("person_id", flat=True))
    sealed: dict[int, set[int]] = {}
    pairs = SealedEvaluation.objects.filter(evaluation__inspection=inspection).sealed_by()
    for evaluation, person in pairs:
        sealed.setdefault(evaluation, set()).add(person)
    evaluations = inspection.evaluations.values_list("pk", flat=True)
    return {
        pk: Progress(frozenset(sealed.get(pk, set())), frozenset(serving - sealed.get(pk, set())))
        for pk in evaluations
    }


def evaluations_of(inspection: Inspection) -> QuerySet[Evaluation]:
    """The four of one inspection, in the framework's order; none before evaluating opens."""
    return Evaluation.objects.filter(inspection=inspection).select_related(
        "group", "inspection__area", "proposed_by", "decision"
    )


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One of the four on the room's page: its state, who has sealed (people only), and what the reader has done."""

    evaluation: Evaluation
    progress: Progress
    own: SealedEvaluation | None

    @property
    def own_words(self) -> str:
        """What the reader has done here, in words."""
        if self.own is None:
            return ""
        return "You have sealed." if self.own.is_sealed else "Your draft is saved."


def evaluation_board(inspection: Inspection, person: User) -> list[BoardRow]:
    """The four, in four queries. Of everything unrevealed only the reader's own level is fetched."""
    progress = progress_of(inspection)
    mine = {
        one.evaluation_id: one
        for one in SealedEvaluation.objects.of(person).filter(evaluation__inspection=inspection)
    }
    return [BoardRow(one, progress[one.pk], mine.get(one.pk)) for one in evaluations_of(inspection)]


@dataclass(frozen=True, slots=True)
class EvaluatorRow:
    """One person of the circle and for how many of the four they have sealed. Never what."""

    evaluator: Evaluator
    sealed: int


def evaluators_of(inspection: Inspection) -> list[EvaluatorRow]:
    """The circle, so that everybody knows whom the others wait for."""
    done = Counter(
        person
        for _, person in SealedEvaluation.objects.filter(
            evaluation__inspection=inspection
        ).sealed_by()
    )
    circle = inspection.evaluators.select_related("person", "excused_by")
    return [EvaluatorRow(one, done[one.person_id]) for one in circle]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One evaluation as the partnership sees it: the group, the level it is shown, and whether that is final (E7)."""

    group: EvaluationGroup
    level: int | None
    label: str


def shown_to_partnership(inspection: Inspection) -> list[ShownRow]:
    """What has been shared: provisional, as it was shared, until the report is settled; then final. Nothing before."""
    shared = inspection.evaluations.filter(shared_at__isnull=False).select_related("group")
    return [
        ShownRow(one.group, one.shown_level, "final" if one.is_final else "provisional")
        for one in shared
    ]


def own_evaluation(evaluation: Evaluation, person: User) -> SealedEvaluation | None:
    """What this person has written and sealed themselves; nobody else's is fetched."""
    return SealedEvaluation.objects.of(person).filter(evaluation=evaluation).first()


def revealed_evaluations(evaluation: Evaluation) -> list[SealedEvaluation]:
    """Each inspector's level and reason, after the reveal. Before it nothing is asked of the database (invariant 4)."""
    if not evaluation.is_revealed:
        return []
    sealed = (
        SealedEvaluation.objects.revealed()
        .filter(evaluation=evaluation)
        .select_related("inspector")
    )
    return list(sealed.order_by("level", "inspector__name"))


def spread_of(evaluation: Evaluation, sealed: list[SealedEvaluation]) -> Spread | None:
    """The picture of the reveal: who chose which level, beside what earlier reports said. None before the reveal."""
    if not sealed:
        return None
    earlier = [one.level_of(evaluation.group.key) for one in PublishedEvaluation.objects.all()]
    return Spread(
        name=evaluation.group.key,
        levels=[one.level for one in sealed if one.level],
        earlier=[level for level in earlier if level],
    )


def final_evaluations(inspection: Inspection) -> list[Evaluation]:
    """The evaluations as the report prints them, in the framework's order: settled ones, else those the panel confirmed.

    Empty where not all of the inspection's evaluations have been confirmed: half a result is not handed out.
    """
    evaluations = list(evaluations_of(inspection))
    confirmed = [one for one in evaluations if one.state in CONFIRMED_OR_LATER]
    return confirmed if evaluations and len(confirmed) == len(evaluations) else []


def level_names(inspection: Inspection) -> dict[int, str]:
    """``{4: "Good", ...}``."""
    return {row.level: row.name for row in framework_of(inspection).levels.all()}


# ---------- The joint self-evaluation ----------

REFERENCE = Path(__file__).resolve().parent / "reference"
FILES_OF_SELF_EVALUATION = "evaluations.selfevaluation"
"""The type of holder of the partnership's files. Its id is the inspection's reference, so that a file can come before a word."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the joint self-evaluation should be at most (R21). ``words_per_side`` turns words into A4 sides."""

    words_per_side: int
    sides_per_question: int
    pages: int

    def sides(self, words: int) -> float:
        """Sides of A4 that so many words take, to one decimal, rounded up."""
        return ceil(10 * words / self.words_per_side) / 10


@lru_cache
def limits(framework_key: str = "2019") -> Limits:
    """The figures of policy, from ``reference/self_evaluation_<key>.csv``, where each has its source."""
    rows = read_csv(REFERENCE / f"self_evaluation_{framework_key}.csv", ["key", "value", "basis"])
    return Limits(**{row["key"]: int(row["value"]) for row in rows})


@lru_cache
def guidance(framework_key: str = "2019") -> dict[tuple[str, str], str]:
    """Our own words beside the boxes, by question number and part; either may be an empty string for "any"."""
    rows = read_csv(REFERENCE / f"guidance_{framework_key}.csv", ["question", "part", "words"])
    return {(row["question"], row["part"]): row["words"] for row in rows}


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
    def linked(self) -> dict[str, list[int]]:
        """By file name, the numbers of the questions it is linked to."""
        found: dict[str, list[int]] = {}
        for question in self.questions:
            for link in question.links:
                found.setdefault(link.document.name, []).append(question.question.number)
        return found

    @property
    def unlinked_files(self) -> list[Document]:
        linked = self.linked
        return [file for file in self.files if file.name not in linked]

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
        lines += [f"{file.sha256} {file.name}" for file in self.files]
        return sha256("\0".join(lines).encode()).hexdigest()


def files_of_self_evaluation(inspection: Inspection) -> list[Document]:
    """The partnership's files in their newest version, in the order in which they came. Receipts are not among them."""
    held = documents_of(FILES_OF_SELF_EVALUATION, inspection.reference)
    return list(held.order_by("uploaded_at", "pk"))


def self_evaluation_stands(inspection: Inspection) -> SelfEvaluationStands:
    """How the joint self-evaluation stands, in five queries whatever its length."""
    framework = framework_of(inspection)
    answers = Answer.objects.filter(self_evaluation__inspection=inspection).select_related(
        "changed_by"
    )
    by_place = {(answer.question_id, answer.part): answer for answer in answers}
    links: dict[int, list[EvidenceLink]] = {}
    for link in EvidenceLink.objects.filter(self_evaluation__inspection=inspection).select_related(
        "document"
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


def question_guidance(question: Question) -> dict[str, str]:
    """The words beside one question: ``question`` for the whole, and one for each part."""
    words = guidance(question.framework.key)
    found = {part.value: words.get(("", part.value), "") for part in AnswerPart}
    return found | {"question": words.get((str(question.number), ""), "")}


def indicators_for(question: Question) -> list[tuple[Indicator, bool]]:
    """The indicators that speak to a question, those whose primary question it is first."""
    speaking = question.spoken_to_by.select_related("indicator").order_by(
        "-is_primary", "indicator__order"
    )
    return [(one.indicator, one.is_primary) for one in speaking]


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
    """Every answer and every file with its SHA-256. A text's fingerprint is that of its UTF-8 bytes."""
    lines = []
    for question in stands.questions:
        for part in question.parts:
            content = part.text.encode()
            title = f"Question {question.question.number}: {part.part.label}"
            lines.append(ManifestLine("answer", title, len(content), sha256(content).hexdigest()))
    lines += [ManifestLine("file", file.name, file.size, file.sha256) for file in stands.files]
    return lines
