"""What this app posts."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from core.mail import post
from core.words import listed
from evaluations.models import SelfEvaluation
from evaluations.queries import Unwritten
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
    _of_parts("parts_given", inspection, to=to, numbers=numbers, event=event)


def parts_taken_back(inspection: Inspection, *, to: User, numbers: list[int], event: Event) -> None:
    """Notice to a contributor that their agency writes these questions no longer. One a person and deed."""
    _of_parts("parts_taken_back", inspection, to=to, numbers=numbers, event=event)


def nobody_left_to_write(unwritten: Unwritten, *, to: User, left: User, at: datetime) -> None:
    """Notice to the co-ordinator that an agency has nobody left on its questions. One a person, inspection and moment."""
    inspection = unwritten.inspection
    post(
        template="evaluations/nobody_left_to_write",
        to=to.email,
        context={
            "inspection": inspection,
            "to": to,
            "left": left,
            "agency": unwritten.agency,
            "questions": unwritten.questions,
            "link": settings.SITE_URL
            + reverse("evaluations:give-parts", args=[inspection.reference]),
        },
        key=f"nobody-left:{inspection.pk}:{left.pk}:{at.isoformat()}:{to.pk}",
        subject_reference=inspection.reference,
    )


def _of_parts(
    template: str, inspection: Inspection, *, to: User, numbers: list[int], event: Event
) -> None:
    post(
        template=f"evaluations/{template}",
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
        key=f"{template}:{event.number}:{to.pk}",
        subject_reference=inspection.reference,
    )
