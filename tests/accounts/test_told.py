"""What one was told stays in the product: one's own letters, opened or not, without what opens something."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import FormerAddress
from core.mail import FORGOTTEN
from core.models import Letter
from tests.client import StrictClient
from workspace.example.world import World

pytestmark = pytest.mark.at_week(5)

TOLD = "/told/"


def letter(world: World, to: str, subject: str, **changes: Any) -> Letter:
    usual = {
        "key": f"{to}:{subject}",
        "template": "inspections/team_changed",
        "to": to,
        "subject": subject,
        "body": f"The words of {subject}: http://testserver/inspections/",
        "created_at": world.now,
    }
    found: Letter = Letter.objects.create(**{**usual, **changes})
    return found


def test_what_one_was_told_is_ones_own_and_newest_first(world: World, client: StrictClient) -> None:
    lead, inspector = world.people["lead"], world.people["inspector"]
    letter(world, lead.email.upper(), "Later")
    letter(world, lead.email, "Earlier", created_at=world.now - timedelta(hours=1))
    theirs = letter(world, inspector.email, "For somebody else")
    page = client.as_(lead).get(TOLD).content.decode()
    assert page.index("Later") < page.index("Earlier")
    assert "For somebody else" not in page
    assert client.get(reverse("accounts:told-letter", args=[theirs.pk])).status_code == 404


def test_a_letter_is_new_until_it_is_opened(world: World, client: StrictClient) -> None:
    lead = world.people["lead"]
    Letter.objects.filter(to=lead.email).delete()
    found = letter(world, lead.email, "The team changes")
    home = client.as_(lead).get("/").content.decode()
    assert "What you were told" in home
    assert "Not opened yet." in home
    opening = reverse("accounts:told-letter", args=[found.pk])
    client.head(opening)
    assert "Not opened yet." in client.get(TOLD).content.decode()
    assert "The words of The team changes" in client.get(opening).content.decode()
    assert "Not opened yet." not in client.get(TOLD).content.decode()
    first = Letter.objects.get(pk=found.pk).opened_at
    client.get(opening)
    assert Letter.objects.get(pk=found.pk).opened_at == first


def test_no_secret_is_shown_before_or_after_it_is_sent(world: World, client: StrictClient) -> None:
    lead = world.people["lead"]
    found = letter(
        world, lead.email, "Invitation", body="http://secret.example/x", is_forgotten=True
    )
    page = client.as_(lead).get(reverse("accounts:told-letter", args=[found.pk])).content.decode()
    assert "secret.example" not in page
    assert FORGOTTEN[:40] in page
    assert "secret.example" not in client.get(TOLD).content.decode()


def test_an_address_that_was_somebody_elses_brings_nothing_of_theirs(
    world: World, client: StrictClient
) -> None:
    lead, inspector = world.people["lead"], world.people["inspector"]
    FormerAddress.objects.create(person=inspector, email=lead.email, left_at=world.now)
    letter(world, lead.email, "To the former", created_at=world.now - timedelta(days=1))
    letter(world, lead.email, "To the present", created_at=world.now + timedelta(minutes=1))
    page = client.as_(lead).get(TOLD).content.decode()
    assert "To the present" in page
    assert "To the former" not in page
    assert "To the former" in client.as_(inspector).get(TOLD).content.decode()


def test_nothing_is_shown_before_the_address_is_proved(world: World, client: StrictClient) -> None:
    contributor = world.people["health_contributor"]
    found = letter(world, contributor.email, "Written before they came")
    EmailAddress.objects.filter(user=contributor).update(verified=False)
    page = client.as_(contributor).get(TOLD).content.decode()
    assert "Nothing has shown yet that the letters to" in page
    assert "Written before they came" not in page
    assert client.get(reverse("accounts:told-letter", args=[found.pk])).status_code == 404
    assert "Written before they came" not in client.get("/").content.decode()


def test_the_list_is_paged_and_costs_the_same_when_it_grows(
    world: World, client: StrictClient
) -> None:
    lead = world.people["lead"]
    client.as_(lead)
    letter(world, lead.email, "First")
    client.get(TOLD)

    def costs() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(TOLD).status_code == 200
        return len(asked)

    before = costs()
    for number in range(60):
        letter(world, lead.email, f"No {number}")
        if number == 2:
            assert costs() == before
    assert "1 to 50 on this page" in client.get(TOLD).content.decode()
    assert costs() == before
