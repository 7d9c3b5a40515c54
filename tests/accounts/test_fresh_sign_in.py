"""A fresh sign-in before what cannot be taken back; nothing that was typed is lost when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from accounts.roles import FRESH_SIGN_IN
from accounts.views.fresh import NOT_FRESH
from evaluations.models import SealedEvaluation
from retention.actions.holds import place_legal_hold
from tests.client import StrictClient
from tests.evaluations.sealing import opened, written
from tests.house import addresses
from workspace.example.cast import PASSWORD
from workspace.example.world import World

LATER = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 60  # seconds


def test_every_deed_that_needs_a_fresh_sign_in_asks_for_one_and_no_other_does() -> None:
    asks = {
        deed.stem for deed in addresses.deeds() if getattr(deed.view, "needs_fresh_sign_in", False)
    }
    assert asks == {capability.name.lower() for capability in FRESH_SIGN_IN}


AS_SCRIPTS_ASK = [
    {},
    {"accept": "application/json"},
    {"accept": "text/html, application/json;q=0.1"},
    {"hx-request": "true", "x-requested-with": "XMLHttpRequest", "accept": "*/*"},
]


@pytest.mark.at_week(0)
@pytest.mark.parametrize("headers", AS_SCRIPTS_ASK, ids=str)
@pytest.mark.parametrize(
    "deed",
    [one for one in addresses.deeds() if getattr(one.view, "needs_fresh_sign_in", False)],
    ids=lambda deed: deed.stem,
)
def test_no_header_leads_past_the_question(
    world: World, client: StrictClient, deed: addresses.Address, headers: dict[str, str]
) -> None:
    """Whatever kind of answer is asked for: the question stands before the deed, before what it is about is even looked for."""
    client.as_(world.people["programme_manager"])
    url = reverse(deed.name, kwargs=dict.fromkeys(deed.parts, 1))
    with time_machine.travel(world.now + timedelta(seconds=LATER), tick=True):
        answer = client.post(url, {"reason": "Kept"}, headers=headers)
        assert answer.status_code == 401
        assert client.get(url, headers=headers).status_code == 302
    if headers.get("accept") == "application/json":
        assert answer.json()["faults"] == [NOT_FRESH]


@pytest.mark.at_week(14)
@pytest.mark.parametrize(
    ("who", "address", "of"),
    [
        ("programme_manager", "accounts:close-account", "inspector"),
        ("programme_manager", "accounts:give-office", "other_lead"),
        ("programme_manager", "accounts:invite-office-holder", ""),
        ("programme_manager", "accounts:reset-second-factor", ""),
        ("programme_manager", "retention:make-subject-access-pack", ""),
        ("service_manager", "retention:lift-legal-hold", "reference"),
    ],
)
def test_deeds_on_people_and_on_what_is_kept_ask_first(
    world: World, client: StrictClient, who: str, address: str, of: str
) -> None:
    manager = world.people["service_manager"]
    place_legal_hold(world.inspection, reason="An inquiry.", by=manager, at=world.now)
    person = world.people.get(of)
    args = [person.pk] if person else [world.inspection.reference] if of else []
    url = reverse(address, args=args)
    client.as_(world.people[who])
    assert client.get(url).status_code == 200
    with time_machine.travel(world.now + timedelta(seconds=LATER), tick=True):
        asked = client.get(url)
        assert (
            asked["Location"] == f"{reverse('account_reauthenticate')}?{urlencode({'next': url})}"
        )
        assert client.post(url, {"reason": "Kept", "email": "a@b.example"}).status_code == 401


@pytest.mark.at_week(14)
@pytest.mark.parametrize(("role", "status"), [("partner_inspector", 401), ("contributor", 200)])
def test_inviting_asks_first_where_it_is_to_the_team(
    world: World, client: StrictClient, role: str, status: int
) -> None:
    """A co-ordinator invites many in their first hours, and is not asked for each."""
    client.as_(world.people["support_officer"])
    url = reverse("inspections:invite-person", args=[world.inspection.reference])
    with time_machine.travel(world.now + timedelta(seconds=LATER), tick=True):
        assert client.get(url).status_code == 200
        assert client.post(url, {"role": role, "name": "Kept"}).status_code == status


@pytest.mark.at_week(14)
def test_place_legal_hold_asks_nothing_because_it_may_be_urgent(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["service_manager"])
    url = reverse("retention:place-legal-hold", args=[world.inspection.reference])
    with time_machine.travel(world.now + timedelta(seconds=LATER), tick=True):
        client.get(url)
        assert client.post(url, {"reason": "An inquiry."}).status_code == 302


def _url(world: World) -> str:
    return reverse("evaluations:seal-evaluation", args=[world.inspection.reference, "2.1"])


@pytest.fixture
def stale(world: World, client: StrictClient) -> Iterator[StrictClient]:
    """An inspector who has written, and signed in too long ago."""
    written(world, opened(world), "inspector")
    client.as_(world.people["inspector"])
    with time_machine.travel(world.now + timedelta(seconds=LATER), tick=True):
        yield client


def _again(page: Any, **answers: str) -> dict[str, str]:
    """What the page that asks sends on: its hidden fields, and the answers."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in hidden} | {
        f"again-{name}": value for name, value in answers.items()
    }


