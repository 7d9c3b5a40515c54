"""What this app posts."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from accounts.roles import Role
from core.mail import post
from evaluations.models import SelfEvaluation
from inspections import queries

TOLD = (Role.INSPECTION_COORDINATOR, Role.INSPECTION_LEAD, Role.DEPUTE, Role.SUPPORT_OFFICER)


def self_evaluation_submitted(self_evaluation: SelfEvaluation) -> None:
    """Notice to the co-ordinator, the lead, the depute and the support officer that it is in. One a person, ever."""
    inspection = self_evaluation.inspection
    files = self_evaluation.receipt_lines.filter(kind="file").count()
    for person in queries.holders_of(inspection, *TOLD):
        post(
            template="evaluations/self_evaluation_submitted",
            to=person.email,
            context={
                "self_evaluation": self_evaluation,
                "inspection": inspection,
                "to": person,
                "files": files,
                "link": settings.SITE_URL
                + reverse("evaluations:receipt", args=[inspection.reference]),
            },
            key=f"self-evaluation:{self_evaluation.pk}:{person.pk}",
            subject_reference=inspection.reference,
        )
