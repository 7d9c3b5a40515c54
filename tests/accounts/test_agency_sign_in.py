"""Signing in through one's agency, against a real OpenID provider that is started for these tests."""

from __future__ import annotations

from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.actions.accounts import open_account
from accounts.actions.agencies import set_agency_sign_in
from accounts.models import Agency, AgencySignIn, User
from accounts.roles import Role
from config.settings.agency_sign_ins import bound_secrets
from core.verdicts import Refused
from tests.accounts.test_sessions import last
from tests.client import StrictClient
from workspace.example.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def health(provider: str, settings: Any) -> Agency:
    """An agency with a sign-in of its own."""
    settings.AGENCY_SIGN_IN_SECRETS = {"health": (provider, "a secret")}
    agency = Agency.objects.create(name="NHS Somewhere", kind="health_board")
    somebody(agency, "una@nhs.example")
    programme_manager()
    said = StringIO()
    call_command(
        "set_agency_sign_in", "NHS Somewhere", key="health", server_url=provider, client_id="ji",
        domain=["nhs.example"], by="manager@care.example", stdout=said,
    )  # fmt: skip
    assert "/account/oidc/health/login/callback/. The secret is there." in said.getvalue()
    assert last() == (
        "Manager let the people of NHS Somewhere sign in with their agency's own account, "
        f"at {provider} as “ji” under the key health, for @nhs.example. Before: no sign-in there."
    )
    return agency


def programme_manager() -> User:
    """Whose office it is to set sign-ins."""
    agency = Agency.objects.create(name="The Care Inspectorate", kind="care_inspectorate")
    person = somebody(agency, "manager@care.example")
    person.offices.create(role=Role.PROGRAMME_MANAGER)
    return person


def somebody(agency: Agency, email: str) -> User:
    """A person with an account, as an invitation opens it."""
    return open_account(
        email=email,
        name=email.partition("@")[0].title(),
        designation="",
        agency=agency,
        password=PASSWORD,
        at=timezone.now(),
    )


