"""Who is free: days on site and days away by week, for those who plan teams."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.actions.accounts import open_account
from accounts.models import Agency
from inspections import permissions, queries
from inspections.queries.free import FreeRow
from tests.client import StrictClient
from tests.inspections.beside import away, otherglen
from workspace.example.world import World

URL = "/who-is-free/"
NOVEMBER = f"{URL}?since=2025-11-17"


def row(world: World, key: str, *, reader: str = "lead") -> FreeRow:
    person = world.people[key]
    weeks = queries.free_weeks(date(2025, 11, 17))
    return queries.who_is_free([person], weeks, reader=world.people[reader])[0]


@pytest.mark.at_week(0)
def test_can_see_who_is_free(world: World) -> None:
    allowed = {
        key for key, person in world.people.items() if permissions.can_see_who_is_free(person)
    }
    assert allowed == {"programme_manager", "service_manager", "lead", "support_officer"}


@pytest.mark.at_week(0)
def test_a_row_says_on_site_away_and_what_clashes(world: World) -> None:
    other = otherglen(world, who=("inspector",))
    away(world, "inspector", date(2025, 12, 4), date(2025, 12, 8))
    found = row(world, "inspector")
    second, third, fourth = found.cells[1:4]
    assert [(one.area, one.reference, one.said) for one in second.on_site] == [
        ("Glenmarrow", world.inspection.reference, "Mon to Fri"),
        ("Otherglen 2", other.reference, "Mon to Fri"),
    ]
    assert [one.week for one in second.on_site] == [12, None]  # the lead works on the first alone
    assert second.clashes
    assert (third.away, third.clashes) == ([date(2025, 12, 4), date(2025, 12, 5)], False)
    assert fourth.away == [date(2025, 12, 8)]
    assert found.cells[0].is_free
    assert (found.days_on_site, found.inspections, found.is_too_many) == (10, 2, False)


@pytest.mark.at_week(0)
def test_a_row_of_three_inspections_is_too_many(world: World) -> None:
    otherglen(world, 2, who=("inspector",))
    otherglen(world, 3, who=("inspector",))
    assert row(world, "inspector").is_too_many
    assert not row(world, "associate").is_too_many


@pytest.mark.at_week(0)
def test_the_support_officer_goes_on_no_site(world: World) -> None:
    found = row(world, "support_officer")
    assert all(cell.is_free for cell in found.cells)
    assert found.inspections == 1


@pytest.mark.at_week(0)
def test_who_is_free_page(world: World, client: StrictClient) -> None:
    away(world, "associate", date(2025, 11, 24), date(2025, 11, 25))
    client.as_(world.people["lead"])
    page = client.get(NOVEMBER).content.decode()
    assert "Ewan Sleat" in page
    assert "Ross Tummel" in page
    assert "Morag Finlas" not in page
    assert "Saint Andrew" in page
    assert "away Mon and Tue" in page
    assert "Secret" not in page
    his = Agency.objects.get(name="Healthcare Improvement Scotland")
    page = client.get(f"{URL}?agency={his.pk}").content.decode()
    assert "Fiona Kell" in page
    assert "Ewan Sleat" not in page


@pytest.mark.at_week(0)
def test_who_is_free_leads_to_the_days_away_that_one_keeps(
    world: World, client: StrictClient
) -> None:
    def leads(key: str, of: str) -> bool:
        page = client.as_(world.people[key]).get(URL).content.decode()
        return reverse("inspections:leave", args=[world.people[of].pk]) in page

    assert leads("programme_manager", "other_lead")
    assert leads("support_officer", "inspector")
    assert not leads("support_officer", "other_lead")
    assert leads("lead", "lead")
    assert not leads("lead", "inspector")


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?since=soon", "Write the date as day, month and year"),
        ("?since=1 May 1850", "Check the year: 1850"),
        ("?since=31 December 2099", "Monday 28 December 2099"),
        ("?since=1 January 2000", "Ewan Sleat"),
        ("?agency=999999", "Select a valid choice"),
        ("?page=99", "Ewan Sleat"),
    ],
)
def test_who_is_free_page_with_a_bad_question(
    world: World, client: StrictClient, query: str, words: str
) -> None:
    page = client.as_(world.people["programme_manager"]).get(f"{URL}{query}")
    assert page.status_code == 200
    assert words in page.content.decode()


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["inspector", "coordinator", "other_lead"])
def test_who_is_free_page_refuses(world: World, client: StrictClient, key: str) -> None:
    refused = client.as_(world.people[key]).get(URL)
    assert refused.status_code == 403
    assert "Only those who plan teams see who is free" in refused.content.decode()


WHO_IS_FREE_QUERIES = 14


@pytest.mark.at_week(0)
def test_the_page_costs_the_same_however_many_people(
    world: World, client: StrictClient, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client.as_(world.people["lead"])
    away(world, "inspector", date(2025, 11, 24), date(2025, 11, 24))
    client.get(URL)
    with django_assert_num_queries(WHO_IS_FREE_QUERIES):
        client.get(NOVEMBER)
    otherglen(world, 2, who=("inspector", "associate"))
    otherglen(world, 3, who=("inspector", "depute"))
    away(world, "associate", date(2025, 11, 24), date(2025, 11, 24))
    for number in range(20):
        open_account(
            email=f"inspector{number}@example.org",
            name=f"Inspector {number:02d}",
            designation="Inspector",
            agency=world.people["lead"].agency,
            password="seven quiet glens",
            at=world.now,
        )
    with django_assert_num_queries(WHO_IS_FREE_QUERIES):
        page = client.get(NOVEMBER).content.decode()
    assert "1 to 25 on this page" in page
    assert reverse("inspections:who-is-free") in page
