"""Who comes onto the team by a deed on record, and who is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from accounts.models import User
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
    role: str = ""
    starts_on: date | None = None
    is_stand_in: bool = False


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
        newcomer = _named(named.membership.inspection, named.person, (named.membership.person,))
        ahead = named.starts_on if named.starts_on > timezone.localdate(named.named_at) else None
        role = Role(named.membership.role).label.lower()
        return replace(newcomer, role=role, starts_on=ahead, is_stand_in=True)
    part = Membership.objects.select_related("person__agency", "inspection__area").get(
        pk=event.subject_id
    )
    handed = Membership.objects.filter(  # the part that ended in the moment in which this one began
        inspection=part.inspection, role=part.role, ended_at=part.named_at
    ).select_related("person")
    stood_in = StandIn.objects.filter(membership__in=handed.order_by(), ended_at__isnull=True)
    others = User.objects.filter(pk__in=stood_in.order_by().values("person")).order_by("pk")
    newcomer = _named(part.inspection, part.person, (*(one.person for one in handed), *others))
    return replace(newcomer, role=Role(part.role).label.lower())


def _named(inspection: Inspection, person: User, whose_office: tuple[User, ...]) -> Newcomer:
    agency = str(person.agency or "no agency")
    return Newcomer(inspection, person.name, person.email, agency, person.pk, whose_office)


def told_of_team(inspection: Inspection) -> list[User]:
    """Who is told when somebody comes onto the team: the lead, whoever stands in for the lead, and the service managers."""
    offices = User.objects.filter(is_active=True, offices__role=Role.SERVICE_MANAGER).distinct()
    return [*holders_of(inspection, Role.INSPECTION_LEAD), *offices.order_by("pk")]


def stand_ins_of(membership: Membership) -> list[str]:
    """Who stands in for the holder of this part, today or from a day on, by name."""
    named = StandIn.objects.named().filter(membership=membership)
    return list(named.order_by("starts_on", "pk").values_list("person__name", flat=True))


def told_of_office(inspection: Inspection) -> list[User]:
    """Who is told when an office of the partnership changes hands, besides those whom it concerns."""
    return holders_of(inspection, Role.SUPPORT_OFFICER, Role.INSPECTION_COORDINATOR)
