"""What the pages and the exports need from several models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, QuerySet

from audit.models import Event
from audit.proof import Deed
from core.earlier import Version
from core.workdays import working_days_after
from evaluations.enums import CONFIRMED_OR_LATER, PROPOSED_OR_LATER, SourceType
from evaluations.models import Evaluation, EvaluationGroup, EvidenceItem, Question, ScaleLevel
from inspections.models import Inspection, Step
from reports.enums import ACCEPTED, EditionKind, PointKind, ReportState
from reports.markup import blocks, plain
from reports.models import (
    Edition,
    FactComment,
    FollowUpDecision,
    Point,
    QuestionNarrative,
    Report,
    Section,
    Text,
    YoungPeoplesVersion,
)
from reports.wording import SectionSpec, section_specs, wording

WEAK = 2


def report_of(inspection: Inspection) -> Report | None:
    """The report of this inspection, or None before it is begun."""
    return Report.objects.select_related("inspection__area").filter(inspection=inspection).first()


def published() -> QuerySet[Report]:
    """Published reports, the newest first."""
    return (
        Report.objects.filter(state=ReportState.PUBLISHED)
        .select_related("inspection__area")
        .order_by("-published_at", "-pk")
    )


def due_for_publication(now: Any) -> QuerySet[Report]:
    """Scheduled reports whose moment has come, however long ago: an outage only makes them late."""
    return Report.objects.filter(state=ReportState.SCHEDULED, publish_at__lte=now).order_by(
        "publish_at", "pk"
    )


def questions_of(inspection: Inspection) -> QuerySet[Question]:
    """The five inspection questions of this inspection's framework."""
    return Question.objects.filter(framework__key=inspection.framework_key).order_by("number")


def groups_of(inspection: Inspection) -> QuerySet[EvaluationGroup]:
    """The four groups that are evaluated."""
    return EvaluationGroup.objects.filter(framework__key=inspection.framework_key).order_by("order")


def texts_of(report: Report) -> dict[str, str]:
    """Every section's words by its key."""
    return dict(report.sections.values_list("key", "text"))


def evaluations_proposed(inspection: Inspection) -> tuple[int, int]:
    """How many of the groups have a proposal of the team or more, and how many there are."""
    return _count(inspection, PROPOSED_OR_LATER)


def evaluations_final(inspection: Inspection) -> tuple[int, int]:
    """How many are final, and how many there are."""
    return _count(inspection, CONFIRMED_OR_LATER[-1:])


def _count(inspection: Inspection, states: list[Any]) -> tuple[int, int]:
    return Evaluation.objects.filter(inspection=inspection, state__in=states).count(), groups_of(
        inspection
    ).count()


def weak_evaluations(inspection: Inspection) -> list[Evaluation]:
    """Those that the panel left at 2 or 1: they force a recorded decision on follow-up (R43)."""
    found = Evaluation.objects.filter(
        inspection=inspection, state__in=CONFIRMED_OR_LATER, level__lte=WEAK
    )
    return list(found.select_related("group").order_by("group__order"))


def evaluations_as_data(inspection: Inspection) -> list[dict[str, Any]]:
    """The four evaluations in order, as they stand: a level only once the team has proposed one."""
    levels = dict(
        Evaluation.objects.filter(inspection=inspection, state__in=PROPOSED_OR_LATER).values_list(
            "group_id", "level"
        )
    )
    names = dict(levels_of(inspection).values_list("level", "name"))
    return [
        {
            "key": group.key,
            "title": str(group),
            "level": levels.get(group.pk),
            "word": names.get(levels.get(group.pk) or 0, ""),
        }
        for group in groups_of(inspection)
    ]


def levels_of(inspection: Inspection) -> QuerySet[ScaleLevel]:
    """The six-point scale of this inspection's framework, highest first."""
    return ScaleLevel.objects.filter(framework__key=inspection.framework_key).order_by("-level")


