"""The page “Who may open what”."""

from __future__ import annotations

import csv

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.roles import COMPARTMENTS, GRANTS, MEANING, Role
from tests.client import StrictClient
from tests.house import addresses, doors
from workspace import access
from workspace.example.world import World


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["programme_manager", "service_manager"])
def test_access_shows_every_role_with_all_that_it_may(
    world: World, client: StrictClient, key: str
) -> None:
    client.as_(world.people[key])
    page = client.get("/access/").content.decode()
    for role in Role:
        url = reverse("workspace:access-of-role", args=[role.value])
        assert f'href="{url}"' in page
        said = client.get(url).content.decode()
        assert escape(MEANING[role]) in said
        assert said.count('<tr><th scope="row">') == len(addresses.named()) + len(access.HOLDERS)
        assert len(access.rights_of(role)) == len(GRANTS[role])


@pytest.mark.at_week(0)
def test_access_of_role_says_what_each_address_answers(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    page = client.get("/access/programme_manager/").content.decode()
    row = page[page.index(">Evidence item</th>") :].partition("</tr>")[0]
    assert row.count("<td>refused</td>") == 2
    assert "/inspections/&lt;reference&gt;/evidence/&lt;number&gt;/" in row
    assert "The evidence of the team" in page
    hidden = {one.key for one in access.hidden_from(Role.PROGRAMME_MANAGER)}
    assert hidden == {one.key for one in COMPARTMENTS} - {"declared_interest"}
    assert client.get("/access/nobody/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_access_of_role_has_every_address_with_its_path_and_an_answer(role: Role) -> None:
    shown = [door for room in access.doors_of(role) for door in room.doors]
    files = [f"files:{holder}" for holder in access.HOLDERS]
    assert sorted(door.name for door in shown) == sorted([*addresses.named(), *files])
    for door in shown:
        assert door.path.startswith("/")
        assert all(door.answers), door.name


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["lead", "panel_chair", "coordinator", "other_lead"])
def test_access_is_for_those_who_run_the_programme(
    world: World, client: StrictClient, key: str
) -> None:
    client.as_(world.people[key])
    for url in ("/access/", "/access/depute/", "/access/table.csv"):
        answer = client.get(url)
        assert answer.status_code == 403
        assert "Only a programme manager or a service manager" in answer.content.decode()


@pytest.mark.at_week(0)
def test_access_csv_is_the_table_of_the_tests(world: World, client: StrictClient) -> None:
    answer = client.as_(world.people["service_manager"]).get("/access/table.csv")
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    for moment in access.MOMENTS:
        shown = {row["address"] for row in rows if row["moment"] in (moment, access.ALWAYS)}
        assert shown == {*addresses.named(), *(f"files:{holder}" for holder in access.HOLDERS)}
    assert list(rows[0])[2:] == list(doors.COLUMNS) == list(access.COLUMNS)
    letters = next(
        row for row in rows if (row["moment"], row["address"]) == ("week 14", "inspections:letters")
    )
    assert (letters["programme_manager"], letters["lead"]) == ("refused", "opens")


def test_access_says_who_may_know_of_the_files_of_each_holder() -> None:
    """All that the house's table has, but for what there is none of at either moment."""
    none_yet = {"retention.disposallist", "retention.subjectaccesspack"}
    assert set(access.HOLDERS) == set(doors.rows(doors.FILES)) - none_yet
    [files] = [
        room for room in access.doors_of(Role.PROGRAMME_MANAGER) if room.title.startswith("Files:")
    ]
    assert {door.answers for door in files.doors} == {("not there", "not there")}
    [files] = [
        room for room in access.doors_of(Role.INSPECTION_LEAD) if room.title.startswith("Files:")
    ]
    answers = {door.words: door.answers for door in files.doors}
    assert answers["Draft report"] == ("not there", "opens")
    assert answers["Files of the joint self-evaluation"] == ("opens", "opens")
