"""What circumstance allows about accounts."""

from __future__ import annotations

from accounts.models import User
from core.verdicts import Verdict, require


def may_edit_details(person: User, *, by: User) -> Verdict:
    """Everybody keeps their own details, and nobody another's."""
    return require(person.pk == by.pk, "Only the person edits their own details.")
