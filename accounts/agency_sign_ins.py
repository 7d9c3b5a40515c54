"""Signing in through one's agency: only who has an account, and only with the agency's own people.

An agency answers for the addresses of its own people and for nobody else's. So an account is found by the address that the agency
has verified, and only among the people of that agency; nobody is signed up, and nothing is linked by hand.
"""

from __future__ import annotations

from typing import Any

import requests
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from accounts.actions.address import claim_address
from accounts.agency_servers import SECONDS, AgencyServers
from accounts.models import AgencySignIn, User
from accounts.second_factors import CLAIMED

NOT_KNOWN = (
    "{agency} says who you are, but nobody of {agency} has an account here with that address. "
    "Ask the co-ordinator of your inspection to invite you, or sign in with your password."
)
FAILED = "{agency} did not tell us who you are. Nothing was changed. Try once more, or sign in with your password."


class AgencySignIns(DefaultSocialAccountAdapter):
    """allauth's adapter; its applications come from ``AgencySignIn``."""

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[Any]:
        """One application for each agency for whose server the environment holds a secret."""
        from allauth.socialaccount.models import SocialApp

        found = AgencySignIn.objects.select_related("agency")
        if provider and provider != "openid_connect":
            found = found.filter(key=provider)
        if client_id:
            found = found.filter(client_id=client_id)
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=one.key,
                name=one.agency.name[:40],
                client_id=one.client_id,
                secret=one.secret,
                settings={"server_url": one.server_url, "oauth_pkce_enabled": True},
            )
            for one in found
            if one.has_secret
        ]

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """The person of this agency with an address that this agency has verified."""
        sign_in = AgencySignIn.objects.get(key=sociallogin.account.provider)
        verified = [one.email for one in sociallogin.email_addresses if one.verified is True]
        person = User.objects.filter(
            email__in=[one.lower() for one in verified if sign_in.answers_for(one)],
            agency=sign_in.agency_id,
        ).first()
        return (person, person.email) if person else None

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Nobody but a person of the agency goes on; a link from earlier days does not outlast a change of agency."""
        sign_in = AgencySignIn.objects.select_related("agency").get(
            key=sociallogin.account.provider
        )
        agency = sign_in.agency
        person = sociallogin.user if sociallogin.is_existing else None
        may = (
            person is not None
            and person.agency_id == agency.pk
            and sign_in.answers_for(person.email)
            and _may_sign_in(person)
        )
        if not may or sociallogin.state.get("process") != "login":
            messages.error(request, NOT_KNOWN.format(agency=agency))
            raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
        verified = {
            one.email.lower() for one in sociallogin.email_addresses if one.verified is True
        }
        if person and person.email.lower() in verified:
            claimed = claim_address(person, keep=request.session.session_key, at=timezone.now())
            if claimed:
                say_claimed(request)

    def get_requests_session(self) -> requests.Session:
        """What asks the agency's server; whatever is wrong with the answer leads back to the page of sign-in."""
        return _Asking()

    def on_authentication_error(self, request: Any, provider: Any, **kwargs: Any) -> None:
        """The agency refused, was cancelled or cannot be reached: back to the page of sign-in, with a sentence."""
        raise _failed(request, provider.app.name)


class _Asking(AgencyServers):
    """allauth asks for the agency's addresses before it looks for faults, so they are looked for here."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """The answer, if it is one: in time, without a fault, in JSON."""
        try:
            answer = super().request(*args, **{"timeout": SECONDS, **kwargs})
            answer.raise_for_status()
            answer.json()
        except requests.RequestException as fault:
            raise _failed(context.request, "Your agency") from fault
        return answer


def say_claimed(request: Any) -> None:
    """Say to the owner of an address, who comes for the first time, what is gone of whoever was there before."""
    messages.warning(request, CLAIMED)


def _failed(request: Any, agency: str) -> ImmediateHttpResponse:
    messages.error(request, FAILED.format(agency=agency))
    return ImmediateHttpResponse(redirect(settings.LOGIN_URL))


def _may_sign_in(person: User) -> bool:
    from accounts.backends import DeskBackend

    return DeskBackend().user_can_authenticate(person)
