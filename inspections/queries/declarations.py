"""What the team declared, what was decided on it, and who decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import GRANTS, PARTNERSHIP_ROLES, TEAM_ROLES, Capability, Role
from core.workdays import ONE_DAY, working_days_between
from inspections.enums import OVER, InterestAnswer, InterestDecision
from inspections.models import Declaration, Inspection, Membership, StandIn
from inspections.queries.people import holders_of

REMINDED_AFTER = 3  # working days

DECIDERS = frozenset(role for role in Role if Capability.DECIDE_INTEREST in GRANTS[role])


def where_to_declare(person: User) -> QuerySet[Inspection]:
    """The inspections a person sees, and those that they do not see yet because they have not declared."""
    closed = Membership.objects.closed_to(person).values("inspection_id")
    seen = Inspection.objects.visible_to(person).order_by().values("pk")
    return Inspection.objects.filter(Q(pk__in=seen) | Q(pk__in=closed))


def parts_to_declare_for(inspection: Inspection, person: User) -> list[Role]:
    """The roles of the team that a person holds here, or stands in for: one declaration serves them all. Two queries."""
    closed = Membership.objects.closed_to(person)
    held = Membership.objects.held_by(person).in_role(*TEAM_ROLES)
    found = [
        role
        for rows in (closed, held)
        for role in rows.filter(inspection=inspection).values_list("role", flat=True)
    ]
    return [role for role in Role if role in found]


def declared_by(person: User, inspection: Inspection) -> list[Declaration]:
    """What a person declared on an inspection, the latest first."""
    rows = inspection.declarations.filter(person=person).select_related("decided_by")
    return list(rows.order_by("-pk"))


def declarations_of(inspection: Inspection) -> list[Declaration]:
    """What everybody declared on an inspection: what waits for a decision first, then the latest first. One query."""
    rows = inspection.declarations.select_related("person__agency", "decided_by")
    found = list(rows.order_by("-pk"))
    for one in found:
        one.inspection = inspection
    last = {one.person_id: one.pk for one in reversed(found)}
    return sorted(found, key=lambda one: not (one.waits and last[one.person_id] == one.pk))


def not_declared(inspection: Inspection, found: Collection[Declaration]) -> list[Membership]:
    """Whose part in the team waits for a first word of theirs: of those named, all who are not among ``found``. One query."""
    said = {one.person_id for one in found}
    named = Membership.objects.current().filter(inspection=inspection).in_role(*TEAM_ROLES)
    return [one for one in named.select_related("person__agency") if one.person_id not in said]


def declared_last(inspection: Inspection) -> dict[int, Declaration]:
    """What each person declared last on an inspection, by the number of the person. One query."""
    return {one.person_id: one for one in inspection.declarations.said_last()}


@dataclass(frozen=True, slots=True)
class DeclarationStand:
    """Where the declaration of one person of the team stands, as the page of the team says it.

    ``terms`` are empty for everybody but the person and those who decide; ``to_decide`` is the declaration that this reader
    can decide on.
    """

    words: str
    tone: str = ""
    terms: str = ""
    to_decide: int | None = None


DECIDED_WORDS = {
    InterestDecision.WORKS: ("Declared, and works on the inspection", ""),
    InterestDecision.APART: ("Works apart from what they declared", "plain"),
    InterestDecision.NOT: ("Does not take part, by what they declared", "attention"),
}


def stands_of_declarations(
    inspection: Inspection, team: Iterable[Membership], *, reader: User, decides: bool
) -> dict[int, DeclarationStand]:
    """Where each of the team and of their named stand-ins stands, by the number of the person. One query."""
    latest = declared_last(inspection)
    people = {held.person_id for held in team} | {
        one.person_id for held in team for one in getattr(held, "named_stand_ins", ())
    }
    return {pk: _stand(latest.get(pk), reader=reader, decides=decides) for pk in people}


def _stand(said: Declaration | None, *, reader: User, decides: bool) -> DeclarationStand:
    if said is None:
        return DeclarationStand("Has not declared yet", "attention")
    if said.waits:
        is_other = said.person_id != reader.pk
        to_decide = said.pk if decides and is_other else None
        return DeclarationStand("Waits for a decision", "attention", to_decide=to_decide)
    if not said.decision:
        return DeclarationStand("Nothing to declare")
    words, tone = DECIDED_WORDS[InterestDecision(said.decision)]
    sees_terms = decides or said.person_id == reader.pk
    return DeclarationStand(words, tone, said.terms if sees_terms else "")


def undecided(inspections: Collection[int], *, but: User) -> list[Declaration]:
    """What others of these teams declared and nobody has decided on, the oldest first. One query."""
    if not inspections:
        return []
    here = {"inspection": OuterRef("inspection"), "person": OuterRef("person")}
    named = Membership.objects.current().in_role(*TEAM_ROLES).filter(**here)
    stands_in = StandIn.objects.open().filter(
        membership__inspection=OuterRef("inspection"), person=OuterRef("person")
    )
    rows = (
        Declaration.objects.waiting()
        .filter(Exists(named) | Exists(stands_in), inspection__in=inspections)
        .exclude(person=but)
    )
    return list(rows.select_related("person").order_by("declared_at", "pk"))


def deciders_of(inspection: Inspection, *, but: User) -> list[User]:
    """Who decides on what somebody declares here: the offices, and the lead once it is open to them. Never oneself."""
    offices = User.objects.filter(is_active=True, offices__role__in=DECIDERS).distinct()
    opened = set(inspection.declarations.opening().values_list("person_id", flat=True))
    leads = [one for one in holders_of(inspection, Role.INSPECTION_LEAD) if one.pk in opened]
    found = {one.pk: one for one in (*offices.order_by("name", "pk"), *leads)}
    return [one for pk, one in found.items() if pk != but.pk]


def known_from_before(
    inspection: Inspection, person: User
) -> tuple[list[Inspection], list[Inspection]]:
    """Other inspections of the same area on which a person declared an interest, and those on which they were of the partnership."""
    others = Inspection.objects.filter(area=inspection.area_id).exclude(pk=inspection.pk)
    others = others.select_related("area").order_by("reference")
    declared = Declaration.objects.of(person).filter(answer=InterestAnswer.SOMETHING)
    worked = Membership.objects.filter(person=person, role__in=PARTNERSHIP_ROLES)
    return (
        list(others.filter(pk__in=declared.values("inspection_id"))),
        list(others.filter(pk__in=worked.values("inspection_id"))),
    )


def to_be_reminded(today: date) -> QuerySet[Membership]:
    """Those named to a team three working days ago or longer who have said nothing yet, and were not reminded."""
    last = today
    while working_days_between(last, today) < REMINDED_AFTER:
        last -= ONE_DAY
    said = Declaration.objects.filter(inspection=OuterRef("inspection"), person=OuterRef("person"))
    return (
        Membership.objects.current(today)
        .in_role(*TEAM_ROLES)
        .filter(~Exists(said), reminded_at__isnull=True, named_at__date__lte=last)
        .exclude(inspection__state__in=OVER)
    )
