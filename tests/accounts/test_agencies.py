"""Agencies: added, renamed, and said to belong to areas."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import rules
from accounts.actions.agencies import rename_agency
from accounts.models import Agency
from core.verdicts import Refused
from inspections import rules as inspection_rules
from inspections.actions.parts import change_areas_of_agency
from inspections.actions.reference import load_areas
from inspections.models import Area
from tests.client import StrictClient
from tests.inspections import record
from workspace.example.world import World


def council() -> Agency:
    return Agency.objects.get(name="Glenmarrow Council")


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("Glenmarrow Carers", "third_sector", ""),
        (
            "glenmarrow council",
            "council",
            "There is an agency called glenmarrow council already.",
        ),
        ("HMICS", "hmics", "There is one HM Inspectorate of Constabulary in Scotland, and it is"),
        ("A system", "system", "There is one the system itself, and it is here already."),
    ],
)
def test_may_add_agency(world: World, name: str, kind: str, sentence: str) -> None:
    verdict = rules.may_add_agency(name=name, kind=kind)
    assert bool(verdict) == (not sentence)
    assert verdict.sentence.startswith(sentence)


@pytest.mark.at_week(0)
def test_add_agency_and_say_where_it_works(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    url = reverse("accounts:add-agency")
    assert "Choose the kind." in client.post(url, {"name": "x"}).content.decode()
    typed = {"name": " Glenmarrow  Carers ", "kind": "third_sector"}
    page = client.post(url, typed, follow=True).content.decode()
    assert "Glenmarrow Carers is added. Say next to which areas it belongs." in page
    assert "It belongs to no area yet" in page
    assert record.last_sentence() == "Una Breck added the agency Glenmarrow Carers."
    assert "There is an agency called" in client.post(url, typed).content.decode()

    made = Agency.objects.get(name="Glenmarrow Carers")
    areas = reverse("inspections:change-areas-of-agency", args=[made.pk])
    said = client.post(areas, {"areas": [world.area.pk]}, follow=True).content.decode()
    assert "Glenmarrow Carers belongs to Glenmarrow." in said
    assert list(made.areas.all()) == [world.area]
    assert record.last_sentence() == "Una Breck said that Glenmarrow Carers belongs to Glenmarrow."
    before = record.count()
    client.post(areas, {"areas": [world.area.pk]})
    assert record.count() == before
    assert "belongs to no area" in client.post(areas, {}, follow=True).content.decode()


@pytest.mark.at_week(3)
def test_change_areas_of_agency_is_refused_while_its_people_work_there(
    world: World, client: StrictClient
) -> None:
    agency, orkney = council(), Area.objects.get(name="Orkney Islands")
    verdict = inspection_rules.may_change_areas_of_agency(agency, areas=[orkney])
    assert verdict.source == "R53"
    assert verdict.sentence.endswith("End that part first, or leave Glenmarrow ticked.")
    assert inspection_rules.may_change_areas_of_agency(agency, areas=[orkney, world.area])
    una, ci = world.people["programme_manager"], world.people["lead"].agency
    for held, areas in ((agency, [orkney]), (ci, [])):
        with pytest.raises(Refused):
            change_areas_of_agency(held, areas=areas, by=una, at=world.now)
    url = reverse("inspections:change-areas-of-agency", args=[agency.pk])
    answer = client.as_(una).post(url, {"areas": [orkney.pk]}).content.decode()
    assert "End that part first, or leave Glenmarrow ticked." in answer
    assert list(agency.areas.all()) == [world.area]


@pytest.mark.at_week(0)
def test_rename_agency(world: World, client: StrictClient) -> None:
    agency = council()
    client.as_(world.people["programme_manager"])
    url = reverse("accounts:rename-agency", args=[agency.pk])
    assert "It is called Glenmarrow Council already." in (
        client.post(url, {"name": "Glenmarrow Council"}).content.decode()
    )
    assert "There is an agency called nhs glenmarrow already." in (
        client.post(url, {"name": "nhs glenmarrow"}).content.decode()
    )
    done = client.post(url, {"name": "Council of Glenmarrow"}, follow=True).content.decode()
    assert "It is called Council of Glenmarrow now." in done
    assert record.last_sentence() == (
        "Una Breck renamed Glenmarrow Council to Council of Glenmarrow."
    )


@pytest.mark.at_week(0)
def test_rename_agency_keeps_the_names_of_the_inspectorates(
    world: World, client: StrictClient
) -> None:
    ci, una = world.people["lead"].agency, world.people["programme_manager"]
    with pytest.raises(Refused, match="comes with the product and keeps its name"):
        rename_agency(ci, name="Inspectorate of Care", by=una, at=world.now)
    url = reverse("accounts:rename-agency", args=[ci.pk])
    assert client.as_(una).get(url).status_code == 403


@pytest.mark.at_week(0)
def test_load_areas_again_keeps_names_and_areas_that_people_gave(world: World) -> None:
    una = world.people["programme_manager"]
    orkney = Area.objects.get(name="Orkney Islands")
    third = Agency.objects.get(name="Third sector in Orkney Islands")
    rename_agency(third, name="Voluntary Action Orkney", by=una, at=world.now)
    rename_agency(third, name="Voluntary Action", by=una, at=world.now)
    change_areas_of_agency(third, areas=[], by=una, at=world.now)
    before = Agency.objects.count()

    load_areas()

    assert Agency.objects.count() == before
    assert not third.areas.exists()
    orkney.agencies.clear()
    load_areas()
    assert Agency.objects.count() == before
    assert orkney.agencies.filter(name="Voluntary Action").exists()
