"""What other apps ask about a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import AgencySignIn, FormerAddress
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


@dataclass(frozen=True, slots=True)
class Proofs:
    """What besides the password opens an account: names of passkeys, a code app, how many recovery codes are left."""

    passkeys: list[str]
    has_code_app: bool
    codes_left: int | None


def proofs_of(person: User) -> Proofs:
    """One query. ``codes_left`` is None where there are no recovery codes."""
    found = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    of = {kind: [one for one in found if one.type == kind] for kind in Authenticator.Type}
    codes = of[Authenticator.Type.RECOVERY_CODES]
    return Proofs(
        passkeys=[one.wrap().name for one in of[Authenticator.Type.WEBAUTHN]],
        has_code_app=bool(of[Authenticator.Type.TOTP]),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else None,
    )


def gave_up_address(email: str, *, since: datetime) -> bool:
    """Whether somebody who signed in with this address has given it up since that moment."""
    return FormerAddress.objects.filter(email=email.lower(), left_at__gt=since).exists()


def agency_sign_ins() -> list[AgencySignIn]:
    """Those that can be used: the environment holds their secret. One query."""
    known = list(settings.AGENCY_SIGN_IN_SECRETS)
    return list(AgencySignIn.objects.filter(key__in=known).select_related("agency"))
