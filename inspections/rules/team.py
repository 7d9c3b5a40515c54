"""Who may work on an inspection, on which side, and whether its places are filled."""

from __future__ import annotations

from datetime import date

from accounts.enums import AgencyKind
from accounts.models import Agency, User
from accounts.roles import (
    PARTNERSHIP_ROLES,
    PASSING_ROLES,
    SINGLE_ROLES,
    TEAM_ROLES,
    Capability,
    Role,
)
from accounts.rules import account_is_open
from core.dates import day_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from inspections import queries
from inspections.enums import OVER, InspectionState
from inspections.models import Inspection, Membership, StandIn
from inspections.rules.parts import part_leaves_offices

CARE_INSPECTORATE_ROLES = frozenset(
    {
        Role.INSPECTION_LEAD,
        Role.DEPUTE,
        Role.PARTICIPATION_LEAD,
        Role.STRATEGIC_INSPECTOR,
        Role.SUPPORT_OFFICER,
    }
)
ENDED_BY_COORDINATOR = frozenset({Role.CONTRIBUTOR, Role.LOCAL_READER})


def may_name_team_member(inspection: Inspection, *, role: Role, person: User) -> Verdict:
    """Team roles are for inspectorates' people; single roles have one holder at a time (R3)."""
    if inspection.state in OVER:
        return refuse(f"{is_over(inspection)}; its team does not change any more.")
    if role not in TEAM_ROLES:
        return refuse("The partnership's own people join by invitation.")
    return (
        may_come_from(person.agency, name=person.name, role=role)
        & associates_come_from_elsewhere(
            inspection, agency=person.agency, name=person.name, role=role
        )
        & may_hold_role(inspection, role=role, person=person)
    )


def is_over(inspection: Inspection) -> str:
    """What ended it, to begin a sentence: it was closed, or never took place."""
    withdrawn = inspection.state == InspectionState.WITHDRAWN
    return "This plan was withdrawn" if withdrawn else "This inspection is closed"


def may_come_from(agency: Agency | None, *, name: str, role: Role) -> Verdict:
    """Which agency a role is filled from: the team from the inspectorates, the partnership from its own agencies (R3)."""
    is_inspectorate = agency is not None and agency.is_inspectorate
    if role in PARTNERSHIP_ROLES:
        return require(
            not is_inspectorate,
            f"{name} belongs to an inspectorate. The partnership's people come from its own agencies.",
        )
    if agency is None or not is_inspectorate:
        return refuse(f"{name} does not belong to one of the four inspectorates.", source="R3")
    if role in CARE_INSPECTORATE_ROLES and agency.kind != AgencyKind.CARE_INSPECTORATE:
        return refuse(f"The {role.label.lower()} comes from the Care Inspectorate.", source="R3")
    if role == Role.PARTNER_INSPECTOR and agency.kind == AgencyKind.CARE_INSPECTORATE:
        return refuse(
            "An inspector of a scrutiny partner comes from HIS, Education Scotland or HMICS.",
            source="R3",
        )
    return ALLOWED


def associates_come_from_elsewhere(
    inspection: Inspection, *, agency: Agency | None, name: str, role: Role
) -> Verdict:
    """Associate assessors are practitioners of another area: nobody inspects the services they work in."""
    if role != Role.ASSOCIATE_ASSESSOR or agency is None:
        return ALLOWED
    return require(
        not inspection.area.agencies.filter(pk=agency.pk).exists(),
        f"{name} belongs to {agency}, which is inspected here. Associate assessors come from another area.",
    )


def may_last_until(inspection: Inspection, *, role: Role, until: date | None, on: date) -> Verdict:
    """A last day that has gone by would let nobody in; those who come for a part of the work always have one, the lead never."""
    if until is None and role in PASSING_ROLES:
        proposed = queries.proposed_last_day(inspection, role=role, on=on)
        by_the_method = proposed and f" By the timetable that is {day_in_words(proposed)}."
        who = role.label.lower()
        return refuse(
            f"Access as {_a(who)} {who} ends by itself: write the last day.{by_the_method or ''}",
            about="until",
        )
    or_empty = "" if role in PASSING_ROLES else ", or leave it empty"
    return require(
        until is None or role != Role.INSPECTION_LEAD,
        "The inspection lead has no last day: the day after it nobody would hold the inspection. Leave it empty, and hand the office "
        "over when the lead leaves.",
        about="until",
        source="R3",
    ) & require(
        until is None or until >= on,
        f"{day_in_words(until)} has gone by. Choose a last day of access from today on{or_empty}.",
        about="until",
    )


def _a(words: str) -> str:
    return "an" if words[0] in "aeiou" else "a"


def may_change_last_day(membership: Membership, *, until: date | None, on: date) -> Verdict:
    """A part that is not over gets a new last day, or none where the role needs none."""
    role = Role(membership.role)
    return (
        may_have_another_last_day(membership, on=on)
        & require(
            until != membership.until,
            "That is the last day already. Write another one."
            if until
            else "There is no last day already. Write one.",
            about="until",
        )
        & may_last_until(membership.inspection, role=role, until=until, on=on)
    )


