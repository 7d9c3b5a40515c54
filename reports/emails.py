"""What this app posts. Never a word of the report: a link, and what is asked by when.

A deed asks for the letters in its own transaction; a job writes one to each person, so that no page waits for the post.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core.jobs import enqueue
from core.mail import post
from inspections.queries import holders_of
from reports.models import Report

READS_DRAFT = (Role.INSPECTION_COORDINATOR, Role.CHIEF_OFFICER)
WRITES = (Role.INSPECTION_LEAD, Role.DEPUTE)
BOTH_SIDES = (*READS_DRAFT, *WRITES, Role.SUPPORT_OFFICER)
TOLD: dict[str, tuple[Role, ...]] = {
    "report_sent_to_panel": (Role.PANEL_CHAIR,),
    "report_sent_back": WRITES,
    "draft_issued": READS_DRAFT,
    "comments_returned": WRITES,
    "publication_scheduled": BOTH_SIDES,
    "publication_held": (Role.INSPECTION_LEAD,),
    "report_published": BOTH_SIDES,
}


def tell(report: Report, event: str, *, at: datetime) -> None:
    """After commit, everybody whom this event concerns gets its letter, once."""
    enqueue(
        "reports.tell_people",
        key=f"{event}:{report.pk}:{at.isoformat()}",
        now=at,
        report=report.pk,
        event=event,
        told_at=at.isoformat(),
    )


def write_letters(report: Report, event: str, *, told_at: str, now: datetime) -> None:
    """One letter a person; the same event again writes none twice."""
    for person in people_told(report, event):
        post(
            template=f"reports/{event}",
            to=person.email,
            context={
                "report": report,
                "inspection": report.inspection,
                "to": person,
                "count": report.comments.count(),
                "link": settings.SITE_URL + report.get_absolute_url(),
                "overview": settings.SITE_URL + report.inspection.get_absolute_url(),
                "public": settings.SITE_URL
                + reverse("reports:published-report", args=[report.inspection.reference]),
            },
            key=f"{event}:{report.pk}:{told_at}:{person.pk}",
            subject_reference=report.inspection.reference,
            now=now,
        )


def people_told(report: Report, event: str) -> list[User]:
    """Whom an event concerns: holders of its roles on the inspection, or of the office of the panel's chair."""
    roles = TOLD[event]
    if roles == (Role.PANEL_CHAIR,):
        return list(User.objects.filter(offices__role=Role.PANEL_CHAIR, is_active=True).distinct())
    return holders_of(report.inspection, *roles)
