"""Naming the five addressees."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.verdicts import Refused
from inspections import permissions, rules
from inspections.actions.notification import name_addressees
from inspections.models import Addressee
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.record import undone
from workspace.example.world import World


def url(world: World) -> str:
    return reverse("inspections:name-addressees", args=[world.inspection.reference])


def typed(**changes: str) -> dict[str, str]:
    boxes = {
        f"{addressee.office}-{part}": getattr(addressee, part)
        for addressee in Addressee.objects.all()
        for part in ("name", "email", "postal_address")
    }
    return {**boxes, **{key.replace("__", "-"): value for key, value in changes.items()}}


@pytest.mark.at_week(0)
def test_can_name_addressees(world: World) -> None:
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_name_addressees(person, world.inspection)
    }
    assert allowed == {"lead", "depute", "support_officer"}


@pytest.mark.at_week(1)
def test_may_name_addressees_not_after_the_letters(world: World) -> None:
    verdict = rules.may_name_addressees(world.inspection)
    assert (verdict.sentence, verdict.source) == (
        "The letters have been sent. What they said is kept as it was sent.",
        "",
    )


@pytest.mark.at_week(0)
def test_name_addressees(world: World) -> None:
    addressees = list(world.inspection.addressees.all())
    addressees[0].name = ""
    before = record.count()
    name_addressees(
        world.inspection, addressees=addressees, by=world.people["depute"], at=world.now
    )
    assert Addressee.objects.get(pk=addressees[0].pk).is_blank
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Hamish Torrin named the addressees of the notification letter (4 of 5)."
    )


@pytest.mark.at_week(0)
def test_name_addressees_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count()
    addressees = list(world.inspection.addressees.all())
    addressees[0].name = "Somebody Else"
    undone(
        lambda: name_addressees(
            world.inspection, addressees=addressees, by=world.people["lead"], at=world.now
        )
    )
    assert not Addressee.objects.filter(name="Somebody Else").exists()
    assert record.count() == before


@pytest.mark.at_week(1)
def test_name_addressees_asks_the_rule_again(world: World) -> None:
    with pytest.raises(Refused):
        name_addressees(world.inspection, addressees=[], by=world.people["lead"], at=world.now)


@pytest.mark.at_week(0)
def test_name_addressees_page_saves_blanks_and_leads_on(world: World, client: StrictClient) -> None:
    client.as_(world.people["support_officer"])
    assert "Alistair Crombie" in client.get(url(world)).content.decode()
    response = client.post(url(world), typed(chief_constable__name=""), follow=True)
    assert "The addressees are saved." in response.content.decode()
    assert Addressee.objects.get(office="chief_constable").is_blank


@pytest.mark.at_week(0)
def test_name_addressees_with_a_bad_address_keeps_what_was_typed(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["lead"])
    response = client.post(
        url(world), typed(chief_constable__email="not an address", cpp_chair__name="New Chair")
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "not an address" in page
    assert (
        '<a href="#id_chief_constable-email">Chief Constable of Police Scotland: '
        "write the e-mail address in full, for example name@council.example.</a>" in page
    )
    assert "New Chair" in page
    assert not Addressee.objects.filter(name="New Chair").exists()


@pytest.mark.at_week(0)
@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("other_lead", 404)])
def test_name_addressees_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    assert client.as_(world.people[key]).post(url(world), typed()).status_code == status


@pytest.mark.at_week(0)
def test_name_addressees_overwrites_nothing_unseen(world: World, client: StrictClient) -> None:
    page = client.as_(world.people["lead"]).get(url(world))
    seen = page.context["form"].initial["based_on"]
    mine = typed(cpp_chair__name="Mine", based_on=seen)
    theirs = typed(chief_constable__name="Theirs", based_on=seen)
    client.as_(world.people["support_officer"]).post(url(world), theirs)

    refused = client.as_(world.people["lead"]).post(url(world), mine)

    assert "Somebody saved the addressees after you opened this page." in refused.content.decode()
    assert "Theirs" in refused.content.decode()
    assert Addressee.objects.get(office="chief_constable").name == "Theirs"
    again = {**mine, "chief_constable-name": "Theirs"}
    again["based_on"] = refused.context["form"].data["based_on"]
    assert client.post(url(world), again).status_code == 302
    names = dict(Addressee.objects.values_list("office", "name"))
    assert (names["cpp_chair"], names["chief_constable"]) == ("Mine", "Theirs")
