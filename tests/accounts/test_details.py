"""Your own details."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import rules
from accounts.actions.details import edit_details
from accounts.models import User
from core.verdicts import Refused
from inspections import gates
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from workspace.example.world import World

URL = "/account/details/"


@pytest.mark.at_week(0)
def test_may_edit_details_of_nobody_else(world: World) -> None:
    lead, depute = world.people["lead"], world.people["depute"]
    assert rules.may_edit_details(lead, by=lead)
    verdict = rules.may_edit_details(lead, by=depute)
    assert verdict.sentence == "Only the person edits their own details."
    with pytest.raises(Refused):
        edit_details(lead, designation="x", telephone="1", by=depute, at=world.now)


@pytest.mark.at_week(0)
def test_edit_details(world: World) -> None:
    lead, before = world.people["lead"], record.count()
    edit_details(lead, designation="Lead", telephone="01632 960 999", by=lead, at=world.now)
    lead.refresh_from_db()
    assert (lead.name, lead.designation, lead.telephone) == (
        "Isla Dunmore",
        "Lead",
        "01632 960 999",
    )
    assert record.count() == before + 1
    assert record.last_sentence() == "Isla Dunmore changed their own details."
    assert "960" not in str(record.last_event().details)


@pytest.mark.at_week(0)
def test_edit_details_that_fails_leaves_nothing_behind(world: World) -> None:
    lead, before = world.people["lead"], record.count()
    undone(lambda: edit_details(lead, designation="Lead", telephone="", by=lead, at=world.now))
    assert User.objects.get(pk=lead.pk).telephone
    assert record.count() == before


@pytest.mark.at_week(0)
def test_edit_details_page_leads_back_to_what_waited_for_the_number(
    world: World, client: StrictClient
) -> None:
    User.objects.filter(pk=world.people["lead"].pk).update(telephone="")
    found = next(one for one in gates.findings(world.inspection) if one.condition.key == "contacts")
    assert found.holds
    client.as_(world.people["lead"])
    page = client.get(found.url).content.decode()
    assert "Isla Dunmore, lead@glenmarrow.example, Care Inspectorate." in page
    assert reverse("account_change_password") in page
    assert reverse("mfa_index") in page

    typed = {"designation": "Inspection lead", "telephone": " 01632  960 123 "}
    response = client.post(found.url, typed, follow=True)

    assert response.redirect_chain == [
        (reverse("inspections:notify-partnership", args=[world.inspection.reference]), 302)
    ]
    assert User.objects.get(pk=world.people["lead"].pk).telephone == "01632 960 123"
    assert "Notify the partnership</button>" in response.content.decode()


@pytest.mark.at_week(0)
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_edit_details_page_leads_nowhere_else(
    world: World, client: StrictClient, elsewhere: str
) -> None:
    client.as_(world.people["lead"])
    response = client.post(f"{URL}?next={elsewhere}", {"designation": "", "telephone": ""})
    assert response["Location"] == URL


@pytest.mark.at_week(0)
@pytest.mark.parametrize("number", ["ring me", "123", "01632 960 123; drop", "1" * 41])
def test_edit_details_with_a_number_that_is_none(
    world: World, client: StrictClient, number: str
) -> None:
    client.as_(world.people["lead"])
    response = client.post(URL, {"designation": "", "telephone": number})
    assert response.status_code == 200
    assert number.split(";")[0] in response.content.decode()
    assert User.objects.get(pk=world.people["lead"].pk).telephone != number


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    "number", ["", "+44 (0)1632 960 123", "01632-960123 ext 45", "01632 960 123 x45"]
)
def test_edit_details_with_a_number_that_is_one(
    world: World, client: StrictClient, number: str
) -> None:
    client.as_(world.people["lead"]).post(URL, {"designation": "", "telephone": number})
    assert User.objects.get(pk=world.people["lead"].pk).telephone == number


@pytest.mark.at_week(0)
def test_edit_details_is_linked_at_the_top_of_every_page(
    world: World, client: StrictClient
) -> None:
    assert f'href="{URL}"' in client.as_(world.people["volunteer"]).get("/").content.decode()


def test_edit_details_asks_who_is_there(client: StrictClient, db: None) -> None:
    assert client.get(URL)["Location"].startswith("/account/login/")
