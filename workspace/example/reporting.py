"""The report of the story, from its first words to its publication. Every word is invented."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import system_user
from documents.actions.documents import keep_generated
from evaluations.actions.evaluation import confirm_evaluation
from evaluations.models import Evaluation, EvidenceItem, Question
from reports.actions.accuracy import (
    answer_comment,
    comment_on_draft,
    finish_report,
    issue_draft,
    return_comments,
)
from reports.actions.approval import approve_report, send_report_to_panel
from reports.actions.publication import (
    attach_young_peoples_version,
    publish_report,
    schedule_publication,
)
from reports.actions.writing import add_point, begin_report, write_narrative, write_section
from reports.enums import CommentDecision, PointKind
from reports.exports import paragraphs, report_source
from reports.models import FactComment, Report
from workspace.example.report_words import NARRATIVES, POINTS, SECTIONS
from workspace.example.self_evaluation import word_file
from workspace.example.world import World

KINDS = {
    "key": PointKind.KEY_MESSAGE,
    "strength": PointKind.STRENGTH,
    "area": PointKind.AREA_FOR_DEVELOPMENT,
}


def _report(world: World) -> Report:
    return Report.objects.get(inspection=world.inspection)


def write_it(world: World, at: datetime) -> None:
    """Sections, narratives, and points that each stand on evidence."""
    lead = world.people["lead"]
    report = begin_report(world.inspection, by=lead, at=at)
    versions = dict(report.sections.values_list("key", "version"))
    for key, text in SECTIONS.items():
        write_section(report, key=key, text=text, based_on=versions.get(key, 0), by=lead, at=at)
    for question in Question.objects.filter(framework__key=world.inspection.framework_key).order_by(
        "number"
    ):
        write_narrative(
            report, question=question, text=NARRATIVES[question.number], based_on=0, by=lead, at=at
        )
        evidence = list(
            EvidenceItem.objects.filter(inspection=world.inspection, questions=question)[:4]
        )
        for kind, text in POINTS[question.number]:
            add_point(
                report,
                question=question,
                kind=KINDS[kind],
                text=text,
                evidence=evidence,
                by=lead,
                at=at,
            )


def to_the_panel(world: World, at: datetime) -> None:
    """The lead sends the written report to the panel."""
    send_report_to_panel(_report(world), by=world.people["lead"], at=at)


def panel_confirms(world: World, at: datetime) -> None:
    """The panel confirms each evaluation, then approves the draft."""
    chair = world.people["panel_chair"]
    for evaluation in Evaluation.objects.filter(inspection=world.inspection):
        confirm_evaluation(
            evaluation,
            level=evaluation.level or 0,
            reason="The evidence bears it out, and it reads like earlier reports at this level.",
            by=chair,
            at=at,
        )
    approve_report(_report(world), by=chair, at=at)


def issue_the_draft(world: World, at: datetime) -> None:
    """The support officer issues what the panel has approved."""
    issue_draft(_report(world), by=world.people["support_officer"], at=at)


def partnership_comments(world: World, at: datetime) -> None:
    """The co-ordinator comments on one fact."""
    comment_on_draft(
        _report(world),
        anchor=paragraphs(report_source(_report(world)))[0]["anchor"],
        text="The number of people who live here is of the year before last.",
        correction="Write “about 97,000”.",
        evidence="The mid-year estimate, in the children's services plan.",
        by=world.people["coordinator"],
        at=at,
    )


def partnership_has_no_more(world: World, at: datetime) -> None:
    """The co-ordinator says that there are no more comments."""
    return_comments(_report(world), by=world.people["coordinator"], at=at)


def answer_and_finish(world: World, at: datetime) -> None:
    """The comment is answered, the text settled, the version for young people attached."""
    lead, report = world.people["lead"], _report(world)
    for comment in FactComment.objects.filter(report=report):
        answer_comment(
            comment,
            decision=CommentDecision.REJECT,
            reason="We use the year in which the inspection took place, and say so.",
            by=lead,
            at=at,
        )
    finish_report(report, by=lead, at=at)
    document = keep_generated(
        word_file(
            "What we found in Glenmarrow",
            "Most children who need help get it quickly. Some wait too long.",
        ),
        name="What we found in Glenmarrow.docx",
        holder_type="reports.report",
        holder_id=str(report.pk),
        inspection=world.inspection.reference,
        by=lead,
        at=at,
    )
    attach_young_peoples_version(
        report, document=document, title="What we found in Glenmarrow", by=lead, at=at
    )


def schedule(world: World, at: datetime) -> None:
    """For ten o'clock on the day of the timetable."""
    schedule_publication(
        _report(world),
        moment=world.moment(35, 1, 9) + timedelta(minutes=30),
        reason="The date was agreed with the partnership.",
        by=world.people["lead"],
        at=at,
    )


def publish(world: World, at: datetime) -> None:
    """The clock publishes at its hour."""
    publish_report(_report(world), by=system_user(), at=at)
    world.inspection.refresh_from_db()
