"""Who works on an inspection, who is invited, who is written to, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.enums import INSPECTORATES
from accounts.models import Agency, FormerAddress, User
from accounts.roles import PARTNERSHIP_ROLES, PASSING_ROLES, TEAM_ROLES, Role
from core.workdays import monday_of
from inspections.enums import OVER
from inspections.models import Inspection, Invitation, Membership, StandIn
from inspections.queries.draft import steps_or_draft


def agencies_to_invite_from(inspection: Inspection, *, roles: list[Role]) -> QuerySet[Agency]:
    """The agencies of the area that is inspected; for whoever also invites the team, the four inspectorates too."""
    wanted = Q(areas=inspection.area_id)
    if TEAM_ROLES & set(roles):
        wanted |= Q(kind__in=INSPECTORATES)
    return Agency.objects.filter(wanted).distinct().order_by("name")


@dataclass(frozen=True, slots=True)
class Place:
    """One office to fill on one side, and who holds it."""

    role: Role
    holders: list[Membership]


def people_of(
    inspection: Inspection, *, with_stand_ins: bool = False
) -> tuple[list[Place], list[Place]]:
    """Who works on the inspection today: the team's roles, then the partnership's, each in the order of the roles.

    ``with_stand_ins`` puts who stands in for each holder beside them, as ``named_stand_ins``, for one more query.
    """
    current = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .select_related("person__agency")
        .order_by("named_at")
    )
    if with_stand_ins:
        stand_ins = StandIn.objects.open().select_related("person")
        named = Prefetch("stand_ins", queryset=stand_ins, to_attr="named_stand_ins")
        current = current.prefetch_related(named)
    by_role: dict[str, list[Membership]] = {}
    for membership in current:
        membership.inspection = inspection
        by_role.setdefault(membership.role, []).append(membership)
    team = [Place(role, by_role.get(role, [])) for role in Role if role in TEAM_ROLES]
    partnership = [Place(role, by_role.get(role, [])) for role in Role if role in PARTNERSHIP_ROLES]
    return team, partnership


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation as the page of the team shows it: where it stands in words, and since when."""

    invitation: Invitation
    words: str
    tone: str
    since: datetime
    is_open: bool
    code_until: datetime | None
    now: datetime

    @property
    def address_is_unproved(self) -> bool:
        """Whether who joined did so by a code, and no letter to their address was opened since."""
        return bool(getattr(self.invitation, "unproved", False))

    @property
    def stand(self) -> str:
        """Since when they are waited for: ``invited today``, ``invited 30 days ago; the link ran out yesterday``."""
        sent = _ago(self.invitation.sent_at, self.now)
        return f"invited {sent}" + (
            "" if self.words == "Waiting" else f"; the link ran out {self.age}"
        )

    @property
    def age(self) -> str:
        """How long ago that was, in days as people count them."""
        return _ago(self.since, self.now)


def _ago(moment: datetime, now: datetime) -> str:
    days = max(0, (timezone.localdate(now) - timezone.localdate(moment)).days)
    return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"


def invitations_of(inspection: Inspection, *, now: datetime) -> list[Invited]:
    """Every invitation: those that wait first, then those that ran out, were accepted or withdrawn, each newest first."""
    unproved = EmailAddress.objects.filter(
        user=OuterRef("accepted_by"), email=OuterRef("accepted_by__email"), verified=False
    )
    rows = inspection.invitations.annotate(unproved=Exists(unproved)).select_related(
        "agency", "invited_by", "withdrawn_by", "code", "accepted_by"
    )
    found = [_invited(one, now=now) for one in rows]
    return sorted(found, key=lambda one: (WAITING_FIRST.index(one.words), -one.since.timestamp()))


def invited_by_role(invitations: list[Invited], roles: Iterable[Role]) -> dict[str, list[Invited]]:
    """Of these invitations those that are open, by their role, where it is among these roles."""
    wanted, found = set(roles), dict[str, list[Invited]]()
    for one in invitations:
        if one.is_open and one.invitation.role in wanted:
            found.setdefault(one.invitation.role, []).append(one)
    return found


WAITING_FIRST = ["Waiting", "Ran out", "Joined", "Withdrawn"]


def _invited(one: Invitation, *, now: datetime) -> Invited:
    code = getattr(one, "code", None)
    until = code.expires_at if code and now < code.expires_at and not code.is_spent else None
    if one.accepted_at:
        return Invited(one, "Joined", "done", one.accepted_at, False, None, now)
    if one.withdrawn_at:
        return Invited(one, "Withdrawn", "quiet", one.withdrawn_at, False, None, now)
    if one.has_expired(now):
        return Invited(one, "Ran out", "attention", one.expires_at, True, None, now)
    return Invited(one, "Waiting", "plain", one.sent_at, True, until, now)


