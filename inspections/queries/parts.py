"""What one person does on inspections, and to which areas an agency belongs: what administrators see, and nothing else."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Agency, User
from inspections.enums import OVER
from inspections.models import Area, Membership


def parts_today(person: User) -> QuerySet[Membership]:
    """The person's parts in force, on inspections that are not over. The newest inspection first."""
    return (
        Membership.objects.current()
        .filter(person=person)
        .exclude(inspection__state__in=OVER)
        .select_related("inspection__area", "person")
        .order_by("-inspection__planned_for", "inspection__reference", "pk")
    )


def areas_of(agency: Agency) -> QuerySet[Area]:
    """The areas to whose partnerships the agency belongs."""
    return Area.objects.filter(agencies=agency)
