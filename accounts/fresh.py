"""How long ago somebody proved who they are."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.utils import timezone

from accounts.browsers import browser_in_words
from accounts.networks import network_of

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
BROWSER, NETWORK = "browser", "network"


@receiver(user_logged_in, dispatch_uid="accounts.remember_when_signed_in")
def remember_when_signed_in(request: Any, **kwargs: Any) -> None:
    """Each way in ends here: by password, by passkey, by an agency's own sign-in, by an invitation."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = time.time()
    said = request.META.get("HTTP_USER_AGENT", "")
    request.session[BROWSER] = browser_in_words(said)
    if (
        request.method
    ):  # a page's; what a command or a test opens belongs to no page, and its request has no method
        live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
        UserSession.objects.filter(user=request.user).exclude(session_key__in=live).delete()
        UserSession.objects.create_from_request(request)
        request.session[NETWORK] = network_of(get_client_ip(request) or "")


def came_by_agency(request: Any) -> bool:
    """Whether this session began with the account of one's agency."""
    proofs = get_authentication_records(request, request.user)
    return any(record.get("method") == "socialaccount" for record in proofs)


def is_fresh(request: Any) -> bool:
    """Whether this person proved within the limit (seconds) who they are, at sign-in or since."""
    proofs = [record["at"] for record in get_authentication_records(request, request.user)]
    latest = max([request.session.get(SIGNED_IN_AT, 0), *proofs])
    return bool(time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
