"""Which shared inboxes get copies."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from accounts.roles import Role
from inspections.models import Inspection, SharedInbox
from inspections.queries.people import holders_of

CO_ORDINATORS = (Role.INSPECTION_COORDINATOR, Role.PARTICIPATION_COORDINATOR)


def shared_inboxes(inspection: Inspection) -> list[SharedInbox]:
    """Those that get copies today, with their agencies."""
    return list(SharedInbox.objects.told().filter(inspection=inspection).select_related("agency"))


def inboxes_beside(inspection: Inspection, people: Iterable[User]) -> list[SharedInbox]:
    """The inboxes that get a copy of what these people are told: where a co-ordinator of the partnership is among them."""
    inboxes = shared_inboxes(inspection)
    if not inboxes:
        return []
    told = {person.pk for person in people}
    is_told = any(one.pk in told for one in holders_of(inspection, *CO_ORDINATORS))
    return inboxes if is_told else []
