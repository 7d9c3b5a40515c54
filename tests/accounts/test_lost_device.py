"""A lost device: a second person, made sure of who asks, resets the second proof, on record."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.urls import reverse

from accounts import permissions, rules
from accounts.actions.second_factor import reset_second_factor
from accounts.models import User
from accounts.roles import Role
from core.verdicts import Refused
from inspections.actions.declarations import declare_interest
from inspections.actions.team import name_team_member
from inspections.enums import InterestAnswer
from inspections.models import Membership
from tests.accounts.test_sessions import FIREFOX, last, signed_in
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

pytestmark = pytest.mark.at_week(0)
TYPED = {"known_by": "met", "reason": "The telephone fell into the Tay."}


@pytest.fixture
def inspector(world: World) -> User:
    person = world.people["inspector"]
    TOTP.activate(person, generate_totp_secret())
    return person


def _url() -> str:
    return reverse("accounts:reset-second-factor")


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("support_officer", True),
        ("programme_manager", True),
        ("lead", False),
        ("other_lead", False),
        ("coordinator", False),
    ],
)
def test_who_can_reset_second_factor(
    world: World, inspector: User, who: str, allowed: bool
) -> None:
    verdict = permissions.can_reset_second_factor(world.people[who], inspector)
    assert bool(verdict) == allowed


def test_a_support_officer_resets_nobody_of_another_inspection(world: World) -> None:
    officer, stranger = world.people["support_officer"], world.people["other_coordinator"]
    TOTP.activate(stranger, generate_totp_secret())
    assert not permissions.can_reset_second_factor(officer, stranger)
    assert permissions.can_reset_second_factor(world.people["programme_manager"], stranger)


def test_a_support_officer_makes_nobody_a_colleague_by_naming_them(world: World) -> None:
    """Else naming anybody of an inspectorate to one's own team would be enough to reset their second proof."""
    officer, stranger = world.people["support_officer"], world.people["other_lead"]
    TOTP.activate(stranger, generate_totp_secret())
    given = {"role": Role.STRATEGIC_INSPECTOR, "until": None, "at": world.now}
    part = name_team_member(world.inspection, person=stranger, by=world.people["lead"], **given)
    assert not permissions.can_reset_second_factor(officer, stranger)  # not declared yet
    declare_interest(
        world.inspection, answer=InterestAnswer.NOTHING, words="", by=stranger, at=world.now
    )
    assert permissions.can_reset_second_factor(officer, stranger)
    Membership.objects.filter(pk=part.pk).update(named_by=officer)
    assert not permissions.can_reset_second_factor(officer, stranger)
    assert permissions.can_reset_second_factor(world.people["programme_manager"], stranger)


def test_may_reset_second_factor_says_why_not(world: World, inspector: User) -> None:
    officer = world.people["support_officer"]
    TOTP.activate(officer, generate_totp_secret())
    assert "Nobody resets their own" in rules.may_reset_second_factor(officer, by=officer).sentence
    none = rules.may_reset_second_factor(world.people["depute"], by=officer).sentence
    assert none.startswith("Hamish Torrin has no second proof")
    with pytest.raises(Refused):
        reset_second_factor(officer, known_by="", reason="", by=officer, at=world.now)


def test_reset_second_factor_takes_all_away_tells_the_person_and_stands_in_the_record(
    world: World, client: StrictClient
) -> None:
    thief = signed_in(world, FIREFOX, "inspector")
    inspector = world.people["inspector"]
    TOTP.activate(inspector, generate_totp_secret())
    before = record.count()
    client.as_(world.people["support_officer"])
    answer = client.post(_url(), {"email": inspector.email.upper(), **TYPED}, follow=True)
    assert "sets up a new second proof" in answer.content.decode()
    assert not Authenticator.objects.filter(user=inspector).exists()
    assert thief.get("/").status_code == 302
    assert record.count() == before + 1
    assert re.fullmatch(
        r".+ reset the second proof of Ewan Sleat\. Known by: I met them, and know them\. "
        r"Reason: “The telephone fell into the Tay\.”\.",
        last(),
    )
    run_jobs()
    letters = [one.body for one in mail.outbox if one.to == [inspector.email]]
    assert "reset the second proof of your account" in letters[-1]


def test_reset_second_factor_that_fails_leaves_nothing_behind(
    world: World, inspector: User
) -> None:
    before = record.count()
    undone(
        lambda: reset_second_factor(
            inspector, known_by="met", reason="x", by=world.people["support_officer"], at=world.now
        )
    )
    assert Authenticator.objects.filter(user=inspector).exists()
    assert record.count() == before


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("nobody@example.org", "Nobody of your inspections"),
        ("other.coordinator@otherglen.example", "Nobody of your inspections"),
        ("", "Write their e-mail address."),
        ("support.officer@glenmarrow.example", "Nobody resets their own"),
        ("depute@glenmarrow.example", "has no second proof"),
    ],
)
def test_reset_second_factor_of_the_wrong_person_keeps_what_was_typed(
    world: World, client: StrictClient, email: str, sentence: str
) -> None:
    client.as_(world.people["support_officer"])
    page = client.post(_url(), {"email": email, **TYPED}).content.decode()
    assert sentence in page
    assert TYPED["reason"] in page


def test_reset_second_factor_is_refused_to_a_colleague(world: World, client: StrictClient) -> None:
    answer = client.as_(world.people["lead"]).get(_url())
    assert answer.status_code == 403
    assert "a programme manager or a support officer" in answer.content.decode()
    assert "lost their device" not in client.get(reverse("mfa_index")).content.decode()
    page = client.as_(world.people["support_officer"]).get(reverse("mfa_index")).content.decode()
    assert "lost their device" in page


def test_the_page_of_the_team_leads_to_reset_second_factor_of_each_but_oneself(
    world: World, client: StrictClient
) -> None:
    officer, inspector = world.people["support_officer"], world.people["inspector"]
    team = reverse("inspections:team", args=[world.inspection.reference])
    page = client.as_(officer).get(team).content.decode()
    link = f"{_url()}?person={inspector.pk}"
    assert f'href="{link}"' in page
    assert f'href="{_url()}?person={officer.pk}"' not in page
    assert f'value="{inspector.email}"' in client.get(link).content.decode()
    assert _url() not in client.as_(world.people["lead"]).get(team).content.decode()


@pytest.mark.parametrize("number", ["", "x", "0", "99999999999999999999", "²"])
def test_a_link_to_reset_second_factor_of_nobody_opens_an_empty_form(
    world: World, client: StrictClient, number: str
) -> None:
    client.as_(world.people["support_officer"])
    assert client.get(_url(), {"person": number}).status_code == 200
    stranger = world.people["other_coordinator"]
    page = client.get(_url(), {"person": stranger.pk}).content.decode()
    assert stranger.email not in page