def scale_as_data(inspection: Inspection) -> list[dict[str, Any]]:
    """The six-point scale with the label and the sense of each level."""
    return [
        {"number": row.level, "name": row.name, "means": f"{row.definition}. {row.sense}"}
        for row in levels_of(inspection)
    ]


def questions_as_data(report: Report) -> list[dict[str, Any]]:
    """The five questions with their narrative and points, each point with the kinds of evidence it is drawn from.

    Kinds and never counts: no figure about few people can be worked out from a published report (invariant 5).
    """
    narratives = {row.question_id: row.text for row in report.narratives.all()}
    points = list(report.points.prefetch_related("evidence"))
    return [
        {
            "number": question.number,
            "title": question.text,
            "narrative": narratives.get(question.pk, ""),
            "points": [
                _point_as_data(point) for point in points if point.question_id == question.pk
            ],
        }
        for question in questions_of(report.inspection)
    ]


def _point_as_data(point: Point) -> dict[str, Any]:
    kinds = {item.source_type for item in point.evidence.all()}
    return {
        "id": point.pk,
        "kind": point.kind,
        "text": point.text,
        "drawn_from": sorted(SOURCE_WORDS[SourceType(kind)] for kind in kinds),
    }


SOURCE_WORDS = {
    SourceType.SELF_EVALUATION: "the joint self-evaluation",
    SourceType.DOCUMENT: "documents of the partnership",
    SourceType.RECORDS: "children’s records",
    SourceType.CHILDREN_SURVEY: "the survey of children and young people",
    SourceType.PARENTS_SURVEY: "the survey of parents and carers",
    SourceType.STAFF_SURVEY: "the staff survey",
    SourceType.FOCUS_GROUP: "focus groups",
    SourceType.INTERVIEW: "interviews",
    SourceType.OBSERVATION: "observation",
    SourceType.DATA: "data",
}


def follow_up_as_data(report: Report) -> dict[str, Any] | None:
    """The decision on a progress review, with the sentence that the report prints (E8)."""
    decision = FollowUpDecision.objects.filter(report=report).first()
    if decision is None:
        return None
    sentence = (
        f"There will be a progress review: {decision.timescale.rstrip('. ')}."
        if decision.progress_review
        else "No progress review is planned at present."
    )
    return {
        "progress_review": decision.progress_review,
        "timescale": decision.timescale,
        "sentence": sentence,
    }


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the report's structure: what it is, where it is written, and what is still missing."""

    key: str
    group: str
    title: str
    missing: str
    version: int
    changed_at: Any
    changed_by: str
    question: int | None = None


def structure(report: Report) -> list[Part]:
    """The whole report as a list, in its own order, each part with what it still lacks (R44). Five queries."""
    area = report.inspection.area.name
    sections = {row.key: row for row in report.sections.select_related("changed_by")}
    parts = [
        _section_part(spec, sections.get(spec.key), area)
        for spec in section_specs(report.wording_key)
    ]
    questions = _question_parts(report)
    keys = [part.key for part in parts]
    place = keys.index("conclusion") if "conclusion" in keys else len(parts)
    return [*parts[:place], *questions, *parts[place:]]


def _section_part(spec: SectionSpec, section: Section | None, area: str) -> Part:
    empty = section is None or not section.is_written
    return Part(
        key=spec.key,
        group=spec.group.format(area=area),
        title=spec.title,
        missing=f"“{spec.title}” is empty." if empty and spec.required else "",
        version=section.version if section else 0,
        changed_at=section.changed_at if section else None,
        changed_by=str(section.changed_by) if section else "",
    )


