"""Writing the report: its sections, its narratives and its points."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.record import record, record_sitting
from core.verdicts import refuse
from core.versions import enforce_newest
from evaluations.models import EvidenceItem, Question
from inspections.models import Inspection
from reports import permissions, queries
from reports.enums import PointKind
from reports.models import Point, QuestionNarrative, Report, Section
from reports.wording import section_spec, section_specs, wording


@transaction.atomic
def begin_report(inspection: Inspection, *, by: User, at: datetime) -> Report:
    """The report stands in drafting, its sections filled with the standing words where there are any (R44, E12)."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_begin_report(by, inspection).enforce()
    report = Report.objects.create(
        inspection=inspection, state_since=at, begun_at=at, begun_by=by, changed_at=at
    )
    for spec in section_specs(report.wording_key):
        Section.objects.create(
            report=report,
            key=spec.key,
            text=spec.default,
            version=1 if spec.default else 0,
            changed_at=at,
            changed_by=by,
        )
    record("reports.report_begun", by=by, at=at, subject=report, inspection=inspection)
    return report


def _open(report: Report, *, by: User) -> Report:
    """The report, locked, if its words may change now and this person writes them."""
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("inspection")
        .get(pk=report.pk)
    )
    permissions.can_write_report(by, report).enforce()
    return report


def _touch(report: Report, at: datetime) -> None:
    """When its words last changed. Each text keeps its own history, so the report needs no version of itself for this."""
    report.changed_at = at
    report.save_without_historical_record()  # type: ignore[attr-defined]  # simple_history adds it


def _put(
    row: Section | QuestionNarrative | Point, text: str, *, based_on: int, by: User, at: datetime
) -> bool:
    """Put the words into the row as its next version. False when they are the same; SavedMeanwhile when they collide."""
    text = text.replace("\r\n", "\n").strip()
    if text == row.text:
        return False
    enforce_newest(row, based_on=based_on, by=by)
    row.text, row.version, row.changed_at, row.changed_by = text, row.version + 1, at, by
    return True


@transaction.atomic
def write_section(
    report: Report, *, key: str, text: str, based_on: int, by: User, at: datetime
) -> Section:
    """The section says this. ``based_on`` is the version that the writer saw; raises SavedMeanwhile when it has moved on.

    The log gets one event for a quarter of an hour of one person's writing, since this is also called by the autosave.
    """
    report = _open(report, by=by)
    spec = section_spec(key, report.wording_key)
    if spec is None:
        refuse("The report has no such section.").enforce()
    section, _ = Section.objects.select_for_update().get_or_create(
        report=report, key=key, defaults={"changed_at": at, "changed_by": by}
    )
    if _put(section, text, based_on=based_on, by=by, at=at):
        section.save()
        _touch(report, at)
        record_sitting(
            "reports.section_written",
            by=by,
            at=at,
            subject=section,
            inspection=report.inspection,
            title=spec.title if spec else key,
        )
    return section


@transaction.atomic
def write_narrative(
    report: Report, *, question: Question, text: str, based_on: int, by: User, at: datetime
) -> QuestionNarrative:
    """The report answers this question so. Raises SavedMeanwhile when somebody saved in between. One event a sitting."""
    report = _open(report, by=by)
    narrative, _ = QuestionNarrative.objects.select_for_update().get_or_create(
        report=report, question=question, defaults={"changed_at": at, "changed_by": by}
    )
    if _put(narrative, text, based_on=based_on, by=by, at=at):
        narrative.save()
        _touch(report, at)
        record_sitting(
            "reports.narrative_written",
            by=by,
            at=at,
            subject=narrative,
            inspection=report.inspection,
            question=question.number,
        )
    return narrative


@transaction.atomic
def add_point(
    report: Report,
    *,
    question: Question,
    kind: PointKind,
    text: str,
    evidence: Iterable[EvidenceItem],
    by: User,
    at: datetime,
) -> Point:
    """The question has one more point, the last of its kind, threaded to its evidence (invariant 7).

    The same point on the same evidence again is the one that is there.
    """
    report = _open(report, by=by)
    text, evidence = text.replace("\r\n", "\n").strip(), list(evidence)
    same = queries.same_point(report, question, kind, text, evidence)
    if same:
        return same
    point = Point.objects.create(
        report=report,
        question=question,
        kind=kind,
        text=text,
        order=queries.next_order(report, question, kind),
        version=1,
        changed_at=at,
        changed_by=by,
    )
    _thread(point, evidence)
    _touch(report, at)
    _record_point("reports.point_added", point, by=by, at=at)
    return point


@transaction.atomic
def revise_point(
    point: Point,
    *,
    text: str,
    evidence: Iterable[EvidenceItem],
    based_on: int,
    by: User,
    at: datetime,
) -> Point:
    """The point says this and rests on this evidence. Raises SavedMeanwhile when somebody saved in between."""
    report = _open(point.report, by=by)
    point = (
        Point.objects.select_for_update(of=("self",))
        .select_related("report__inspection", "question")
        .get(pk=point.pk)
    )
    changed = _put(point, text, based_on=based_on, by=by, at=at)
    evidence = list(evidence)
    rethreaded = {item.pk for item in evidence} != set(point.evidence.values_list("pk", flat=True))
    if changed or rethreaded:
        if not changed:
            enforce_newest(point, based_on=based_on, by=by)
            point.version, point.changed_at, point.changed_by = point.version + 1, at, by
        point.save()
        _thread(point, evidence)
        _touch(report, at)
        _record_point("reports.point_revised", point, by=by, at=at)
    return point


@transaction.atomic
def remove_point(point: Point, *, by: User, at: datetime) -> None:
    """The point is out of the report; its history is kept."""
    report = _open(point.report, by=by)
    point = (
        Point.objects.select_for_update(of=("self",))
        .select_related("report__inspection", "question")
        .get(pk=point.pk)
    )
    _record_point("reports.point_removed", point, by=by, at=at)
    point.delete()
    _touch(report, at)


@transaction.atomic
def order_points(point: Point, *, by: User, at: datetime) -> Point:
    """The point stands one place further up among its kind; the first stays where it is."""
    report = _open(point.report, by=by)
    point = (
        Point.objects.select_for_update(of=("self",))
        .select_related("report__inspection", "question")
        .get(pk=point.pk)
    )
    rows = list(
        Point.objects.select_for_update()
        .filter(report=report, question=point.question, kind=point.kind)
        .order_by("order", "pk")
    )
    place = [row.pk for row in rows].index(point.pk)
    if place == 0:
        return point
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for order, row in enumerate(rows, 1):
        if row.order != order:
            row.order = order
            row.save()
    point.refresh_from_db()
    _touch(report, at)
    _record_point("reports.points_ordered", point, by=by, at=at)
    return point


def _thread(point: Point, evidence: Iterable[EvidenceItem]) -> None:
    """Only evidence of this very inspection can carry a point."""
    items = list(evidence)
    if any(item.inspection_id != point.report.inspection_id for item in items):
        refuse("That evidence belongs to another inspection.", source="R53").enforce()
    point.evidence.set(items)


def _record_point(event: str, point: Point, *, by: User, at: datetime) -> None:
    record(
        event,
        by=by,
        at=at,
        subject=point,
        inspection=point.report.inspection,
        kind=PointKind(point.kind).label.lower(),
        question=point.question.number,
        label=wording(point.report.wording_key)["labels"][point.kind],
    )
