"""Who: a capability of one of the person's roles, then the rule."""

from __future__ import annotations

from accounts import rules
from accounts.holdings import roles_anywhere, roles_beside
from accounts.models import User
from accounts.roles import GRANTS, Capability
from core.verdicts import Verdict, require

NOT_YOURS = (
    "Nobody of your inspections signs in with this address. Look at it letter by letter; or ask a programme manager, who may do "
    "it for everybody."
)


def can_reset_second_factors(person: User) -> Verdict:
    """Whether there may be somebody whose second proof this person resets."""
    capability = Capability.RESET_SECOND_FACTOR
    granted = any(capability in GRANTS[role] for role in roles_anywhere(person))
    return require(granted, capability.value)


def can_reset_second_factor(person: User, other: User) -> Verdict:
    """A programme manager for everybody, a support officer for the people of their own inspections; never for oneself."""
    capability = Capability.RESET_SECOND_FACTOR
    granted = any(capability in GRANTS[role] for role in roles_beside(person, other))
    return require(granted, NOT_YOURS) & rules.may_reset_second_factor(other, by=person)
