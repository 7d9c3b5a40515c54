"""What other apps ask about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import Role
from core.memo import asked_once

if TYPE_CHECKING:
    from accounts.models import User


def offices_of(person: User) -> frozenset[Role]:
    """The roles a person holds for the whole programme. One query a page."""
    return asked_once(
        ("offices", person.pk),
        lambda: frozenset(Role(role) for role in person.offices.values_list("role", flat=True)),
    )
