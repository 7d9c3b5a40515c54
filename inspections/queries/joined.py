"""Who joined by a code and has not proved their address, and who can say that they know them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet

from accounts.models import User, address_is_unproved
from accounts.queries import office_holders
from accounts.roles import PROGRAMME_ROLES, Capability, Role, roles_granting
from inspections.models import Inspection, Invitation, JoiningCode, Membership
from inspections.queries.people import holders_of

_ROLES_THAT_CONFIRM = roles_granting(Capability.CONFIRM_JOINED)


def where_unproved(person: User) -> QuerySet[Inspection]:
    """The inspections that open nothing to a person before they prove their address, or somebody confirms that they know them."""
    waiting = Membership.objects.unproved_of(person).order_by().values("inspection_id")
    return Inspection.objects.filter(pk__in=waiting)


def waits_for_proof(membership: Membership) -> bool:
    """Whether this part opens nothing to its holder before it is known who they are."""
    return Membership.objects.current().unproved().filter(pk=membership.pk).exists()


def unproved_parts(inspection: Inspection) -> list[Membership]:
    """The parts of an inspection that wait for a proof of who holds them, as they were taken up. One query."""
    found = Membership.objects.current().filter(inspection=inspection).unproved()
    return list(found.select_related("person").order_by("named_at", "pk"))


def to_be_confirmed_by(person: User, found: Iterable[Inspection]) -> QuerySet[Membership]:
    """The parts on these inspections that wait for somebody to say that they know their holder, and whom this person neither is nor
    brought here. One query.
    """
    waiting = Membership.objects.current().unproved().filter(inspection__in=found)
    joined = Invitation.objects.filter(accepted_by__isnull=False)
    brought = joined.filter(Q(invited_by=person) | Q(code__made_by=person)).order_by()
    mine = Q(person=person) | Q(named_by=person) | Q(person__in=brought.values("accepted_by"))
    return waiting.exclude(mine).select_related("person").order_by("named_at", "pk")


def brought_by(membership: Membership) -> frozenset[int]:
    """The numbers of those who brought somebody here: who named or invited them, anywhere, and who made a code for them."""
    invited = Invitation.objects.filter(accepted_by=membership.person_id)
    codes = JoiningCode.objects.filter(invitation__accepted_by=membership.person_id)
    return frozenset(
        {membership.named_by_id}
        | set(invited.values_list("invited_by_id", flat=True))
        | set(codes.values_list("made_by_id", flat=True))
    )


def can_be_asked_to_confirm(membership: Membership) -> list[User]:
    """Who may say that they know the holder of this part: the lead first, then the programme managers and the service managers;
    nobody who brought them."""
    leads = holders_of(membership.inspection, *(_ROLES_THAT_CONFIRM - PROGRAMME_ROLES))
    offices = User.objects.filter(offices__role__in=_ROLES_THAT_CONFIRM & PROGRAMME_ROLES)
    in_order = (
        *leads,
        *office_holders(Role.PROGRAMME_MANAGER),
        *offices.distinct().order_by("name", "pk"),
    )
    able = User.objects.filter(is_active=True).exclude(address_is_unproved(OuterRef("pk")))
    may = set(able.filter(pk__in=[one.pk for one in in_order]).values_list("pk", flat=True))
    may -= brought_by(membership) | {membership.person_id}
    return [one for pk, one in {one.pk: one for one in in_order}.items() if pk in may]