def may_have_another_last_day(membership: Membership, *, on: date) -> Verdict:
    """Somebody whose part is over is named or invited again; their last day stays what it was."""
    return _has_not_ended(membership) & require(
        not membership.has_lapsed(on),
        f"{membership.person}'s part ended with its last day, {day_in_words(membership.until)}. "
        "Name or invite them again."
        if membership.until
        else "",
    )


def somebody_else_names(*, by: User, person: User | None) -> Verdict:
    """Nobody gives themselves a part in an inspection, whoever they are: not by naming, nor by invitation, nor by handing over."""
    return require(
        person is None or person.pk != by.pk,
        "Somebody else names you: nobody gives themselves a part in an inspection. Ask another of those who name the team.",
    )


def somebody_else_sets_last_day(membership: Membership, *, by: User) -> Verdict:
    """Nobody says until when they have access themselves, by a part of their own or of one whose stand-in they are."""
    is_own = (
        membership.person_id == by.pk
        or StandIn.objects.open().filter(membership=membership, person=by).exists()
    )
    return require(
        not is_own,
        "Somebody else changes your last day: nobody says themselves how long they have access. "
        "Ask another of those who name the team.",
    )


def may_hold_role(
    inspection: Inspection,
    *,
    role: Role,
    person: User | None,
    instead_of: Membership | None = None,
) -> Verdict:
    """Nobody holds a role twice, single roles have one holder, nobody two of the team's, and nobody sits on both sides, not
    even as somebody's stand-in.

    ``instead_of`` is the part that ends when this one begins, where an office is handed over.
    """
    current = [
        one
        for one in Membership.objects.current()
        .filter(inspection=inspection)
        .select_related("person")
        if instead_of is None or one.pk != instead_of.pk
    ]
    holder = next((m for m in current if m.role == role), None)
    if role in SINGLE_ROLES and holder:
        return refuse(
            f"{holder.person} is {role.label.lower()} already. End that first.", source="R3"
        )
    if person is None:
        return ALLOWED
    if not (is_open := account_is_open(person)):
        return is_open
    mine = {Role(m.role) for m in current if m.person_id == person.pk}
    if role in mine:
        return refuse(f"{person} is {role.label.lower()} here already.", source="R3")
    office = next(iter(mine & SINGLE_ROLES & TEAM_ROLES), None)
    if role in SINGLE_ROLES & TEAM_ROLES and office:
        return refuse(
            f"{person} is {office.label.lower()} here: the team's single offices are held by different people. "
            "Hand that over, or end it, first.",
            source="R3",
        )
    other_side = TEAM_ROLES if role in PARTNERSHIP_ROLES else PARTNERSHIP_ROLES
    named = Membership.objects.named_to(person).filter(inspection=inspection)
    if instead_of is not None:
        named = named.exclude(pk=instead_of.pk)
    return require(
        not named.in_role(*other_side).exists(),
        f"{person} works for the other side of this inspection. Nobody can be on both.",
    ) & part_leaves_offices(person)


def is_ended_by_the_partnership(membership: Membership, *, by: User) -> Verdict:
    """The co-ordinator ends the part of a contributor or a reader who leaves: not their own, nor anybody's who answers for an agency
    or holds an office."""
    return require(
        membership.role in ENDED_BY_COORDINATOR,
        Capability.END_TEAM_MEMBER.value,
    ) & require(
        membership.person_id != by.pk,
        "Somebody else ends your part. Ask the support officer of this inspection.",
    )


def partnership_sets_last_day(membership: Membership) -> Verdict:
    """The co-ordinator settles how long those read who leave by themselves and are of the partnership (R24)."""
    return require(
        membership.role in PASSING_ROLES and membership.role in PARTNERSHIP_ROLES,
        Capability.CHANGE_LAST_DAY.value,
    )


def may_end_team_member(membership: Membership) -> Verdict:
    """A part that has ended is not ended again, and the last lead does not leave: nobody would hold the inspection (R3)."""
    is_last_lead = (
        membership.role == Role.INSPECTION_LEAD and membership.inspection.state not in OVER
    )
    return _has_not_ended(membership) & require(
        not is_last_lead,
        f"{membership.person} is the inspection lead, and without one nobody would hold the inspection. "
        "Hand the office over instead.",
        source="R3",
    )


def _has_not_ended(membership: Membership) -> Verdict:
    return require(
        membership.ended_at is None,
        f"{membership.person}'s part in this inspection has already ended.",
    )


def coordinator_joined(inspection: Inspection) -> Verdict:
    """R15: the inspection co-ordinator is named, and has joined, before the document pack is sent."""
    return _somebody_is(inspection, Role.INSPECTION_COORDINATOR, source="R15")


def participation_coordinator_joined(inspection: Inspection) -> Verdict:
    """R15: the participation co-ordinator too, as a warning."""
    return _somebody_is(inspection, Role.PARTICIPATION_COORDINATOR, source="R15")


def concerns_lead_named(inspection: Inspection) -> Verdict:
    """R16: the partnership's lead for concerns is named before any reader opens a record."""
    return _somebody_is(inspection, Role.CONCERNS_LEAD, source="R16")


def _somebody_is(inspection: Inspection, role: Role, *, source: str) -> Verdict:
    held = Membership.objects.current().filter(inspection=inspection, role=role).exists()
    return require(held, f"Nobody has joined yet as {role.label.lower()}.", source=source)
