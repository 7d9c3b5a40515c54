"""The version for young people, the embargo, and publication at its hour."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from documents.models import Document
from inspections.actions.phases import mark_published
from inspections.actions.steps import complete_step_by_deed
from reports import emails, exports, permissions, queries, rules
from reports.actions.approval import locked, move
from reports.actions.editions import fix_edition, make_edition
from reports.enums import EditionKind
from reports.models import Edition, Report, YoungPeoplesVersion


@transaction.atomic
def attach_young_peoples_version(
    report: Report, *, document: Document, title: str, by: User, at: datetime
) -> YoungPeoplesVersion:
    """The version for young people is attached (R49). It replaces the one before, which is kept.

    The same file under the same title again changes nothing; under another title it has that title, and is the newest.
    """
    report = locked(report)
    permissions.can_attach_young_peoples_version(by, report).enforce()
    rules.may_be_young_peoples_version(report, document).enforce()
    newest = queries.young_peoples_version(report)
    if newest and (newest.document_id, newest.title) == (document.pk, title):
        return newest
    version, _ = YoungPeoplesVersion.objects.update_or_create(
        document=document,
        defaults={"report": report, "title": title, "attached_at": at, "attached_by": by},
    )
    record(
        "reports.young_peoples_version_attached",
        by=by,
        at=at,
        subject=version,
        inspection=report.inspection,
        title=title,
    )
    return version


@transaction.atomic
def schedule_publication(
    report: Report, *, moment: datetime, reason: str, by: User, at: datetime
) -> Report:
    """The report is published at that moment by itself; until then its marked copy is under embargo (R12, R48).

    The same moment for the same reason again changes nothing: no second copy, event or letter.
    """
    report = locked(report)
    permissions.can_schedule_publication(by, report).enforce()
    if queries.is_scheduled_so(report, moment=moment, reason=reason):
        return report
    rules.may_publish_at(report, moment=moment, reason=reason, now=at).enforce()
    report.publish_at, report.publish_reason = moment, reason
    move(report, "schedule_publication", at=at)
    words = f"{timezone.localtime(moment):%H:%M on %A %-d %B %Y}"
    make_edition(
        report, kind=EditionKind.EMBARGOED, by=by, at=at, embargo=f"Under embargo until {words}"
    )
    complete_step_by_deed(report.inspection, key="embargo_copy", by=by, at=at)
    record(
        "reports.publication_scheduled",
        by=by,
        at=at,
        subject=report,
        inspection=report.inspection,
        moment=words,
        why=f", because: “{reason}”" if reason else "",
    )
    emails.tell(report, "publication_scheduled", at=at)
    return report


@transaction.atomic
def publish_report(report: Report, *, by: User, at: datetime) -> Edition | None:
    """The report is public: its edition is fixed from the embargoed source, and the inspection is published (R12).

    Idempotent: None when it was published before. Late after an outage is late, never twice and never lost.
    """
    report = locked(report)
    if report.is_published:
        return None
    rules.may_publish_report(report, at=at).enforce()
    embargoed = queries.current_edition(report, EditionKind.EMBARGOED)
    report.published_at = at
    move(report, "publish_report", at=at)
    source = exports.dated(embargoed.source if embargoed else exports.report_source(report), at)
    edition = fix_edition(report, source=source, kind=EditionKind.PUBLISHED, by=by, at=at)
    mark_published(report.inspection, by=by, at=at)
    record(
        "reports.report_published",
        by=by,
        at=at,
        subject=edition,
        inspection=report.inspection,
        area=report.inspection.area.name,
        number=edition.number,
    )
    emails.tell(report, "report_published", at=at)
    return edition
