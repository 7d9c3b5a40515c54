"""Handing over an office, and who may stand in for its holder."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from accounts.roles import PARTNERSHIP_ROLES, SINGLE_ROLES, Role
from accounts.rules import account_is_open
from core.dates import day_in_words
from core.verdicts import Verdict, refuse, require
from inspections import queries
from inspections.enums import OVER
from inspections.models import Inspection, Membership, StandIn
from inspections.rules.invitations import agency_is_of_the_partnership
from inspections.rules.parts import part_leaves_offices
from inspections.rules.team import is_over, may_come_from, may_hold_role

OFFICES = SINGLE_ROLES | {Role.CHIEF_OFFICER}
STANDS_IN_ALREADY = frozenset({Role.DEPUTE})


def is_an_office(membership: Membership) -> Verdict:
    """Offices are handed over; other parts are ended, and somebody else is named."""
    role = Role(membership.role)
    return require(
        role in OFFICES,
        f"{role.label} is not an office. End this part, and name or invite somebody else.",
    )


def may_leave_office(membership: Membership, *, on: date) -> Verdict:
    """An office that is held can be handed over while the inspection runs, and before its last day has gone by."""
    inspection = membership.inspection
    return (
        is_an_office(membership)
        & require(
            membership.ended_at is None,
            f"{membership.person}'s part in this inspection has already ended.",
        )
        & require(
            not membership.has_lapsed(on),
            f"{membership.person}'s part ended with its last day, {day_in_words(membership.until)}. "
            "Name or invite somebody to this office."
            if membership.until
            else "",
        )
        & require(inspection.state not in OVER, f"{is_over(inspection)}.")
    )


def may_hand_over_office(membership: Membership, *, to: User, on: date) -> Verdict:
    """To a person of the side that fills the office, who holds none that excludes it (R3)."""
    role, inspection = Role(membership.role), membership.inspection
    verdict = may_leave_office(membership, on=on) & require(
        to.pk != membership.person_id, f"{to} is {role.label.lower()} already."
    )
    if not verdict or to.agency is None:
        return verdict & refuse(f"{to} belongs to no agency.")
    return (
        may_come_from(to.agency, name=to.name, role=role)
        & agency_is_of_the_partnership(inspection, agency=to.agency, name=to.name, role=role)
        & may_hold_role(inspection, role=role, person=to, instead_of=membership)
        & nobody_takes_over(membership)
    )


def nobody_takes_over(membership: Membership) -> Verdict:
    """An office goes one way: while somebody new is invited to take it over, nobody else is given it, nor invited to it."""
    invited = queries.taking_over(membership)
    return require(
        invited is None,
        f"{invited.name} was invited on {day_in_words(invited.sent_at)} to take over as "
        f"{Role(membership.role).label.lower()}. Withdraw that invitation first, under “Invitations” on the page "
        "“Team and partnership”."
        if invited
        else "",
    )


def may_hand_over_by_invitation(
    membership: Membership, *, inspection: Inspection, role: Role, on: date
) -> Verdict:
    """As at once, to somebody new: an office of this inspection, in its own role, that may be left."""
    return require(
        membership.inspection_id == inspection.pk and membership.role == role,
        f"{membership.person} does not hold the office of {role.label.lower()} on this inspection. Choose the office anew.",
        source="R53",
    ) & (may_leave_office(membership, on=on) & nobody_takes_over(membership))


def may_have_stand_in(membership: Membership, *, on: date) -> Verdict:
    """Every office but the depute's, in which the lead may do all that the depute may; one stand-in at a time."""
    if membership.role in STANDS_IN_ALREADY:
        return refuse(
            "The inspection lead may do all that the depute may. Hand the office over instead."
        )
    named = StandIn.objects.named(on).filter(membership=membership)
    other = named.select_related("person").first()
    return may_leave_office(membership, on=on) & require(
        other is None,
        f"{other and other.person} is named as stand-in already. End that first.",
    )


def may_name_stand_in(
    membership: Membership, *, person: User, starts_on: date, until: date | None, on: date
) -> Verdict:
    """A person of the same side who holds no office of the programme, from a day to a day, or until it is ended."""
    role, inspection = Role(membership.role), membership.inspection
    verdict = (
        may_have_stand_in(membership, on=on)
        & require(person.pk != membership.person_id, f"{person} holds this office. Name another.")
        & _days_are_to_come(membership, starts_on=starts_on, until=until, on=on)
    )
    if not verdict or person.agency is None:
        return verdict & refuse(f"{person} belongs to no agency.")
    return (
        may_come_from(person.agency, name=person.name, role=role)
        & agency_is_of_the_partnership(
            inspection, agency=person.agency, name=person.name, role=role
        )
        & _is_not_of_the_other_side(membership, person)
        & part_leaves_offices(person)
        & account_is_open(person)
    )


def _days_are_to_come(
    membership: Membership, *, starts_on: date, until: date | None, on: date
) -> Verdict:
    """From today on, up to the last day of the part: nobody stood in before they were named."""
    last = membership.until
    return (
        require(
            until is None or until >= max(starts_on, on),
            f"Choose a last day on or after {day_in_words(max(starts_on, on))}.",
            about="until",
        )
        & require(
            starts_on >= on,
            f"{day_in_words(starts_on)} has gone by. Choose a first day from today on.",
            about="starts_on",
        )
        & require(
            last is None or starts_on <= last,
            f"{membership.person}'s own part ends on {day_in_words(last)}. Choose a first day up to then."
            if last
            else "",
            about="starts_on",
        )
    )


def _is_not_of_the_other_side(membership: Membership, person: User) -> Verdict:
    """Nobody sits on both sides, not even for some days."""
    is_partnership = membership.role in PARTNERSHIP_ROLES
    mine = Membership.objects.named_to(person).filter(inspection=membership.inspection)
    sides = {(role in PARTNERSHIP_ROLES) for role in mine.values_list("role", flat=True)}
    return require(
        sides <= {is_partnership},
        f"{person} works for the other side of this inspection. Nobody can be on both.",
    )


def may_end_stand_in(stand_in: StandIn) -> Verdict:
    """A stand-in who was ended is not ended again."""
    return require(stand_in.ended_at is None, f"{stand_in.person} no longer stands in.")
