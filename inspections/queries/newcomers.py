"""Who comes onto the team by a deed on record, and who is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from accounts.queries import office_holders
from accounts.roles import Role
from audit.models import Event
from inspections.models import Inspection, Invitation, Membership, StandIn
from inspections.queries.people import holders_of


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whom a deed brings onto the team, and whose office it was or is. ``person_id`` is None for somebody without an account."""

    inspection: Inspection
    name: str
    email: str
    agency: str
    person_id: int | None
    whose_office: tuple[User, ...] = ()


def newcomer_of(event: Event) -> Newcomer:
    """Whom that deed brings: a naming, a handing over, an invitation, or the naming of a stand-in."""
    if event.subject_type == Invitation._meta.label_lower:
        found = Invitation.objects.select_related(
            "inspection__area", "agency", "takes_over__person"
        )
        invited = found.get(pk=event.subject_id)
        before = (invited.takes_over.person,) if invited.takes_over else ()
        known = User.objects.filter(email=invited.email).first()
        return Newcomer(
            invited.inspection,
            invited.name,
            invited.email,
            str(invited.agency),
            known.pk if known else None,
            before,
        )
    if event.subject_type == StandIn._meta.label_lower:
        named = StandIn.objects.select_related(
            "person__agency", "membership__person", "membership__inspection__area"
        ).get(pk=event.subject_id)
        return _named(named.membership.inspection, named.person, (named.membership.person,))
    part = Membership.objects.select_related("person__agency", "inspection__area").get(
        pk=event.subject_id
    )
    handed = Membership.objects.filter(  # the part that ended in the moment in which this one began
        inspection=part.inspection, role=part.role, ended_at=part.named_at
    ).select_related("person")
    return _named(part.inspection, part.person, tuple(one.person for one in handed))


def _named(inspection: Inspection, person: User, whose_office: tuple[User, ...]) -> Newcomer:
    agency = str(person.agency or "no agency")
    return Newcomer(inspection, person.name, person.email, agency, person.pk, whose_office)


def told_of_team(inspection: Inspection) -> list[User]:
    """Who is told when somebody comes onto the team: the lead, whoever stands in for the lead, and the service managers."""
    leads = holders_of(inspection, Role.INSPECTION_LEAD)
    return [*leads, *office_holders(Role.SERVICE_MANAGER)]
