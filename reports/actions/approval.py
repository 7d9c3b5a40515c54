"""The report before the panel, and what follows a weak evaluation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.record import record
from inspections.actions.steps import complete_step_by_deed
from reports import emails, permissions
from reports.enums import ReportState
from reports.models import FollowUpDecision, Report


def locked(report: Report) -> Report:
    """The report as it is now, held until the deed is done."""
    return (
        Report.objects.select_for_update(of=("self", "inspection"))
        .select_related("inspection__area")
        .get(pk=report.pk)
    )


def move(report: Report, deed: str, *, at: datetime) -> None:
    """The next state, by the table of moves."""
    report.state, report.state_since = ReportState(report.stand.moves[deed]), at
    report.save()


@transaction.atomic
def send_report_to_panel(report: Report, *, by: User, at: datetime) -> Report:
    """The panel has the report, complete and with four proposed evaluations (R44); its words rest."""
    report = locked(report)
    permissions.can_send_report_to_panel(by, report).enforce()
    move(report, "send_report_to_panel", at=at)
    record(
        "reports.report_sent_to_panel", by=by, at=at, subject=report, inspection=report.inspection
    )
    emails.tell(report, "report_sent_to_panel", at=at)
    return report


@transaction.atomic
def approve_report(report: Report, *, by: User, at: datetime) -> Report:
    """The panel has approved the draft, all four evaluations being confirmed (R41)."""
    report = locked(report)
    permissions.can_approve_report(by, report).enforce()
    report.panel_note = ""
    move(report, "approve_report", at=at)
    complete_step_by_deed(report.inspection, key="panel", by=by, at=at)
    record("reports.report_approved", by=by, at=at, subject=report, inspection=report.inspection)
    return report


@transaction.atomic
def send_report_back(report: Report, *, reason: str, by: User, at: datetime) -> Report:
    """The report is in drafting again, with what the panel wants changed."""
    report = locked(report)
    permissions.can_send_report_back(by, report).enforce()
    report.panel_note = reason
    move(report, "send_report_back", at=at)
    record("reports.report_sent_back", by=by, at=at, subject=report, inspection=report.inspection)
    emails.tell(report, "report_sent_back", at=at)
    return report


@transaction.atomic
def decide_follow_up(
    report: Report, *, progress_review: bool, timescale: str, reason: str, by: User, at: datetime
) -> FollowUpDecision:
    """Whether a progress review follows, by when and why (R43); the report will say so (E8). A later decision replaces it.

    The same decision again changes nothing.
    """
    report = locked(report)
    permissions.can_decide_follow_up(by, report).enforce()
    timescale = timescale if progress_review else ""
    same = FollowUpDecision.objects.filter(
        report=report, progress_review=progress_review, timescale=timescale, reason=reason
    ).first()
    if same:
        return same
    decision, _ = FollowUpDecision.objects.update_or_create(
        report=report,
        defaults={
            "progress_review": progress_review,
            "timescale": timescale,
            "reason": reason,
            "decided_at": at,
            "decided_by": by,
        },
    )
    report.changed_at = at
    report.save()
    record(
        "reports.follow_up_decided",
        by=by,
        at=at,
        subject=decision,
        inspection=report.inspection,
        decision=f"a progress review {timescale}" if progress_review else "no progress review",
    )
    return decision
