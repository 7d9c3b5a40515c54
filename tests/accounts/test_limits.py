"""Limits on trying: passwords, codes and letters, each with a sentence that says when to go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.urls import reverse

from tests.accounts.test_second_factor import code_now
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.cast import PASSWORD
from workspace.example.world import World

pytestmark = pytest.mark.at_week(0)
LOGIN = "/account/login/"


def test_a_password_is_not_guessed_for_ever(world: World, client: StrictClient) -> None:
    typed = {"login": world.people["lead"].email}
    for _ in range(5):
        client.post(LOGIN, typed | {"password": "a guess"})
    answer = client.post(LOGIN, typed | {"password": PASSWORD})
    assert answer.status_code == 200
    assert "wait, then try once more" in answer.content.decode()
    other = client.post(LOGIN, {"login": world.people["depute"].email, "password": PASSWORD})
    assert other.status_code == 302  # the limit is the account's: nobody locks a colleague out

    with time_machine.travel(world.now + timedelta(minutes=6), tick=True):
        assert StrictClient().post(LOGIN, typed | {"password": PASSWORD}).status_code == 302


def test_a_code_is_not_guessed_for_ever(world: World, client: StrictClient) -> None:
    person, secret = world.people["lead"], generate_totp_secret()
    TOTP.activate(person, secret)
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert answer.status_code == 200
    assert "wait, then try once more" in answer.content.decode()


def test_letters_with_a_link_are_not_asked_for_without_end(
    world: World, client: StrictClient
) -> None:
    address = world.people["lead"].email
    for _ in range(8):
        answer = client.post(reverse("account_reset_password"), {"email": address})
    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.content.decode()
    run_jobs()
    links = [one for one in mail.outbox if one.to == [address] and "/password/" in one.body]
    assert 1 <= len(links) <= 5


def test_pages_of_sign_in_are_not_tried_from_one_place_without_end(
    world: World, client: StrictClient
) -> None:
    for number in range(31):
        answer = client.post(LOGIN, {"login": f"x{number}@example.org", "password": "a guess"})
    assert answer.status_code == 429
