"""The clock's entrance: find, and call an action."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import system_user
from core.jobs import GiveUp, each, enqueue, job, recurring
from core.pdf import PdfUnavailable
from core.verdicts import Refused
from reports import emails, exports, queries
from reports.actions.editions import keep_drawn_report
from reports.actions.publication import publish_report
from reports.models import Edition, Report


@job("reports.draw_report", lease=timedelta(minutes=10))
def draw_report(*, edition: int, now: datetime) -> None:
    """Draw one edition as PDF. Looks first: an edition that has its PDF was done before."""
    row = Edition.objects.get(pk=edition)
    if row.document_id is not None:
        return
    try:
        pdf = exports.report_pdf(row.html)
    except PdfUnavailable as missing:
        raise GiveUp(str(missing)) from missing
    keep_drawn_report(row, pdf=pdf, at=now)


@job("reports.tell_people", atomic=True)
def tell_people(*, report: int, event: str, told_at: str, now: datetime) -> None:
    """Write the letters of one event."""
    row = Report.objects.select_related("inspection__area").get(pk=report)
    emails.write_letters(row, event, told_at=told_at, now=now)


@recurring("reports.publish_due_reports", every=timedelta(seconds=20))
def publish_due_reports(*, now: datetime) -> None:
    """Ask for each report that is due, the longest waiting first: a job each, so that a fault in one holds up no other."""
    each(
        queries.due_for_publication(now),
        lambda report: enqueue(
            "reports.publish_report", key=f"publish:{report.pk}", now=now, report=report.pk
        ),
    )


@job("reports.publish_report", tries=8)
def publish_one_report(*, report: int, now: datetime) -> None:
    """Publish one report at its hour. What a gate holds is asked for again by the next round; its lead is told once."""
    row = Report.objects.select_related("inspection__area").get(pk=report)
    try:
        publish_report(row, by=system_user(), at=now)
    except Refused:
        if row.publish_at:
            with transaction.atomic():
                emails.write_letters(
                    row, "publication_held", told_at=row.publish_at.isoformat(), now=now
                )
