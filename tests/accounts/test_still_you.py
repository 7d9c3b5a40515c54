"""Showing that it is still oneself, for those who have neither a password that they use nor a second proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as project
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import Agency, AgencySignIn, User
from accounts.roles import Role
from tests.accounts.test_agency_sign_in import is_signed_in, somebody, through
from tests.client import StrictClient

pytestmark = pytest.mark.django_db

DEED = reverse("accounts:invite-office-holder")
PAGE = reverse("accounts:still-you")
LATER = timedelta(seconds=project.ACCOUNT_REAUTHENTICATION_TIMEOUT + 60)


@pytest.fixture(autouse=True)
def _without_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def una() -> User:
    """A programme manager who has neither a password nor a second proof."""
    agency = Agency.objects.create(name="NHS Somewhere", kind="health_board")
    person = somebody(agency, "una@nhs.example")
    person.set_unusable_password()
    person.save()
    person.offices.create(role=Role.PROGRAMME_MANAGER)
    return person


@pytest.fixture
def by_agency(una: User, provider: str, settings: Any) -> StrictClient:
    """Una, who came in by the account of her agency."""
    settings.AGENCY_SIGN_IN_SECRETS = {"health": (provider, "a secret")}
    AgencySignIn.objects.create(
        agency=una.agency, key="health", server_url=provider, client_id="ji", domains="nhs.example"
    )
    client = StrictClient()
    through(provider, client, sub="una", email="una@nhs.example", email_verified=True)
    assert is_signed_in(client)
    return client


@pytest.fixture
def later() -> Iterator[None]:
    """So late that the sign-in is fresh no more."""
    with time_machine.travel(timezone.now() + LATER, tick=True):
        yield


def _asked(client: StrictClient, answer: Any) -> str:
    assert answer["Location"] == f"{PAGE}?{urlencode({'next': DEED})}"
    page = client.get(answer["Location"])
    assert page.status_code == 200
    return str(page.content.decode())


def _way(page: str) -> str:
    found = re.search(r'href="(/account/oidc/[^"]+)"', page)
    assert found, page
    return unescape(found[1])


@pytest.mark.parametrize("has_password", [False, True])
def test_who_came_by_their_agency_goes_there_once_more(
    una: User, by_agency: StrictClient, provider: str, has_password: bool
) -> None:
    """Even where there is a password: they never use it."""
    if has_password:
        una.set_password("four words nobody guesses")
        User.objects.filter(pk=una.pk).update(password=una.password)
        by_agency = StrictClient()
        through(provider, by_agency, sub="una", email="una@nhs.example", email_verified=True)
    with time_machine.travel(timezone.now() + LATER, tick=True):
        page = _asked(by_agency, by_agency.get(DEED))
        assert "password" not in page.partition("<main")[2]
        out = by_agency.get(_way(page))["Location"]
        assert out.startswith(provider)
        assert parse_qs(urlsplit(out).query)["prompt"] == ["login"]  # the agency asks once more
        there = requests.post(out, data={"sub": "una"}, allow_redirects=False, timeout=5)
        back = urlsplit(there.headers["Location"])
        done = by_agency.get(f"{back.path}?{back.query}", follow=True)
        assert done.redirect_chain[-1][0] == DEED
        assert done.status_code == 200
        assert "Is it still you?" not in done.content.decode()


def test_what_was_sent_too_late_is_shown_to_copy(by_agency: StrictClient, later: None) -> None:
    answer = by_agency.post(DEED, {"name": "Rona Brae of the Isles"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Rona Brae of the Isles" in page
    assert "Sign in with NHS Somewhere" in page
    assert parse_qs(urlsplit(_way(page)).query)["next"] == [DEED]


@pytest.mark.usefixtures("later")
def test_who_has_nothing_at_all_is_told_how_to_come_by_a_password(una: User) -> None:
    client = StrictClient()
    with time_machine.travel(timezone.now() - LATER, tick=True):
        client.as_(una)
    page = _asked(client, client.get(DEED))
    assert "Choose a password" in page
    assert "una@nhs.example" in page
    assert client.get(reverse("account_reset_password")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code != 500
    sent = client.post(DEED, {"name": "Rona Brae of the Isles"})
    assert sent.status_code == 401
    assert "Rona Brae of the Isles" in sent.content.decode()


def test_a_code_app_is_another_way(una: User, by_agency: StrictClient) -> None:
    TOTP.activate(una, generate_totp_secret())
    page = by_agency.get(PAGE, {"next": DEED}).content.decode()
    assert f"{reverse('mfa_reauthenticate')}?{urlencode({'next': DEED})}" in page
    assert reverse("account_reauthenticate") + "?" not in page


def test_who_has_a_password_is_led_to_where_it_is_asked_for(una: User) -> None:
    una.set_password("four words nobody guesses")
    una.save()
    answer = StrictClient().as_(una).get(PAGE, {"next": DEED})
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?{urlencode({'next': DEED})}"


def test_the_way_on_leads_nowhere_else(by_agency: StrictClient) -> None:
    page = by_agency.get(PAGE, {"next": "https://elsewhere.example/"}).content.decode()
    assert "elsewhere" not in page
