"""A second proof at sign-in, by role: who must have one and has none reaches nothing else until it is set up."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.apps import apps
from django.core import mail as outbox
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import rules
from accounts.emails import codes_left
from accounts.holdings import roles_anywhere
from accounts.models import User
from accounts.roles import GRANTS, SECOND_FACTOR, WITHOUT_SECOND_FACTOR, Capability, Role
from tests.accounts.test_sessions import last
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.cast import PASSWORD
from workspace.example.world import World

PAGE = "/account/second-factor/"


def code_now(secret: str, *, steps: int = 0) -> str:
    """The six figures that an app shows, or showed so many steps of thirty seconds from now."""
    counter = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter[len(counter) // 2] + steps))


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def stranger(world: World) -> User:
    """A real account, which the example's people are not, in an office of the programme."""
    person = world.people["other_lead"]
    person.offices.create(role=Role.SERVICE_MANAGER)
    return person


def test_every_role_either_needs_a_second_factor_or_says_why_not() -> None:
    assert set(Role) == SECOND_FACTOR | set(WITHOUT_SECOND_FACTOR)
    assert not SECOND_FACTOR & set(WITHOUT_SECOND_FACTOR)
    assert all(reason.endswith(".") for reason in WITHOUT_SECOND_FACTOR.values())


def test_whoever_reads_what_must_be_guarded_needs_a_second_factor() -> None:
    guarded = {
        Capability.SEE_LETTERS,
        Capability.SEE_EVIDENCE,
        Capability.SEE_EVALUATIONS,
        Capability.SEE_SHARED_EVALUATIONS,
        Capability.SEE_REPORT,
        Capability.SEE_DRAFT,
        Capability.SEE_LOG,
    }
    loose = {role for role in WITHOUT_SECOND_FACTOR if GRANTS[role] & guarded}
    assert not loose


@pytest.mark.at_week(0)
def test_may_go_without_second_factor(world: World, stranger: User, settings: Any) -> None:
    verdict = rules.may_go_without_second_factor(stranger)
    assert roles_anywhere(stranger) == {Role.SERVICE_MANAGER}
    assert verdict.sentence == (
        "As service manager you read what must be well guarded. "
        "Set up a passkey or a code app, then go on."
    )
    assert rules.may_go_without_second_factor(world.people["lead"])  # of the example
    stranger.offices.all().delete()
    assert rules.may_go_without_second_factor(stranger)
    settings.SECOND_FACTOR_REQUIRED = False
    assert rules.may_go_without_second_factor(stranger)


@pytest.mark.at_week(0)
def test_who_must_have_a_second_factor_reaches_nothing_else_until_it_is_set_up(
    world: World, stranger: User, client: StrictClient
) -> None:
    client.post("/account/login/", {"login": stranger.email, "password": PASSWORD})
    for address in ("/", "/account/details/", "/account/2fa/"):
        assert client.get(address)["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert page.index("Set up a passkey") < page.index("Set up a code app")
    assert client.get(reverse("workspace:privacy")).status_code == 200

    client.get("/programme/")
    secret = _secret(client.get(reverse("mfa_activate_totp")).content.decode())
    done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)

    assert "Your recovery codes" in done.content.decode()
    assert client.get(PAGE)["Location"] == "/programme/"
    assert client.get("/").status_code == 200


def _secret(page: str) -> str:
    found = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page)
    assert found, page
    return found[1]


@pytest.mark.at_week(0)
def test_a_role_given_in_mid_work_loses_nothing_that_was_typed(
    world: World, stranger: User, client: StrictClient
) -> None:
    words = "I have written this for half an hour."
    client.as_(stranger)
    response = client.post("/report-a-problem/", {"what": words})
    assert response.status_code == 403
    assert words in response.content.decode()
    assert "Set up a passkey" in response.content.decode()
    autosave = client.post(
        "/report-a-problem/", {"what": words}, headers={"Accept": "application/json"}
    )
    assert (autosave.status_code, autosave.json()["versions"]) == (403, {})
    assert "Set up a passkey or a code app" in autosave.json()["faults"][0]