def through(
    provider: str, client: StrictClient, *, sub: str, query: str = "", **claims: Any
) -> Any:
    """Press the agency's link, prove there who one is, and come back."""
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()
    asked = client.get(reverse("openid_connect_login", args=["health"]) + query)
    assert asked["Location"].startswith(provider), asked.content
    there = requests.post(asked["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
    back = urlsplit(there.headers["Location"])
    return client.get(f"{back.path}?{back.query}", follow=True)


def is_signed_in(client: StrictClient) -> bool:
    return bool(client.get("/account/details/").status_code == 200)


def test_a_person_of_the_agency_signs_in_and_the_first_time_goes_on_record(
    provider: str, health: Agency, client: StrictClient
) -> None:
    answer = through(
        provider, client, sub="1", query="?next=/account/details/",
        email="UNA@nhs.example", email_verified=True,
    )  # fmt: skip
    assert answer.redirect_chain[-1][0] == "/account/details/"
    assert is_signed_in(client)
    assert last() == "Una signed in through their agency for the first time."
    assert User.objects.get(email="una@nhs.example").check_password(PASSWORD)

    # The agency knows the person by a number: a new address there changes nothing here.
    again = StrictClient()
    through(provider, again, sub="1", email="una.married@nhs.example", email_verified=True)
    assert is_signed_in(again)


@pytest.mark.parametrize(
    ("email", "is_verified"),
    [
        ("nobody@nhs.example", True),  # no account: nobody is signed up
        ("una@nhs.example", False),  # the agency does not vouch for the address
        ("una@nhs.example", "true"),  # nor with a word
        ("chief@police.example", True),  # a person of another agency
        (
            "una@home.example",
            True,
        ),  # a person of this one, by an address that it does not answer for
    ],
)
def test_nobody_else_gets_in(
    provider: str, health: Agency, client: StrictClient, email: str, is_verified: Any
) -> None:
    police = Agency.objects.create(name="Police Somewhere", kind="police")
    somebody(police, "chief@police.example")
    somebody(health, "una@home.example")
    people = User.objects.count()
    answer = through(
        provider, client, sub=f"2{email}{is_verified}", email=email, email_verified=is_verified
    )
    assert "nobody of NHS Somewhere has an account here" in answer.content.decode()
    assert not is_signed_in(client)
    assert User.objects.count() == people
    assert not SocialAccount.objects.exists()


def test_a_link_does_not_outlast_a_change_of_agency(
    provider: str, health: Agency, client: StrictClient
) -> None:
    through(provider, client, sub="3", email="una@nhs.example", email_verified=True)
    police = Agency.objects.create(name="Police Somewhere", kind="police")
    User.objects.update(agency=police)
    again = StrictClient()
    through(provider, again, sub="3", email="una@nhs.example", email_verified=True)
    assert not is_signed_in(again)


def test_a_link_does_not_outlast_a_change_of_the_server(
    provider: str, health: Agency, client: StrictClient
) -> None:
    """Another server knows other people by the same numbers."""
    through(provider, client, sub="6", email="una@nhs.example", email_verified=True)
    assert SocialAccount.objects.filter(provider="health").exists()
    given = {"key": "health", "server_url": provider, "domains": ["nhs.example"]}
    una = User.objects.get(email="manager@care.example")
    set_agency_sign_in(health, **given, client_id="ji", by=una, at=timezone.now())
    assert SocialAccount.objects.filter(provider="health").exists()  # nothing had changed
    set_agency_sign_in(health, **given, client_id="new", by=una, at=timezone.now())
    assert not SocialAccount.objects.exists()


def test_a_link_does_not_outlast_an_address_that_the_agency_does_not_answer_for(
    provider: str, health: Agency, client: StrictClient
) -> None:
    through(provider, client, sub="7", email="una@nhs.example", email_verified=True)
    User.objects.filter(email="una@nhs.example").update(email="una@home.example")
    again = StrictClient()
    through(provider, again, sub="7", email="una@nhs.example", email_verified=True)
    assert not is_signed_in(again)


def test_an_account_that_is_closed_stays_closed(
    provider: str, health: Agency, client: StrictClient
) -> None:
    User.objects.update(is_active=False)
    through(provider, client, sub="4", email="una@nhs.example", email_verified=True)
    assert not is_signed_in(client)


def test_the_second_proof_is_asked_for_after_the_agencys_own(
    provider: str, health: Agency, client: StrictClient
) -> None:
    TOTP.activate(User.objects.get(email="una@nhs.example"), generate_totp_secret())
    answer = through(provider, client, sub="5", email="una@nhs.example", email_verified=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_an_agency_that_does_not_answer_costs_a_sentence(
    health: Agency, client: StrictClient, settings: Any
) -> None:
    settings.AGENCY_SIGN_IN_SECRETS = {"health": ("http://localhost:9", "a secret")}
    health.sign_in.server_url = "http://localhost:9"
    health.sign_in.save()
    answer = client.get(reverse("openid_connect_login", args=["health"]), follow=True)
    assert "did not tell us who you are" in answer.content.decode()


def test_another_server_under_a_key_gets_neither_its_secret_nor_anybody(
    provider: str, health: Agency, client: StrictClient, settings: Any
) -> None:
    """Whoever may write an address into the page could else write one of their own, and say there that they are the lead."""
    settings.AGENCY_SIGN_IN_SECRETS = {"health": ("https://login.nhs.example", "a secret")}
    assert not AgencySignIn.objects.get().has_secret
    assert client.get(reverse("openid_connect_login", args=["health"])).status_code == 404
    back = reverse("openid_connect_callback", args=["health"])
    assert client.get(f"{back}?code=a&state=b").status_code == 404
    assert "NHS Somewhere" not in client.get(reverse("accounts:agency-sign-ins")).content.decode()
    with pytest.raises(Refused, match="is for another server"):
        set_agency_sign_in(
            health, key="health", server_url=provider, client_id="new", domains=["nhs.example"],
            by=User.objects.get(email="manager@care.example"), at=timezone.now(),
        )  # fmt: skip


def test_the_sign_in_of_an_inspectorate_is_set_at_the_terminal_alone(
    provider: str, health: Agency, client: StrictClient
) -> None:
    """Whoever resets second proofs must not also choose the server that says who somebody is."""
    manager = User.objects.get(email="manager@care.example")
    ours = manager.agency
    assert ours is not None
    given: dict[str, Any] = {"key": "care", "server_url": provider, "client_id": "ji"}
    with pytest.raises(Refused, match="at the terminal"):
        set_agency_sign_in(ours, **given, domains=["care.example"], by=manager, at=timezone.now())
    client.force_login(manager)
    page = reverse("accounts:set-agency-sign-in", args=[ours.pk])
    assert client.post(page, {**given, "domains": "care.example"}).status_code == 403
    assert not AgencySignIn.objects.filter(agency=ours).exists()
    call_command(
        "set_agency_sign_in", ours.name, **given, domain=["care.example"], by=manager.email,
        stdout=StringIO(),
    )  # fmt: skip
    assert AgencySignIn.objects.filter(agency=ours).exists()


def test_what_an_agency_says_of_a_second_factor_is_not_believed(
    provider: str, health: Agency, client: StrictClient
) -> None:
    """Nor does signing in there set up or replace one: the role's second proof is asked for here."""
    una = User.objects.get(email="una@nhs.example")
    TOTP.activate(una, generate_totp_secret())
    answer = through(
        provider, client, sub="8", email="una@nhs.example", email_verified=True,
        amr=["mfa", "otp"], acr="urn:mfa",
    )  # fmt: skip
    assert answer.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_a_secret_without_its_issuer_is_no_setting() -> None:
    said = {"health": "https://login.nhs.example/tenant/ | a|secret "}
    assert bound_secrets(said) == {"health": ("https://login.nhs.example/tenant", "a|secret")}
    for wrong in ("a secret", "login.nhs.example|a", "https://login.nhs.example|", "|a"):
        with pytest.raises(ImproperlyConfigured, match=r"write health=https://"):
            bound_secrets({"health": wrong})


def test_an_answer_that_nobody_asked_for_is_refused(health: Agency, client: StrictClient) -> None:
    address = reverse("openid_connect_callback", args=["health"])
    answer = client.get(f"{address}?code=stolen&state=made-up", follow=True)
    assert "did not tell us who you are" in answer.content.decode()
    assert not is_signed_in(client)


def test_agencies_are_offered_where_one_has_a_sign_in(
    health: Agency, client: StrictClient, settings: Any
) -> None:
    assert "account of your agency" in client.get("/account/login/").content.decode()
    assert "NHS Somewhere" in client.get(reverse("accounts:agency-sign-ins")).content.decode()
    settings.AGENCY_SIGN_IN_SECRETS = {}
    assert "account of your agency" not in client.get("/account/login/").content.decode()
    page = client.get(reverse("accounts:agency-sign-ins")).content.decode()
    assert "No agency has set this up yet." in page
    assert client.get(reverse("openid_connect_login", args=["health"])).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"agency": "Nowhere"},
        {"by": "nobody@example.org"},
        {"by": "una@nhs.example"},
        {"server_url": "ftp:/x"},
        {"server_url": "http://localhost:9"},
        {"key": "two words"},
        {"key": "openid_connect"},
        {"domain": ["nowhere"]},
    ],
)
def test_set_agency_sign_in_says_what_is_wrong(
    provider: str, health: Agency, wrong: dict[str, Any]
) -> None:
    given: dict[str, Any] = {
        "agency": "NHS Somewhere",
        "key": "health",
        "server_url": provider,
        "domain": ["nhs.example"],
        "client_id": "ji",
        "by": "manager@care.example",
    } | wrong
    with pytest.raises(CommandError):
        call_command("set_agency_sign_in", given.pop("agency"), **given)
