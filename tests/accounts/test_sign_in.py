"""Signing in: nobody signs up, and the example's people sign in only in the example."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User, system_user
from accounts.roles import GRANTS, MEANING, PARTNERSHIP_ROLES, PROGRAMME_ROLES, TEAM_ROLES, Role
from audit.models import Event
from audit.narrate import narrate
from tests.client import StrictClient
from workspace.example.cast import PASSWORD
from workspace.example.world import World

LOGIN = "/account/login/"


def sign_in(client: StrictClient, email: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_sign_up_is_closed(client: StrictClient, method: str) -> None:
    typed = {"email": "a@example.org", "password1": PASSWORD, "password2": PASSWORD}
    response = getattr(client, method)("/account/signup/", typed)
    assert response.status_code == 200
    assert 'name="password1"' not in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.at_week(0)
def test_example_people_sign_in_where_the_example_is_allowed(
    world: World, client: StrictClient
) -> None:
    response = sign_in(client, world.people["lead"].email)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


@pytest.mark.at_week(0)
def test_example_people_are_refused_elsewhere(
    world: World, client: StrictClient, settings: Any
) -> None:
    settings.EXAMPLE_SIGN_INS = False
    response = sign_in(client, world.people["lead"].email)
    assert response.status_code == 200
    assert client.get("/").status_code == 302


@pytest.mark.at_week(0)
def test_example_sessions_end_where_the_example_is_not_allowed(
    world: World, client: StrictClient, settings: Any
) -> None:
    client.as_(world.people["lead"])
    assert client.get("/").status_code == 200
    settings.EXAMPLE_SIGN_INS = False
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith(LOGIN)
    assert StrictClient().as_(world.people["other_lead"]).get("/").status_code == 200


@pytest.mark.at_week(0)
def test_people_who_are_not_active_are_refused_at_once(world: World, client: StrictClient) -> None:
    person = world.people["other_lead"]
    client.as_(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/").status_code == 302
    sign_in(client, person.email)
    assert client.get("/").status_code == 302


@pytest.mark.at_week(0)
def test_sign_in_with_a_wrong_password_tells_nothing(world: World, client: StrictClient) -> None:
    known = sign_in(client, world.people["lead"].email, "wrong").content.decode()
    unknown = sign_in(client, "nobody@example.org", "wrong").content.decode()
    sentence = "do not go together"
    assert sentence in known
    assert sentence in unknown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "typed", "sentences"),
    [
        (LOGIN, {}, ["E-mail address", "Write the e-mail address.", "Write the password."]),
        (LOGIN, {"login": "una", "password": "x"}, ["Write the e-mail address in full"]),
        (
            LOGIN,
            {"login": f"{'u' * 400}@example.org", "password": "x"},
            ["E-mail address: 412 characters are too many."],
        ),
        (
            "/account/password/reset/",
            {"email": ""},
            ["E-mail address", "Write the e-mail address."],
        ),
    ],
)
def test_sign_in_pages_speak_in_our_words(
    client: StrictClient, address: str, typed: dict[str, str], sentences: list[str]
) -> None:
    page = client.post(address, typed).content.decode()
    assert [sentence for sentence in sentences if sentence not in page] == []
    assert "Ensure this value" not in page and ">Email" not in page


@pytest.mark.at_week(0)
def test_password_page_speaks_in_our_words(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    page = client.post("/account/password/change/", {"password1": "x" * 5000}).content.decode()
    assert "Write the password that you have now." in page
    assert "Write the same password again." in page
    assert "Ensure this value" not in page and "This field is required" not in page


@pytest.mark.django_db
def test_the_clock_cannot_sign_in(client: StrictClient) -> None:
    clock = system_user()
    assert not clock.is_active
    assert not clock.check_password("!")
    assert system_user() == clock


@pytest.mark.django_db
def test_create_superuser_makes_a_programme_manager_and_nobody_above_the_rules() -> None:
    person = User.objects.create_superuser("Una@Example.org", PASSWORD, name="Una")
    assert person.email == "una@example.org"
    assert [office.role for office in person.offices.all()] == [Role.PROGRAMME_MANAGER]
    assert not person.is_superuser
    assert narrate(Event.objects.get()) == "Una was made programme manager at the terminal."


@pytest.mark.django_db
def test_example_commands_are_refused_elsewhere(settings: Any) -> None:
    settings.EXAMPLE_SIGN_INS = False
    for command in ("stage_example", "example_signins"):
        with pytest.raises(CommandError, match="refused"):
            call_command(command)


def test_every_role_has_a_side_a_meaning_and_its_grants() -> None:
    sides = [PROGRAMME_ROLES, TEAM_ROLES, PARTNERSHIP_ROLES]
    for role in Role:
        assert sum(role in side for side in sides) == 1
        assert MEANING[role].endswith(".")
        assert role in GRANTS
