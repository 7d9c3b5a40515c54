"""What somebody's parts on inspections keep from being done to their account or their agency."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import Agency, User
from accounts.queries import offices_of
from accounts.roles import Role
from core.verdicts import ALLOWED, Verdict, refuse, require
from core.words import listed
from inspections import queries
from inspections.enums import OVER, InspectionState
from inspections.models import Area, Membership, StandIn


def office_leaves_parts(person: User) -> Verdict:
    """Who holds an office of the programme stands apart from every inspection: no part of theirs is tested by themselves."""
    parts = queries.parts_played(person)
    return require(
        not parts,
        f"{person} has a part on {_which(parts)}. Who holds an office of the programme works on no inspection: "
        "end that part first, on the page “Team and partnership”.",
    )


def part_leaves_offices(person: User) -> Verdict:
    """The other way round: who runs the system, oversees or tests does not let themselves into an inspection."""
    held = sorted(offices_of(person))
    return require(
        not held,
        f"{person} is {listed([role.label[:1].lower() + role.label[1:] for role in held])}. "
        "Who holds an office of the programme works on no inspection: a programme manager ends the office first, on the "
        "page “People”.",
    )


def agency_leaves_parts(person: User) -> Verdict:
    """A part was given to somebody of one agency; it does not follow them to another (R3)."""
    parts = queries.parts_played(person)
    return require(
        not parts,
        f"{person} has a part on {_which(parts)}, as somebody of {person.agency}. "
        "End that part first, on the page “Team and partnership”; then move them, and name or invite them anew.",
        source="R3",
    )


def closing_leaves_leads(person: User) -> Verdict:
    """A running inspection always has its lead: who leads one hands over before their account is closed (R3)."""
    led = [
        part
        for part in queries.parts_played(person)
        if part.stand_in is None
        and part.role == Role.INSPECTION_LEAD
        and part.inspection.state != InspectionState.PLANNED
    ]
    return require(
        not led,
        f"{person} leads {_which(led)}. The office goes to somebody else first: choose “Hand over” beside their "
        "name on the page “Team and partnership”. Then close the account.",
        source="R3",
    )


def _which(parts: list[queries.Played]) -> str:
    known = {part.inspection.reference: str(part.inspection.area) for part in parts}
    return listed([f"{reference} ({area})" for reference, area in known.items()])


def may_change_areas_of_agency(agency: Agency, *, areas: list[Area]) -> Verdict:
    """An agency stays in an area while its people work there for the partnership (R53)."""
    if agency.is_inspectorate:
        return refuse(f"{agency} inspects every area, and belongs to none.")
    leaving = queries.areas_of(agency).exclude(pk__in=[area.pk for area in areas])
    its_own = StandIn.objects.named().order_by().filter(person__agency=agency)
    held = (
        Membership.objects.current()
        .filter(Q(person__agency=agency) | Q(pk__in=its_own.values("membership")))
        .filter(inspection__area__in=leaving)
        .exclude(inspection__state__in=OVER)
        .select_related("inspection__area")
        .order_by("inspection__reference", "pk")
        .first()
    )
    if held:
        people = queries.people_named_to(Membership.objects.filter(pk=held.pk))
        return refuse(
            f"{people.filter(agency=agency).first()} of {agency} has a part on {held.inspection.reference} "
            f"({held.inspection.area}). End that part first, or leave {held.inspection.area} ticked.",
            source="R53",
        )
    return ALLOWED
