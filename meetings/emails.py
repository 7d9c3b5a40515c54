"""What this app posts."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from accounts.roles import Capability, roles_granting
from core.mail import post
from inspections.queries import holders_of
from meetings.models import Meeting

TOLD = sorted(roles_granting(Capability.CONFIRM_MEETING_RECORD))


def meeting_record_proposed(meeting: Meeting) -> None:
    """Notice to those of both sides who confirm a record that there is one. One a person and version."""
    inspection = meeting.inspection
    changed = meeting.confirmations.exclude(cleared_at=None).exists()
    for person in holders_of(inspection, *TOLD):
        post(
            template="meetings/meeting_record_proposed",
            to=person.email,
            context={
                "meeting": meeting,
                "inspection": inspection,
                "to": person,
                "changed": changed,
                "link": settings.SITE_URL
                + reverse("meetings:meeting-record", args=[inspection.reference, meeting.step.key]),
            },
            key=f"meeting:{meeting.pk}:{meeting.record_version}:{person.pk}",
            subject_reference=inspection.reference,
        )
