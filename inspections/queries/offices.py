"""Who may take over an office or stand in for its holder, and for whom somebody acts."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.enums import INSPECTORATES
from accounts.models import User
from accounts.roles import PARTNERSHIP_ROLES
from inspections.models import Inspection, Membership, StandIn


def people_for_office(membership: Membership) -> QuerySet[User]:
    """People with an account on the side that fills this office: of the area's agencies, or of the inspectorates."""
    people = User.objects.filter(is_active=True).exclude(pk=membership.person_id)
    if membership.role in PARTNERSHIP_ROLES:
        people = people.filter(agency__areas=membership.inspection.area_id)
    else:
        people = people.filter(agency__kind__in=INSPECTORATES)
    return people.select_related("agency").distinct()


def acts_for(person: User, inspection: Inspection | str) -> str:
    """``for Morag Finlas`` where this person is here as a stand-in alone, ``also standing in for …`` beside a part of their own."""
    at = {"reference": inspection} if isinstance(inspection, str) else {"pk": inspection.pk}
    found = (
        StandIn.objects.in_force()
        .filter(
            person=person, **{f"membership__inspection__{key}": value for key, value in at.items()}
        )
        .select_related("membership__person")
    )
    holders = list(dict.fromkeys(one.membership.person.name for one in found))
    if not holders:
        return ""
    own = Membership.objects.current().filter(
        person=person, **{f"inspection__{key}": value for key, value in at.items()}
    )
    return f"{'also standing in for' if own.exists() else 'for'} {' and '.join(holders)}"