def _question_parts(report: Report) -> list[Part]:
    narratives = {row.question_id: row for row in report.narratives.select_related("changed_by")}
    with_messages = set(
        report.points.filter(kind=PointKind.KEY_MESSAGE)
        .order_by()
        .values_list("question_id", flat=True)
    )
    found = []
    for question in questions_of(report.inspection):
        narrative = narratives.get(question.pk)
        lacks = []
        if question.pk not in with_messages:
            lacks.append("has no key message")
        if narrative is None or not narrative.is_written:
            lacks.append("is not answered")
        found.append(
            Part(
                key=f"question-{question.number}",
                group="The five inspection questions",
                title=question.text,
                missing=f"Question {question.number} {' and '.join(lacks)}." if lacks else "",
                version=narrative.version if narrative else 0,
                changed_at=narrative.changed_at if narrative else None,
                changed_by=str(narrative.changed_by) if narrative else "",
                question=question.number,
            )
        )
    return found


def missing_parts(report: Report) -> list[str]:
    """Everything that R44 asks of the text and that is not there yet, as sentences in the order of the report."""
    missing = [part.missing for part in structure(report) if part.missing]
    kinds = set(report.points.order_by().values_list("kind", flat=True))
    labels = wording(report.wording_key)["labels"]
    missing += [
        f"Nothing is listed under “{labels[kind]}”."
        for kind in (PointKind.STRENGTH, PointKind.AREA_FOR_DEVELOPMENT)
        if kind not in kinds
    ]
    unthreaded = report.points.filter(evidence__isnull=True).count()
    if unthreaded:
        missing.append(
            f"{unthreaded} point{' has' if unthreaded == 1 else 's have'} no thread to evidence."
        )
    return missing


def unanswered_comments(report: Report) -> int:
    """Comments on facts that wait for a decision."""
    return report.comments.filter(decision="").count()


def text_of(comment: FactComment) -> Text | None:
    """The text whose paragraph a comment is about, as it stands today. None once a point was taken out of the report."""
    kind, _, number = comment.text_key.rpartition("-")
    if kind == "point":
        return Point.objects.filter(report=comment.report_id, pk=int(number)).first()
    if kind == "question":
        return QuestionNarrative.objects.filter(
            report=comment.report_id, question__number=int(number)
        ).first()
    return Section.objects.filter(report=comment.report_id, key=comment.text_key).first()


def still_stands(comment: FactComment) -> bool:
    """Whether the paragraph still says, word for word, what the partnership commented on."""
    text = text_of(comment)
    if text is None:
        return False
    words = [plain(html) for html in blocks(text.text)]
    whole = " ".join(words) if isinstance(text, Point) else ""
    return comment.quoted in [*words, whole]


def corrections_to_make(report: Report, text_key: str = "") -> list[FactComment]:
    """Accepted comments whose words still stand, and whose answer does not say why they may; of one text, if given."""
    accepted = report.comments.filter(decision__in=ACCEPTED, no_change_because="")
    return [
        comment
        for comment in accepted
        if text_key in ("", comment.text_key) and still_stands(comment)
    ]


def narrative_of(report: Report, question: Question) -> QuestionNarrative | None:
    """What is written on this question so far."""
    return report.narratives.select_related("changed_by").filter(question=question).first()


def evidence_for(inspection: Inspection, question: Question) -> QuerySet[EvidenceItem]:
    """The evidence recorded for this question, to thread points to."""
    return EvidenceItem.objects.filter(inspection=inspection, questions=question).order_by("number")


def unused_evidence(report: Report, question: Question) -> QuerySet[EvidenceItem]:
    """Evidence for this question that no point of the report rests on yet."""
    used = Point.evidence.through.objects.filter(point__report=report).values("evidenceitem_id")
    return evidence_for(report.inspection, question).exclude(pk__in=used)


def next_order(report: Report, question: Question, kind: str) -> int:
    """The place after the last point of this kind."""
    last = report.points.filter(question=question, kind=kind).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def same_point(
    report: Report, question: Question, kind: str, text: str, evidence: list[EvidenceItem]
) -> Point | None:
    """The point that says just this on just this evidence: a second click finds it."""
    wanted = {item.pk for item in evidence}
    rows = report.points.filter(question=question, kind=kind, text=text)
    return next(
        (row for row in rows if set(row.evidence.values_list("pk", flat=True)) == wanted), None
    )


