"""What circumstance allows about accounts."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from accounts.holdings import roles_anywhere
from accounts.models import User
from accounts.roles import SECOND_FACTOR, Role
from core.verdicts import ALLOWED, Verdict, require


def may_edit_details(person: User, *, by: User) -> Verdict:
    """Everybody keeps their own details, and nobody another's."""
    return require(person.pk == by.pk, "Only the person edits their own details.")


def may_go_without_second_factor(person: User) -> Verdict:
    """Whoever reads evidence, letters or drafts gives a second proof at sign-in. The example's people try things out without."""
    if person.is_example or not settings.SECOND_FACTOR_REQUIRED:
        return ALLOWED
    roles = [Role(role).label for role in Role if role in roles_anywhere(person) & SECOND_FACTOR]
    return require(
        not roles,
        f"{_as_role(roles)} you read what must be well guarded. Set up a passkey or a code app, then go on.",
    )


def _as_role(labels: list[str]) -> str:
    """``As chief officer``: the first of somebody's roles says enough."""
    label = labels[0] if labels else ""
    return f"As {label[:1].lower()}{label[1:]}"


def may_end_session(session: UserSession, *, by: User) -> Verdict:
    """Everybody ends their own sessions, and nobody another's."""
    return require(session.user_id == by.pk, "Only the person ends their own sessions.")


def may_end_other_sessions(person: User, *, by: User) -> Verdict:
    """As for one of them."""
    return require(person.pk == by.pk, "Only the person ends their own sessions.")


def may_reset_second_factor(person: User, *, by: User) -> Verdict:
    """Never one's own: a thief with an open session would do just that. And only where there is something to reset."""
    return require(
        person.pk != by.pk,
        "Nobody resets their own second proof. Ask another support officer or a programme manager.",
    ) & require(
        Authenticator.objects.filter(user=person).exists(),
        f"{person.name} has no second proof: they sign in with the password and set one up.",
    )