LAST_STEP = {
    Role.LOCAL_READER: "records_reading",
    Role.ASSOCIATE_ASSESSOR: "fieldwork_staff",
    Role.YOUNG_INSPECTION_VOLUNTEER: "final_analysis",
}


def proposed_last_day(inspection: Inspection, *, role: Role, on: date) -> date | None:
    """The Friday of the week in which this role's last step ends, by the timetable; None where that has gone by."""
    key = LAST_STEP.get(role)
    ends = next((step.ends_on for step in steps_or_draft(inspection) if step.key == key), None)
    friday = ends and monday_of(ends) + timedelta(days=4)
    return friday if friday and friday >= on else None


def proposed_last_days(
    inspection: Inspection, roles: Iterable[Role], *, on: date
) -> dict[Role, date | None]:
    """Of those roles whose access always ends on a day, the day that the timetable proposes."""
    wanted = [role for role in Role if role in PASSING_ROLES and role in roles]
    return {role: proposed_last_day(inspection, role=role, on=on) for role in wanted}


TOLD_BEFORE = timedelta(days=7)


def near_their_last_day(today: date) -> QuerySet[Membership]:
    """Those whose last day is at most a week away, and who have not been told of it."""
    near = Membership.objects.current(today).filter(until__lte=today + TOLD_BEFORE)
    return near.filter(told_at__isnull=True).exclude(inspection__state__in=OVER)


def contact(inspection: Inspection) -> User | None:
    """Whom the partnership rings: the support officer, else the lead."""
    people = (
        Membership.objects.current()
        .filter(inspection=inspection)
        .in_role(Role.SUPPORT_OFFICER, Role.INSPECTION_LEAD)
        .select_related("person")
    )
    by_role = {m.role: m.person for m in people}
    return by_role.get(Role.SUPPORT_OFFICER) or by_role.get(Role.INSPECTION_LEAD)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about one inspection."""

    inspection: Inspection
    person: User


def contacts_of(person: User) -> list[Contact]:
    """Whom this person asks, for each inspection on which they have a part today: the support officer, else the lead. One query.

    Also where nothing is open to them yet: whoever waits for a decision needs somebody to ask.
    """
    mine = Membership.objects.played_by(person).order_by().values("inspection_id")
    asked = (
        Membership.objects.current()
        .filter(inspection__in=mine)
        .in_role(Role.SUPPORT_OFFICER, Role.INSPECTION_LEAD)
        .select_related("person", "inspection__area")
        .order_by("inspection__reference", "pk")
    )
    found: dict[int, Membership] = {}
    for one in asked:
        if one.inspection_id not in found or one.role == Role.SUPPORT_OFFICER:
            found[one.inspection_id] = one
    return [Contact(one.inspection, one.person) for one in found.values()]


def holders_of(inspection: Inspection, *roles: Role) -> list[User]:
    """The people who hold any of these roles today, as they were named, then those who stand in for them. One query."""
    held = Membership.objects.current().filter(inspection=inspection).in_role(*roles).order_by()
    stands_in = StandIn.objects.in_force().filter(membership__in=held.values("pk"))
    first = held.filter(person=OuterRef("pk")).order_by("named_at", "pk")
    people = User.objects.filter(
        Q(pk__in=held.values("person")) | Q(pk__in=stands_in.order_by().values("person"))
    ).annotate(
        named_at=Subquery(first.values("named_at")[:1]), part=Subquery(first.values("pk")[:1])
    )
    return list(people.order_by(F("named_at").asc(nulls_last=True), "part", "pk"))


def addressees_digest(inspection: Inspection) -> str:
    """What the five addressees say now, as 64 hexadecimal digits: a page carries it, and a save is based on it."""
    rows = inspection.addressees.order_by("order").values_list(
        "office", "name", "email", "postal_address"
    )
    return sha256("\0".join("\0".join(row) for row in rows).encode()).hexdigest()


def partnership_addresses(inspection: Inspection) -> list[str]:
    """The e-mail addresses of everybody who is or was invited for, or named on, the partnership's side, those that they gave up since
    and shared inboxes included.
    """
    held = Membership.objects.filter(inspection=inspection, role__in=PARTNERSHIP_ROLES)
    invited = inspection.invitations.filter(role__in=PARTNERSHIP_ROLES)
    given_up = FormerAddress.objects.filter(person__in=held.order_by().values("person"))
    return [
        *held.values_list("person__email", flat=True),
        *invited.values_list("email", flat=True),
        *given_up.values_list("email", flat=True),
        *inspection.shared_inboxes.values_list("email", flat=True),
    ]