def is_scheduled_so(report: Report, *, moment: datetime, reason: str) -> bool:
    """Whether publication is scheduled for this very moment, for this reason, already."""
    return report.state == ReportState.SCHEDULED and (
        report.publish_at,
        report.publish_reason,
    ) == (moment, reason)


def current_edition(report: Report, *kinds: EditionKind) -> Edition | None:
    """The newest edition of these kinds."""
    return (
        Edition.objects.filter(report=report, kind__in=kinds)
        .select_related("document")
        .order_by("-made_at", "-pk")
        .first()
    )


def published_edition(report: Report, number: int | None = None) -> Edition | None:
    """The published edition of that number, or the newest."""
    found = Edition.objects.filter(report=report, kind=EditionKind.PUBLISHED).select_related(
        "document"
    )
    return found.filter(number=number).first() if number else found.order_by("-number").first()


def young_peoples_version(report: Report) -> YoungPeoplesVersion | None:
    """The newest one."""
    return YoungPeoplesVersion.objects.select_related("document").filter(report=report).first()


def embargoed_since(report: Report) -> datetime | None:
    """When the first embargoed copy was made; None before publication is scheduled."""
    found = Edition.objects.filter(report=report, kind=EditionKind.EMBARGOED)
    return found.aggregate(first=Min("made_at"))["first"]


def not_done_before_publication(inspection: Inspection) -> list[Step]:
    """Steps of the three phases that are not marked as done; not the embargoed copy, which scheduling sends."""
    left = Step.objects.open().filter(inspection=inspection).exclude(phase="after")
    return list(left.exclude(key__in=("publication", "embargo_copy")))


def publication_step(inspection: Inspection) -> Step | None:
    """The timetable's own date of publication."""
    return Step.objects.filter(inspection=inspection, key="publication").first()


def comments_due_on(inspection: Inspection, issued_on: date) -> date:
    """When comments on facts come back: the timetable's date, else ten working days after issue (Q11)."""
    step = Step.objects.filter(inspection=inspection, key="factual_accuracy_due").first()
    if step and step.ends_on > issued_on:
        return step.ends_on
    return working_days_after(issued_on, 10)


def text_versions(text: Section | QuestionNarrative | Point) -> list[Version]:
    """Every version of one text of the report. Words that were laid out are version 0; where none were, it is left out."""
    rows = text.history.select_related("changed_by")
    return [
        Version(row.version, row.changed_at, str(row.changed_by), {"Text": row.text})
        for row in rows
        if row.version or row.text
    ]


TOLD = {
    "reports.draft_issued": "The draft report, to check its facts.",
    "reports.comment_answered": "An answer to a comment on facts.",
    "reports.publication_scheduled": "When the report is published, with the embargoed copy.",
    "reports.report_published": "The published report.",
}


def told_by_report(inspection: Inspection, moment: datetime) -> list[tuple[datetime, str]]:
    """What the partnership had been told of the report by a moment: when, and what in a sentence."""
    events = Event.objects.about(inspection.reference).filter(name__in=TOLD, at__lte=moment)
    return [(event.at, TOLD[event.name]) for event in events.order_by("number")]


# ---------- The proof of the record ----------


def deeds_kept() -> Iterator[Deed]:
    """What was published, each with the event that it cannot lack. One query."""
    published = Edition.objects.filter(kind=EditionKind.PUBLISHED).order_by("pk")
    for pk, number, reference in published.values_list(
        "pk", "number", "report__inspection__reference"
    ):
        yield Deed(
            f"Edition {number} of the report of {reference}",
            "reports.report_published",
            "reports.edition",
            str(pk),
        )
