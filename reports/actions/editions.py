"""Fixing the report as an edition, and keeping the PDF that the worker draws of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User, system_user
from audit.record import record
from core.jobs import enqueue
from core.verdicts import require
from documents.actions.documents import keep_generated
from reports import exports, permissions
from reports.enums import EditionKind
from reports.models import Edition, Report


def make_edition(
    report: Report, *, kind: EditionKind, by: User, at: datetime, embargo: str = ""
) -> Edition:
    """Fix the report as it is now: source, print document and hashes; after commit the worker draws its PDF.

    Within the deed that asks for it, which records the event.
    """
    dated = at if kind == EditionKind.PUBLISHED else None
    source = exports.report_source(report, dated=dated)
    return fix_edition(report, source=source, kind=kind, by=by, at=at, embargo=embargo)


def fix_edition(
    report: Report,
    *,
    source: dict[str, object],
    kind: EditionKind,
    by: User,
    at: datetime,
    embargo: str = "",
) -> Edition:
    """The same from a source that stands already, as publication does with the embargoed one."""
    html = str(exports.report_html(source, draft=kind == EditionKind.DRAFT, embargo=embargo))
    last = (
        Edition.objects.filter(report=report, kind=kind).aggregate(last=Max("number"))["last"] or 0
    )
    edition = Edition.objects.create(
        report=report,
        kind=kind,
        number=last + 1,
        source=source,
        source_sha256=exports.sha256(exports.canonical(source)),
        html=html,
        html_sha256=exports.sha256(html),
        made_at=at,
        made_by=by,
    )
    enqueue("reports.draw_report", key=f"edition:{edition.pk}", now=at, edition=edition.pk)
    return edition


@transaction.atomic
def draw_report(report: Report, *, by: User, at: datetime) -> Edition:
    """A working copy of the report is on its way as PDF. The same words as the last working copy are not drawn twice."""
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("inspection__area")
        .get(pk=report.pk)
    )
    permissions.can_draw_report(by, report).enforce()
    last = (
        Edition.objects.filter(report=report, kind=EditionKind.WORKING).order_by("-number").first()
    )
    source = exports.report_source(report)
    if last and last.source_sha256 == exports.sha256(exports.canonical(source)):
        if last.document_id is None:
            enqueue("reports.draw_report", key=f"edition:{last.pk}", now=at, edition=last.pk)
        return last
    edition = fix_edition(
        report, source=source, kind=EditionKind.WORKING, by=by, at=at, embargo="Working copy"
    )
    record(
        "reports.report_drawn",
        by=by,
        at=at,
        subject=edition,
        inspection=report.inspection,
        number=edition.number,
    )
    return edition


@transaction.atomic
def keep_drawn_report(edition: Edition, *, pdf: bytes, at: datetime) -> Edition:
    """The PDF stands beside the document it was drawn from. Safe to repeat: an edition that has its PDF is left alone."""
    edition = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("report__inspection")
        .get(pk=edition.pk)
    )
    if edition.document_id is not None:
        return edition
    require(pdf.startswith(b"%PDF"), "What was drawn is not a PDF.").enforce()
    inspection = edition.report.inspection
    edition.document = keep_generated(
        pdf,
        name=file_name(edition),
        holder_type="reports.edition",
        holder_id=str(edition.pk),
        inspection=inspection.reference,
        by=system_user(),
        at=at,
    )
    edition.pdf_sha256 = exports.sha256(pdf)
    edition.save()
    return edition


def file_name(edition: Edition) -> str:
    """``JI-2026-001 report, edition 1.pdf``."""
    words = {
        EditionKind.WORKING: "working copy",
        EditionKind.DRAFT: "draft",
        EditionKind.EMBARGOED: "embargoed copy",
        EditionKind.PUBLISHED: "edition",
    }
    return f"{edition.report.inspection.reference} report, {words[EditionKind(edition.kind)]} {edition.number}.pdf"
