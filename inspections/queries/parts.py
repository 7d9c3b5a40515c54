"""What one person does on inspections, and to which areas an agency belongs: what administrators see, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Agency, User
from accounts.roles import Role
from core.dates import day_in_words
from inspections.enums import OVER
from inspections.models import Area, Inspection, Membership, StandIn, is_named_to


@dataclass(frozen=True, slots=True)
class Played:
    """One part that a person plays, or is named to play from a day to come: their own, or that of another whose stand-in they are."""

    membership: Membership
    stand_in: StandIn | None = None

    @property
    def person(self) -> User:
        return self.stand_in.person if self.stand_in else self.membership.person

    @property
    def named_at(self) -> datetime:
        return self.stand_in.named_at if self.stand_in else self.membership.named_at

    @property
    def inspection(self) -> Inspection:
        return self.membership.inspection

    @property
    def role(self) -> Role:
        return Role(self.membership.role)

    @property
    def until(self) -> date | None:
        """The last day of it, where it has one."""
        return self.stand_in.last_day if self.stand_in else self.membership.until

    @property
    def words(self) -> str:
        """``Support officer``, or ``Stand-in for Morag Finlas, inspection co-ordinator, from 3 December 2025``."""
        if self.stand_in is None:
            return self.role.label
        is_ahead = self.stand_in.starts_on > timezone.localdate()
        since = f", from {day_in_words(self.stand_in.starts_on)}" if is_ahead else ""
        return f"Stand-in for {self.membership.person}, {self.role.label.lower()}{since}"


def parts_played(person: User) -> list[Played]:
    """Every part of a person on inspections that are not over: their own, and those of others to which they are named as
    stand-in, for today or for a day to come. The newest inspection first. Two queries."""
    own = (
        Membership.objects.current()
        .filter(person=person)
        .exclude(inspection__state__in=OVER)
        .select_related("inspection__area", "person")
    )
    others = (
        StandIn.objects.named()
        .filter(person=person)
        .exclude(membership__inspection__state__in=OVER)
        .select_related("membership__inspection__area", "membership__person", "person")
    )
    found = [Played(one) for one in own] + [Played(one.membership, one) for one in others]
    found.sort(key=lambda one: (one.inspection.reference, one.membership.pk))
    found.sort(key=lambda one: one.inspection.planned_for, reverse=True)
    return found


def everybody_named_to(parts: QuerySet[Membership]) -> list[Played]:
    """Who holds each of these parts, and then who is named as stand-in for their holders. Two queries."""
    stand_ins = StandIn.objects.named().filter(membership__in=parts.order_by().values("pk"))
    return [
        *(Played(one) for one in parts.select_related("person__agency")),
        *(
            Played(one.membership, one)
            for one in stand_ins.select_related("person__agency", "membership__person")
        ),
    ]


def people_named_to(parts: QuerySet[Membership]) -> QuerySet[User]:
    """Who holds one of these parts, or is named as stand-in for its holder, for today or for a day to come."""
    return User.objects.filter(is_named_to(parts))


def areas_of(agency: Agency) -> QuerySet[Area]:
    """The areas to whose partnerships the agency belongs."""
    return Area.objects.filter(agencies=agency)
