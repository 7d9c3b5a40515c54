"""What this app brings to the desk: a concern that waits for the decision, to be confirmed, or to be closed. Numbers, no words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from accounts.roles import Capability, Role
from concerns.enums import ConcernState
from concerns.models import Concern
from core.templatetags.desk import clock
from inspections.desk import Deed, Desk, Weight
from inspections.desk import bring as bring_to
from inspections.enums import OVER, InspectionState
from inspections.models import Inspection, Membership

RUNNING = tuple(one for one in InspectionState if one not in (*OVER, InspectionState.PLANNED))
DEEDS = {
    ConcernState.RAISED: Capability.DECIDE_CONCERN,
    ConcernState.REFERRED: Capability.ACKNOWLEDGE_CONCERN,
    ConcernState.ACKNOWLEDGED: Capability.ACKNOWLEDGE_CONCERN,
}


def _concerns(desk: Desk) -> Iterator[Deed]:
    """Of all inspections in one query; none for whoever neither decides nor receives."""
    asked = {state: desk.where(one, *RUNNING) for state, one in DEEDS.items()}
    places = {one.pk: one for one in desk.any_of(*asked.values())}
    if not places:
        return
    rows = Concern.objects.filter(inspection__in=places, state__in=DEEDS).only(
        "number", "inspection_id", "state", "raised_at", "is_immediate"
    )
    found = list(rows.order_by("raised_at"))
    received = _received(found)
    for concern in found:
        inspection = places[concern.inspection_id]
        if inspection in asked[ConcernState(concern.state)]:
            yield _deed(concern, inspection)
        elif inspection in asked[ConcernState.RAISED] and inspection.pk not in received:
            yield _with_nobody(concern, inspection)


def _received(found: list[Concern]) -> set[int]:
    """The inspections, of those with a referred concern, whose partnership has somebody to receive it. One query, or none."""
    referred = {one.inspection_id for one in found if one.is_with_partnership}
    if not referred:
        return set()
    current = Membership.objects.current().filter(inspection__in=referred, role=Role.CONCERNS_LEAD)
    return set(current.order_by().values_list("inspection_id", flat=True))


def _with_nobody(concern: Concern, inspection: Inspection) -> Deed:
    """What was referred and is not closed, while nobody of the partnership is there to receive it."""
    return Deed(
        inspection,
        "invite_person",
        f"Concern {concern.reference} was referred, and nobody receives it",
        f"{inspection.area.name} has no lead member of staff for concerns any more. Ring the partnership, and have one invited.",
        "See the team and the partnership",
        "inspections:team",
        weight=Weight.OTHERS_WAIT,
        due=timezone.localdate(concern.raised_at),
    )


def _deed(concern: Concern, inspection: Inspection) -> Deed:
    args = (inspection.reference, concern.number)
    due = timezone.localdate(concern.raised_at) if concern.is_immediate else None
    danger = " Somebody is said to be in danger." if concern.is_immediate else ""
    if concern.state == ConcernState.RAISED:
        return Deed(
            inspection,
            "decide_concern",
            f"Concern {concern.reference} raised at {clock(concern.raised_at)}: decide",
            f"{inspection.area.name}.{danger}",
            "Read it and decide",
            "concerns:decide-concern",
            args=args,
            weight=Weight.OTHERS_WAIT,
            due=due,
        )
    if concern.state == ConcernState.REFERRED:
        return Deed(
            inspection,
            "acknowledge_concern",
            f"Confirm that concern {concern.reference} has arrived",
            f"The inspection lead has referred it to you.{danger}",
            "Read it",
            "concerns:concern",
            args=args,
            weight=Weight.OTHERS_WAIT,
            due=due,
        )
    return Deed(
        inspection,
        "close_concern",
        f"Close concern {concern.reference}",
        "Once the local system has its case: its reference is all that is asked for.",
        "Read it",
        "concerns:concern",
        args=args,
        weight=Weight.OTHERS_WAIT if concern.is_immediate else Weight.WHEN_YOU_CAN,
    )


def bring() -> None:
    """One source for all inspections."""
    bring_to("concerns", _concerns)
