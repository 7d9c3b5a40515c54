"""Who may take over an office or stand in for its holder, and for whom somebody acts."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from accounts.enums import INSPECTORATES
from accounts.models import User
from accounts.roles import PARTNERSHIP_ROLES, Role
from inspections.models import Inspection, Membership, StandIn
from inspections.queries.people import contact


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


def why_not_seen(person: User, path: str) -> str:
    """To somebody who worked on the inspection at this address: when their part ended, and whom to ask. Else nothing."""
    inspection = Inspection.objects.filter(reference__in=path.split("/")).first()
    if inspection is None or Membership.objects.held_by(person).filter(inspection=inspection):
        return ""
    part = Membership.objects.filter(inspection=inspection, person=person).last()
    stood_in = StandIn.objects.filter(membership__inspection=inspection, person=person).last()
    asked = contact(inspection)
    telephone = f", {asked.telephone}," if asked and asked.telephone else ""
    ask = f"If you should still take part, ask {asked or 'the inspection lead'}{telephone} to name or invite you again."
    if part:
        day = part.until if part.ended_at is None else timezone.localdate(part.ended_at)
        if part.until and part.has_lapsed(timezone.localdate()):
            day = min(part.until, day or part.until)
        role = Role(part.role).label.lower()
        return f"Your part in this inspection as {role} ended on {day:%-d %B %Y}. {ask}"
    if stood_in and stood_in.starts_on <= timezone.localdate():
        return f"You no longer stand in for {stood_in.membership.person} in this inspection. {ask}"
    return ""
