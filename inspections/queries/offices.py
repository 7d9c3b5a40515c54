"""Who may take over an office or stand in for its holder, and for whom somebody acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.enums import INSPECTORATES
from accounts.models import User
from accounts.roles import PARTNERSHIP_ROLES, TEAM_ROLES, Role
from core.dates import day_in_words
from core.verdicts import Explained, Way
from core.words import listed
from inspections.enums import OVER
from inspections.models import Inspection, Invitation, Membership, StandIn
from inspections.queries.people import contact, holders_of


def people_for_office(membership: Membership, *, by: User) -> QuerySet[User]:
    """People with an account on the side that fills this office: of the area's agencies, or of the inspectorates. Who holds an
    office of the programme is not among them, nor is whoever asks: nobody gives themselves a part."""
    people = User.objects.filter(is_active=True, offices__isnull=True)
    people = people.exclude(pk__in=[membership.person_id, by.pk])
    if membership.role in PARTNERSHIP_ROLES:
        people = people.filter(agency__areas=membership.inspection.area_id)
    else:
        people = people.filter(agency__kind__in=INSPECTORATES)
    return people.select_related("agency").distinct()


def told_of_offices(inspection: Inspection) -> list[User]:
    """Who is told when an office of the partnership changes: the support officer, else the lead, and the inspection co-ordinator,
    with whoever stands in for them."""
    first = contact(inspection)
    roles = (Role.SUPPORT_OFFICER, Role.INSPECTION_COORDINATOR)
    return [*([first] if first else []), *holders_of(inspection, *roles)]


def stand_ins_of(membership: Membership) -> list[StandIn]:
    """Who stands in for the holder of this office, today or from a day to come."""
    return list(
        StandIn.objects.named().filter(membership=membership).select_related("person__agency")
    )


def ends_with_office(stand_ins: list[StandIn]) -> str:
    """What ends beside a part that is handed over, to go on a sentence; nothing where nobody stands in."""
    names = [one.person.name for one in stand_ins]
    return f"; {listed(names)}'s standing in ended with that" if names else ""


def taking_over(membership: Membership) -> Invitation | None:
    """The open invitation by which somebody new takes over this office, if there is one."""
    return Invitation.objects.open().filter(takes_over=membership).first()


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


def first_day(person: User, inspection: Inspection) -> date | None:
    """From which day somebody named as stand-in plays a part here, where that is a day to come and they play none today."""
    if Membership.objects.played_by(person).filter(inspection=inspection).exists():
        return None
    named = StandIn.objects.named().filter(person=person, membership__inspection=inspection)
    return named.order_by("starts_on").values_list("starts_on", flat=True).first()


def why_not_seen(person: User, path: str) -> Explained | None:
    """To somebody who joined by a code and is not known yet, or has not declared their interests: that they do. To somebody
    who stands in from a day to come: from which. To somebody who worked on it: when their part ended, and whom to ask. Else
    nothing.
    """
    inspection = Inspection.objects.filter(reference__in=path.split("/")).first()
    if inspection is None or Membership.objects.open_to(person).filter(inspection=inspection):
        return None
    if Membership.objects.unproved_of(person).filter(inspection=inspection).exists():
        return _why_unproved(inspection)
    if Membership.objects.closed_to(person).filter(inspection=inspection).exists():
        return why_closed(person, inspection)
    opens_on = first_day(person, inspection)
    if opens_on:
        return _why_not_yet(person, inspection, opens_on)
    ended = _why_ended(person, inspection)
    return Explained(ended) if ended else None


def _why_unproved(inspection: Inspection) -> Explained:
    """To somebody who joined by a code: that it is not sure yet that it is they."""
    return Explained(
        f"You joined {inspection} by a code. It opens to you once you open the link in the letter to your address, or somebody "
        "who knows you confirms it.",
        Way(reverse("inspections:address-proof", args=[inspection.reference]), "See what to do"),
    )


def _why_not_yet(person: User, inspection: Inspection, opens_on: date) -> Explained:
    """From which day an inspection is open to a stand-in; of the team, also where they add to what they declared."""
    said = f"You are named as a stand-in from {day_in_words(opens_on)}. {inspection} opens to you on that day."
    named = Membership.objects.named_to(person).filter(inspection=inspection)
    if not named.in_role(*TEAM_ROLES).exists():
        return Explained(said)
    url = reverse("inspections:declare-interest", args=[inspection.reference])
    return Explained(said, Way(url, "See what you declared"))


def why_closed(person: User, inspection: Inspection) -> Explained:
    """Why an inspection is not open to somebody of its team, and where they declare."""
    said = inspection.declarations.filter(person=person).select_related("decided_by").last()
    url = reverse("inspections:declare-interest", args=[inspection.reference])
    if said is None:
        return Explained(
            f"You are named on the team of {inspection}. It opens to you{_from(first_day(person, inspection))} once you have said "
            "whether you have a conflict of interest.",
            Way(url, "Say whether you have a conflict of interest"),
        )
    way = Way(url, "See what you declared")
    day = day_in_words(said.decided_at or said.declared_at)
    if said.decided_by:
        return Explained(
            f"{said.decided_by} decided on {day}, on what you declared, that you do not take part in the inspection of "
            f"{inspection}. What was open to you is closed.",
            way,
        )
    return Explained(
        f"What you declared on {day} waits for a decision. {inspection} opens to you if it is decided that you work on it.",
        way,
    )


def _from(day: date | None) -> str:
    return f" from {day_in_words(day)} on," if day else ""


def _why_ended(person: User, inspection: Inspection) -> str:
    part = Membership.objects.filter(inspection=inspection, person=person).last()
    stood_in = StandIn.objects.filter(membership__inspection=inspection, person=person).last()
    ask = _whom_to_ask(inspection)
    if part:
        role = Role(part.role).label.lower()
        return f"Your part in this inspection as {role} ended on {day_in_words(_ended_on(part))}. {ask}"
    if stood_in and stood_in.starts_on <= timezone.localdate():
        return f"You no longer stand in for {stood_in.membership.person} in this inspection. {ask}"
    return ""


def _whom_to_ask(inspection: Inspection) -> str:
    asked = contact(inspection)
    telephone = f", {asked.telephone}," if asked and asked.telephone else ""
    return f"If you should still take part, ask {asked or 'the inspection lead'}{telephone} to name or invite you again."


def _ended_on(part: Membership) -> date | None:
    day = part.until if part.ended_at is None else timezone.localdate(part.ended_at)
    if part.until and part.has_lapsed(timezone.localdate()):
        day = min(part.until, day or part.until)
    return day


def why_on_nothing(person: User) -> str:
    """To somebody who works on no inspection today: which part of theirs ended last, or which invitation was withdrawn since, and
    whom to ask. Nothing where they never had either, or where it was on an inspection that is over."""
    part = (
        Membership.objects.filter(person=person)
        .exclude(inspection__state__in=OVER)
        .select_related("inspection__area")
        .order_by("named_at", "pk")
        .last()
    )
    withdrawn = (
        Invitation.objects.filter(email=person.email, withdrawn_at__isnull=False)
        .exclude(inspection__state__in=OVER)
        .select_related("inspection__area", "withdrawn_by")
        .order_by("withdrawn_at", "pk")
        .last()
    )
    if withdrawn and withdrawn.withdrawn_at and (not part or withdrawn.invited_at > part.named_at):
        return (
            f"Your invitation to {withdrawn.inspection} as {Role(withdrawn.role).label.lower()} was withdrawn on "
            f"{day_in_words(withdrawn.withdrawn_at)}. If you should take part, ask {withdrawn.withdrawn_by} to invite you again."
        )
    if part is None:
        return ""
    return (
        f"Your part in {part.inspection} as {Role(part.role).label.lower()} ended on {day_in_words(_ended_on(part))}. "
        f"What you did stays yours. {_whom_to_ask(part.inspection)}"
    )


@dataclass(frozen=True, slots=True)
class LastDay:
    """Until when one part of a person lasts, which ends by itself."""

    inspection: Inspection
    role: str
    until: date


def last_days_of(person: User, inspection: Inspection | None = None) -> list[LastDay]:
    """The parts of this person, on all inspections or on one, that end by themselves, the next first. One query."""
    parts = Membership.objects.open_to(person).filter(person=person, until__isnull=False)
    parts = parts.filter(inspection=inspection) if inspection else parts
    rows = parts.exclude(inspection__state__in=OVER).select_related("inspection__area")
    return [
        LastDay(one.inspection, Role(one.role).label.lower(), one.until)
        for one in rows.order_by("until", "pk")
        if one.until
    ]
