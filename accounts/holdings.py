"""Which roles somebody holds anywhere.

This app knows the offices of the programme. Who keeps other roles (``inspections``: memberships) brings them when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from accounts.queries import offices_of
from accounts.roles import Role

if TYPE_CHECKING:
    from accounts.models import User

_SOURCES: list[Callable[[User], frozenset[Role]]] = []


def bring(source: Callable[[User], frozenset[Role]]) -> None:
    """Say which further roles a person holds today."""
    _SOURCES.append(source)


_SHARED: list[Callable[[User, User], frozenset[Role]]] = []


def bring_shared(source: Callable[[User, User], frozenset[Role]]) -> None:
    """Say which roles the first person holds where the second one works too."""
    _SHARED.append(source)


def roles_beside(person: User, other: User) -> frozenset[Role]:
    """The offices of a person, and the roles they hold where another person works too."""
    return offices_of(person).union(*(source(person, other) for source in _SHARED))


def roles_anywhere(person: User) -> frozenset[Role]:
    """Every role that a person holds today: one query for the offices, one for each source."""
    return offices_of(person).union(*(source(person) for source in _SOURCES))
