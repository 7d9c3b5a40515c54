"""Who works on an inspection, in which role, from when to when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User, address_is_unproved
from accounts.roles import OPENS_UNPROVED, PROGRAMME_ROLES, SINGLE_ROLES, TEAM_ROLES, Role
from inspections.models.declaration import Declaration
from inspections.models.inspection import Inspection

if TYPE_CHECKING:
    from inspections.models.stand_in import StandIn


def opens_to(person: User) -> models.Q:
    """Of parts that a person holds or stands in for: those that open something to them. It must be known who they are, and of the
    team they have declared their interests on its inspection (``Declaration.opens``).
    """
    opened = Declaration.objects.of(person).opening().filter(inspection=OuterRef("inspection"))
    return is_known_as(person) & (~models.Q(role__in=TEAM_ROLES) | models.Q(models.Exists(opened)))


def is_known_as(person: User | OuterRef) -> models.Q:
    """Of parts that a person holds or stands in for: those that are theirs beyond doubt. Who joined by a code opens nothing before
    they prove their address, or somebody else confirms on that inspection that they know them; some roles open all the same.
    """
    confirmed = Membership.objects.filter(
        person=person, inspection=OuterRef("inspection"), confirmed_at__isnull=False
    )
    return (
        models.Q(role__in=OPENS_UNPROVED)
        | ~address_is_unproved(person)
        | models.Q(models.Exists(confirmed))
    )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Which memberships."""

    def current(self, today: date | None = None) -> MembershipQuerySet:
        """Those in force: not ended, and not past their last day."""
        today = today or timezone.localdate()
        return self.filter(ended_at__isnull=True).filter(
            models.Q(until__isnull=True) | models.Q(until__gte=today)
        )

    def played_by(self, person: User, today: date | None = None) -> MembershipQuerySet:
        """Who plays what: the parts in force that a person holds, or stands in for today, whether they are open to them or not."""
        from inspections.models.stand_in import StandIn

        return self._of(person, StandIn.objects.in_force(today), today)

    def named_to(self, person: User, today: date | None = None) -> MembershipQuerySet:
        """Who is bound by what: those that a person plays, and those for which they are named as stand-in from a day to come.

        Whatever a part keeps from being done to somebody is kept from the day on which they are named.
        """
        from inspections.models.stand_in import StandIn

        return self._of(person, StandIn.objects.named(today), today)

    def open_to(self, person: User, today: date | None = None) -> MembershipQuerySet:
        """Who has access: of the parts that a person plays, those that open something to them.

        Everything that asks what somebody sees or may do asks this. Who is counted, waited for and written to asks ``current``.
        """
        return self.played_by(person, today).filter(opens_to(person))

    def closed_to(self, person: User, today: date | None = None) -> MembershipQuerySet:
        """The parts that a person was named to and that open nothing to them before it is known who they are and, of the team,
        before they have declared, or not any more. Stand-ins are among them from when they are named, so that they can declare
        before their first day.
        """
        return self.named_to(person, today).exclude(opens_to(person))

    def unproved_of(self, person: User, today: date | None = None) -> MembershipQuerySet:
        """Of those closed to a person: those that wait for a proof that it is really them."""
        return self.named_to(person, today).exclude(is_known_as(person))

    def unproved(self) -> MembershipQuerySet:
        """Those that wait for a proof of who holds them."""
        return self.exclude(is_known_as(OuterRef("person")))

    def _of(
        self, person: User, stand_ins: QuerySet[StandIn], today: date | None
    ) -> MembershipQuerySet:
        others = stand_ins.filter(person=person).values("membership_id")
        return self.current(today).filter(models.Q(person=person) | models.Q(pk__in=others))

    def lapsed(self, today: date) -> MembershipQuerySet:
        """Those whose last day has gone by and that nobody has ended in the rows yet."""
        return self.filter(ended_at__isnull=True, until__lt=today)

    def in_role(self, *roles: Role) -> MembershipQuerySet:
        return self.filter(role__in=roles)


class Membership(models.Model):
    """One person in one role on one inspection. ``until`` ends access by itself, after that day."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(
        max_length=40, choices=[(r.value, r.label) for r in Role if r not in PROGRAMME_ROLES]
    )
    until = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When its holder was told that the last day is near."
    )
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text="When its holder was reminded to declare their interests."
    )
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When somebody else confirmed that they know who joined by a code.",
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "role"],
                condition=models.Q(ended_at__isnull=True, role__in=sorted(SINGLE_ROLES)),
                name="membership_single_roles_once",
                violation_error_message="Somebody else holds this role. End theirs first.",
            ),
            models.UniqueConstraint(
                fields=["inspection", "person", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="membership_once_a_person_and_role",
                violation_error_message="This person already holds this role here.",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_ended_at_has_its_by",
                violation_error_message="A membership that ended says when and by whom.",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="membership_confirmed_at_has_its_by",
                violation_error_message="A membership that was confirmed says when and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {Role(self.role).label}"

    def has_lapsed(self, today: date) -> bool:
        """Whether its last day has gone by."""
        return self.until is not None and self.until < today
