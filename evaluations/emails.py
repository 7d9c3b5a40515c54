"""What this app posts."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from core.mail import post
from core.words import listed
from evaluations.models import SelfEvaluation
from inspections import queries
from inspections.models import Inspection

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


def parts_given(inspection: Inspection, *, to: User, numbers: list[int], event: Event) -> None:
    """Notice to a contributor that their agency writes these questions. One a person and deed."""
    post(
        template="evaluations/parts_given",
        to=to.email,
        context={
            "inspection": inspection,
            "to": to,
            "agency": to.agency,
            "by": event.by_name,
            "questions": f"question{'s' if len(numbers) > 1 else ''} {listed([str(n) for n in numbers])}",
            "step": inspection.steps.filter(key="self_evaluation_due").first(),
            "link": settings.SITE_URL
            + reverse("evaluations:self-evaluation", args=[inspection.reference]),
        },
        key=f"parts:{event.number}:{to.pk}",
        subject_reference=inspection.reference,
    )
