"""What other apps ask about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

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


def sessions_of(person: User) -> list[UserSession]:
    """Where a person is signed in now, the oldest first. Sessions that ran out are left out. One query."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found = UserSession.objects.filter(user=person, session_key__in=live)
    return list(found.order_by("created_at", "pk"))