@pytest.mark.at_week(0)
def test_a_second_factor_is_asked_for_at_the_next_sign_in(
    world: World, stranger: User, client: StrictClient
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(stranger, secret)
    asked = client.post("/account/login/", {"login": stranger.email, "password": PASSWORD})
    assert asked["Location"] == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    client.post(asked["Location"], {"code": code_now(secret)})
    assert client.get("/").status_code == 200


@pytest.mark.at_week(0)
def test_a_session_with_a_second_factor_costs_no_query_more(
    world: World,
    stranger: User,
    client: StrictClient,
    settings: Any,
    django_assert_num_queries: Any,
) -> None:
    TOTP.activate(stranger, generate_totp_secret())
    client.as_(stranger).get("/account/details/")
    with django_assert_num_queries(4):  # the session, the person, their agency and offices
        client.get("/account/details/")


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_that_is_a_little_wrong_is_borne_and_a_very_wrong_one_is_told(
    world: World, stranger: User, client: StrictClient, steps: int, is_taken: bool
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(stranger, secret)
    client.post("/account/login/", {"login": stranger.email, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now(secret, steps=steps)})
    assert (answer.status_code == 302) == is_taken
    if not is_taken:
        assert "let your telephone set its clock by itself" in answer.content.decode()
        assert "A recovery code works too." in answer.content.decode()


@pytest.mark.at_week(0)
def test_the_last_second_factor_is_not_removed_by_who_must_have_one(
    world: World, stranger: User, client: StrictClient
) -> None:
    TOTP.activate(stranger, generate_totp_secret())
    client.as_(stranger)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "Set up another one first" in answer.content.decode()
    assert Authenticator.objects.filter(user=stranger).exists()


@pytest.mark.at_week(0)
def test_a_wrong_first_code_promises_no_other_way(
    world: World, stranger: User, client: StrictClient
) -> None:
    client.as_(stranger)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "let your telephone set its clock by itself" in answer
    assert "recovery code" not in answer


def test_the_first_recovery_codes_take_the_place_of_none() -> None:
    said = render_to_string("mfa/messages/recovery_codes_generated.txt")
    assert said.startswith("Your recovery codes are made.")
    assert "before" not in said


@pytest.mark.at_week(0)
def test_a_recovery_code_opens_once_says_how_many_are_left_and_is_told_by_letter(
    world: World, stranger: User, client: StrictClient
) -> None:
    TOTP.activate(stranger, generate_totp_secret())
    code, other, *_ = RecoveryCodes.activate(stranger).generate_codes()
    typed = {"login": stranger.email, "password": PASSWORD}
    asked = client.post("/account/login/", typed)["Location"]
    page = client.get(asked).content.decode()
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page
    page = client.post(asked, {"code": f"{code[:4]} {code[4:]}"}, follow=True).content.decode()
    assert "You used a recovery code, which opens nothing more. 9 are left." in page
    assert last() == f"{stranger} used a recovery code (left: 9)."
    run_jobs()
    letter = next(one for one in outbox.outbox if "recovery code opened" in one.subject)
    assert letter.to == [stranger.email]
    assert "9 are left." in letter.body

    again = StrictClient()
    again.post("/account/login/", typed)
    used = again.post(asked, {"code": code}).content.decode()
    assert "This recovery code was used already" in used
    assert again.get("/").status_code == 302
    assert again.post(asked, {"code": other}).status_code == 302


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (9, "9 are left."),
        (2, "2 are left: make new ones under “Signing in”."),
        (1, "One is left: make new ones under “Signing in”."),
        (0, "None is left: make new ones under “Signing in”."),
    ],
)
def test_how_many_recovery_codes_are_left(count: int, words: str) -> None:
    assert codes_left(count) == words


@pytest.mark.at_week(0)
def test_second_proofs_are_sealed_in_the_database(world: World, settings: Any) -> None:
    person = world.people["lead"]
    secret = generate_totp_secret()
    kept = TOTP.activate(person, secret).instance
    codes = RecoveryCodes.activate(person)
    assert secret not in str(kept.data)
    first = codes.get_unused_codes()
    assert TOTP(kept).validate_code(code_now(secret))

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key that was put in place of the first"
    assert codes.get_unused_codes() == first
    settings.SECRET_KEY_FALLBACKS = []
    assert codes.get_unused_codes() != first


@pytest.mark.at_week(0)
def test_second_proofs_from_before_are_sealed_once(world: World) -> None:
    person = world.people["lead"]
    kept = Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    migration = import_module("accounts.migrations.0007_second_proofs_are_sealed")
    for _ in range(2):
        migration.seal(apps, None)
    kept.refresh_from_db()
    assert "JBSWY3DPEHPK3PXP" not in str(kept.data)
    migration.open_again(apps, None)
    kept.refresh_from_db()
    assert kept.data == {"secret": "JBSWY3DPEHPK3PXP"}
