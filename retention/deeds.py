"""What this app brings to the desk: a list that waits for approval is the service manager's move."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.roles import Capability
from inspections.desk import Deed, Desk, Weight
from inspections.desk import bring as bring_to
from retention import queries, rules
from retention.enums import DisposalState


def _lists(desk: Desk) -> Iterator[Deed]:
    """By office alone: of every inspection, of plans that were withdrawn, and of what belongs to none."""
    if not desk.grants_by_office(Capability.APPROVE_DISPOSAL):
        return
    found = list(queries.lists(DisposalState.PROPOSED))
    closings = queries.closings(one.inspection for one in found if one.inspection)
    may = {one.inspection.pk: rules.may_dispose_of(one, on=desk.today) for one in closings}
    for one in found:
        if one.inspection_id is None or may[one.inspection_id]:
            yield Deed(
                inspection=one.inspection,
                stem="approve_disposal",
                title="Approve what is destroyed",
                detail="What was obtained for the inspection must be gone by then."
                if one.inspection
                else "Accounts, letters and invitations whose time has come.",
                action="Look at the list",
                page="retention:disposal-list",
                args=(one.reference,),
                weight=Weight.HAS_A_DATE,
                due=one.due_on,
            )


def bring() -> None:
    """One source for all inspections."""
    bring_to("retention", _lists)
