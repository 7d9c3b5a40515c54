"""What the team declared, what was decided on it, and who decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import (
    PARTNERSHIP_ROLES,
    PROGRAMME_ROLES,
    TEAM_ROLES,
    Capability,
    Role,
    roles_granting,
)
from core.workdays import ONE_DAY, working_days_between
from inspections.enums import OVER, InterestAnswer, InterestDecision
from inspections.models import Declaration, Inspection, Membership, StandIn
from inspections.queries.parts import Played, everybody_named_to
from inspections.queries.people import holders_of

REMINDED_AFTER = 3  # working days

DECIDERS = roles_granting(Capability.DECIDE_INTEREST)


def where_to_declare(person: User) -> QuerySet[Inspection]:
    """The inspections a person sees, and those to whose team they are named and that they do not see: they have not declared, or
    stand in from a day to come."""
    named = Membership.objects.named_to(person).in_role(*TEAM_ROLES).values("inspection_id")
    seen = Inspection.objects.visible_to(person).order_by().values("pk")
    return Inspection.objects.filter(Q(pk__in=seen) | Q(pk__in=named))


def parts_to_declare_for(inspection: Inspection, person: User) -> list[Role]:
    """The roles of the team that a person holds here, or to which they are named as stand-in: one declaration serves them all."""
    named = Membership.objects.named_to(person).filter(inspection=inspection)
    found = set(named.in_role(*TEAM_ROLES).values_list("role", flat=True))
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


def not_declared(inspection: Inspection, found: Collection[Declaration]) -> list[Played]:
    """Whose part in the team waits for a first word of theirs: of those named, as themselves or as stand-ins, all who are not
    among ``found``. Two queries."""
    said = {one.person_id for one in found}
    team = Membership.objects.current().filter(inspection=inspection).in_role(*TEAM_ROLES)
    return [one for one in everybody_named_to(team) if one.person.pk not in said]


def declared_last(inspection: Inspection) -> dict[int, Declaration]:
    """What each person declared last on an inspection, by the number of the person. One query."""
    return {one.person_id: one for one in inspection.declarations.said_last()}


@dataclass(frozen=True, slots=True)
class DeclarationStand:
    """Where the declaration of one person of the team stands, as the page of the team says it.

    ``in_force`` is what was decided before, where something newer waits. ``terms`` are those in force, and empty for everybody
    but the person and those who decide; ``to_decide`` is the declaration that this reader can decide on.
    """

    words: str
    tone: str = ""
    in_force: str = ""
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
    people = {held.person_id for held in team} | {
        one.person_id for held in team for one in getattr(held, "named_stand_ins", ())
    }
    said: dict[int, list[Declaration]] = {pk: [] for pk in people}
    for one in inspection.declarations.filter(person__in=people).order_by("pk"):
        said[one.person_id].append(one)
    return {pk: _stand(rows, reader=reader, decides=decides) for pk, rows in said.items()}


def _stand(said: list[Declaration], *, reader: User, decides: bool) -> DeclarationStand:
    """By what somebody declared last; what was decided before stays in force until the newest is decided."""
    if not said:
        return DeclarationStand("Has not declared yet", "attention")
    latest, decided = said[-1], next((one for one in reversed(said) if one.decision), None)
    words, tone = DECIDED_WORDS[InterestDecision(decided.decision)] if decided else ("", "")
    is_own = latest.person_id == reader.pk
    terms = decided.terms if decided and (decides or is_own) else ""
    if latest.waits:
        to_decide = latest.pk if decides and not is_own else None
        return DeclarationStand("Waits for a decision", "attention", words, terms, to_decide)
    if not latest.decision:
        return DeclarationStand("Nothing to declare")
    return DeclarationStand(words, tone, terms=terms)


def undecided(inspections: Collection[int], *, but: User) -> list[Declaration]:
    """What others of these teams declared and nobody has decided on, the oldest first. One query."""
    if not inspections:
        return []
    here = {"inspection": OuterRef("inspection"), "person": OuterRef("person")}
    named = Membership.objects.current().in_role(*TEAM_ROLES).filter(**here)
    stands_in = StandIn.objects.named().filter(
        membership__inspection=OuterRef("inspection"), person=OuterRef("person")
    )
    rows = (
        Declaration.objects.waiting()
        .filter(Exists(named) | Exists(stands_in), inspection__in=inspections)
        .exclude(person=but)
    )
    return list(rows.select_related("person").order_by("declared_at", "pk"))


def deciders_of(inspection: Inspection, *, but: User) -> list[User]:
    """Who decides on what somebody declares here: the offices, and those of the team whose part lets them, once it is open to
    them. Never oneself."""
    offices = User.objects.filter(is_active=True, offices__role__in=DECIDERS & PROGRAMME_ROLES)
    opened = set(inspection.declarations.opening().values_list("person_id", flat=True))
    parts = [one for one in holders_of(inspection, *DECIDERS - PROGRAMME_ROLES) if one.pk in opened]
    found = {one.pk: one for one in (*offices.distinct().order_by("name", "pk"), *parts)}
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
    said = Declaration.objects.filter(inspection=OuterRef("inspection"), person=OuterRef("person"))
    return (
        Membership.objects.current(today)
        .in_role(*TEAM_ROLES)
        .filter(~Exists(said), reminded_at__isnull=True, named_at__date__lte=_named_by(today))
        .exclude(inspection__state__in=OVER)
    )


def stand_ins_to_be_reminded(today: date) -> QuerySet[StandIn]:
    """The same of those named as stand-ins, before their first day too. Whoever holds a part there as well is reminded for
    that, and whoever stands in twice is reminded once."""
    here = {"inspection": OuterRef("membership__inspection"), "person": OuterRef("person")}
    said = Declaration.objects.filter(**here)
    own = Membership.objects.current(today).in_role(*TEAM_ROLES).filter(**here)
    told = StandIn.objects.filter(
        membership__inspection=OuterRef("membership__inspection"),
        person=OuterRef("person"),
        reminded_at__isnull=False,
    )
    return (
        StandIn.objects.named(today)
        .filter(membership__role__in=TEAM_ROLES)
        .filter(~Exists(said), ~Exists(own), ~Exists(told), named_at__date__lte=_named_by(today))
        .exclude(membership__inspection__state__in=OVER)
    )


def _named_by(today: date) -> date:
    """The last day on which somebody was named whom today's clock reminds."""
    last = today
    while working_days_between(last, today) < REMINDED_AFTER:
        last -= ONE_DAY
    return last