@pytest.mark.at_week(19)
def test_seal_evaluation_right_after_signing_in_asks_nothing(
    world: World, client: StrictClient
) -> None:
    written(world, opened(world), "inspector")
    page = client.as_(world.people["inspector"]).get(_url(world))
    assert page.status_code == 200
    assert "Seal my evaluation</button>" in page.content.decode()


@pytest.mark.at_week(19)
def test_seal_evaluation_opened_long_after_signing_in_asks_first(
    world: World, stale: StrictClient
) -> None:
    asked = stale.get(_url(world))
    assert (
        asked["Location"]
        == f"{reverse('account_reauthenticate')}?{urlencode({'next': _url(world)})}"
    )
    answered = stale.post(asked["Location"], {"password": PASSWORD, "next": _url(world)})
    assert answered["Location"] == _url(world)
    assert stale.get(_url(world)).status_code == 200


@pytest.mark.at_week(19)
def test_seal_evaluation_sent_long_after_signing_in_keeps_what_was_typed_and_goes_on(
    world: World, stale: StrictClient
) -> None:
    typed = {"based_on": "1", "words": 'Two "lines"\n<b>of text'}
    asked = stale.post(_url(world), typed)
    page = asked.content.decode()
    assert asked.status_code == 401
    assert "Nothing is done yet." in page
    assert not SealedEvaluation.objects.get().is_sealed

    wrong = stale.post(_url(world), _again(page, password="not this"))
    page = wrong.content.decode()
    assert wrong.status_code == 401
    assert "Problem" in page or "ds_error" in page
    assert _again(page).items() >= typed.items()
    assert not SealedEvaluation.objects.get().is_sealed

    done = stale.post(_url(world), _again(page, password=PASSWORD))
    assert done.status_code == 302
    assert SealedEvaluation.objects.get().is_sealed
    assert stale.get(reverse("mfa_activate_totp")).status_code == 200  # the proof counts there too


@pytest.mark.at_week(19)
@pytest.mark.parametrize(
    ("has_code_app", "fault"),
    [
        (False, "Write your password."),
        (True, "Write your password, or a code from your authenticator app."),
    ],
)
def test_seal_evaluation_with_no_answer_says_what_is_missing(
    world: World, stale: StrictClient, has_code_app: bool, fault: str
) -> None:
    if has_code_app:
        TOTP.activate(world.people["inspector"], generate_totp_secret())
    asked = stale.post(_url(world), {"based_on": "1", "words": "Kept"}).content.decode()
    assert "(optional)" not in asked
    assert "There is a problem" not in asked
    nothing = {"password": "", "code": ""} if has_code_app else {"password": ""}
    page = stale.post(_url(world), _again(asked, **nothing)).content.decode()
    assert "<title>Problem: Is it still you?" in page
    assert f'<a href="#id_again-password">{fault}</a>' in page
    assert _again(page)["words"] == "Kept"
    assert not SealedEvaluation.objects.get().is_sealed


@pytest.mark.at_week(19)
def test_seal_evaluation_is_not_tried_with_passwords_for_ever(
    world: World, stale: StrictClient
) -> None:
    typed = {"based_on": "1", "again-password": "not this"}
    for _ in range(30):
        page = stale.post(_url(world), typed).content.decode()
    assert "tried too often" in page
    stale.post(_url(world), typed | {"again-password": PASSWORD})
    assert not SealedEvaluation.objects.get().is_sealed


@pytest.mark.at_week(19)
def test_seal_evaluation_takes_a_code_in_place_of_the_password(
    world: World, stale: StrictClient
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(world.people["inspector"], secret)
    page = stale.post(_url(world), {"based_on": "1"}).content.decode()
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert stale.post(_url(world), _again(page, code=code)).status_code == 302
    assert SealedEvaluation.objects.get().is_sealed


@pytest.mark.at_week(0)
def test_the_limit_is_a_setting(world: World, client: StrictClient, settings: Any) -> None:
    client.as_(world.people["lead"])
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 60
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
