"""What this app posts. Never a word of the report: a link, and what is asked by when."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core.mail import post
from inspections.queries import holders_of
from reports.models import Report

READS_DRAFT = (Role.INSPECTION_COORDINATOR, Role.CHIEF_OFFICER)
WRITES = (Role.INSPECTION_LEAD, Role.DEPUTE)


def report_sent_to_panel(report: Report, *, at: datetime) -> None:
    """The panel's chair has a report to read."""
    chairs = list(User.objects.filter(offices__role=Role.PANEL_CHAIR, is_active=True).distinct())
    _tell(report, "report_sent_to_panel", chairs, at=at)


def draft_issued(report: Report, *, at: datetime) -> None:
    """The partnership's readers have the draft, and until when."""
    _tell(report, "draft_issued", holders_of(report.inspection, *READS_DRAFT), at=at)


def comments_returned(report: Report, *, count: int, at: datetime) -> None:
    """The lead has comments to answer."""
    _tell(report, "comments_returned", holders_of(report.inspection, *WRITES), at=at, count=count)


def publication_scheduled(report: Report, *, at: datetime) -> None:
    """Both sides know the moment, and that the copy is under embargo."""
    people = holders_of(report.inspection, *READS_DRAFT, *WRITES, Role.SUPPORT_OFFICER)
    _tell(report, "publication_scheduled", people, at=at)


def report_published(report: Report, *, at: datetime) -> None:
    """Both sides know that it is public, and where."""
    people = holders_of(report.inspection, *READS_DRAFT, *WRITES, Role.SUPPORT_OFFICER)
    public = settings.SITE_URL + reverse("reports:published-report", args=[report.inspection.reference])
    _tell(report, "report_published", people, at=at, public=public)


def _tell(report: Report, template: str, people: list[User], *, at: datetime, **context: object) -> None:
    """One letter a person and moment."""
    for person in people:
        post(
            template=f"reports/{template}",
            to=person.email,
            context={
                "report": report,
                "inspection": report.inspection,
                "to": person,
                "link": settings.SITE_URL + report.get_absolute_url(),
                **context,
            },
            key=f"{template}:{report.pk}:{at.isoformat()}:{person.pk}",
            subject_reference=report.inspection.reference,
            now=at,
        )
