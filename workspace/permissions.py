"""Who sees the pages of this app that are not for everybody."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import holds
from accounts.roles import Capability
from core.verdicts import Verdict


def can_see_access(person: User) -> Verdict:
    return holds(person, Capability.SEE_ACCESS)
