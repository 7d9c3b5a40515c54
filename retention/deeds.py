"""What this app brings to the desk: a list that waits for approval is the service manager's move."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.roles import Capability
from inspections.desk import Deed, Desk, Weight
from inspections.desk import bring as bring_to
from retention.enums import DisposalState
from retention.models import DisposalList, LegalHold


def _lists(desk: Desk) -> Iterator[Deed]:
    mine = {
        one.pk: one for one in desk.inspections if desk.grants(Capability.APPROVE_DISPOSAL, one)
    }
    if not mine:
        return
    waiting = DisposalList.objects.filter(inspection__in=list(mine), state=DisposalState.PROPOSED)
    for one in waiting.exclude(inspection__in=LegalHold.objects.standing().values("inspection")):
        yield Deed(
            inspection=mine[one.inspection_id or 0],
            stem="approve_disposal",
            title="Approve what is destroyed",
            detail="What was obtained for the inspection must be gone by then (R52).",
            action="Look at the list",
            page="retention:disposal-list",
            args=(one.reference,),
            weight=Weight.HAS_A_DATE,
            due=one.due_on,
        )


def bring() -> None:
    """One source for all inspections."""
    bring_to("retention", _lists)
