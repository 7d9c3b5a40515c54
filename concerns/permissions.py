"""Who: a capability of one of the person's roles here, then the rule; and which concerns somebody sees at all (R36)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import Capability
from concerns import rules
from concerns.enums import WITH_PARTNERSHIP
from concerns.models import Concern
from core.verdicts import Verdict, require
from inspections.models import Inspection
from inspections.permissions import has


def concerns_open_to(person: User, inspection: Inspection) -> QuerySet[Concern]:
    """R36: one's own; all for the lead, the depute and the service manager; what is referred for the lead for concerns."""
    if has(person, inspection, Capability.SEE_CONCERNS):
        return inspection.concerns.all()
    seen = Q(raised_by=person)
    if has(person, inspection, Capability.SEE_REFERRED_CONCERNS):
        seen |= Q(state__in=WITH_PARTNERSHIP)
    return inspection.concerns.filter(seen)


def can_see_concerns(person: User, inspection: Inspection) -> Verdict:
    """The room: for whoever raises concerns, decides on them, oversees them or receives them. What stands in it is another thing."""
    asked = (
        Capability.RAISE_CONCERN,
        Capability.SEE_REFERRED_CONCERNS,
        Capability.SEE_CONCERNS,
    )
    found = [has(person, inspection, one) for one in asked]
    return next((verdict for verdict in found if verdict), found[-1])


def can_see_concern(person: User, inspection: Inspection, *, number: int) -> Verdict:
    """One concern. The refusal is the same whether there is one of this number or not."""
    if has(person, inspection, Capability.SEE_CONCERNS):
        return has(person, inspection, Capability.SEE_CONCERNS)
    return require(
        concerns_open_to(person, inspection).filter(number=number).exists(),
        Capability.SEE_CONCERNS.value,
        source="R36",
    )


def can_raise_concern(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.RAISE_CONCERN) & rules.may_raise_concern(inspection)


def can_add_to_concern(person: User, concern: Concern) -> Verdict:
    verdict = has(person, concern.inspection, Capability.RAISE_CONCERN)
    return verdict and rules.may_add_to_concern(concern, by=person)


def can_decide_concern(person: User, concern: Concern) -> Verdict:
    verdict = has(person, concern.inspection, Capability.DECIDE_CONCERN)
    return verdict and rules.may_decide_concern(concern)


def can_acknowledge_concern(person: User, concern: Concern) -> Verdict:
    verdict = has(person, concern.inspection, Capability.ACKNOWLEDGE_CONCERN)
    return verdict and rules.may_acknowledge_concern(concern)


def can_close_concern(person: User, concern: Concern) -> Verdict:
    verdict = has(person, concern.inspection, Capability.CLOSE_CONCERN)
    return verdict and rules.may_close_concern(concern)
