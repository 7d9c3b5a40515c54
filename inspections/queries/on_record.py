"""What is kept because of a deed that is on record, for the proof of the record."""

from __future__ import annotations

from collections.abc import Iterator

from audit.proof import Deed
from inspections.models import Inspection, Notification


def deeds_kept() -> Iterator[Deed]:
    """Inspections and notifications, each with the event that it cannot lack. One query each."""
    for pk, reference in Inspection.objects.values_list("pk", "reference"):
        yield Deed(
            f"Inspection {reference}",
            "inspections.inspection_planned",
            "inspections.inspection",
            str(pk),
        )
    for pk, reference in Notification.objects.values_list("pk", "inspection__reference"):
        yield Deed(
            f"The notification of {reference}",
            "inspections.partnership_notified",
            "inspections.notification",
            str(pk),
        )
