"""The programme as a board by phase."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.urls import reverse

from inspections import queries
from inspections.enums import Cause
from inspections.models import DateChange, Inspection, TimetableVersion
from tests.client import StrictClient
from tests.inspections.places import another_inspection
from tests.workspace.test_home import Counter, two_more_for
from workspace.example.world import World

BOARD, CSV = "/programme/board/", "/programme/board.csv"
BOARD_QUERIES, CSV_QUERIES = 9, 8


@pytest.mark.at_week(5)
def test_board_costs_the_same_however_many_inspections(
    world: World, client: StrictClient, django_assert_num_queries: Counter
) -> None:
    client.as_(world.people["programme_manager"])
    with django_assert_num_queries(BOARD_QUERIES):
        one = client.get(BOARD).content.decode()
    assert "Glenmarrow" in one
    two_more_for(world, "inspector")
    with django_assert_num_queries(BOARD_QUERIES):
        three = client.get(BOARD).content.decode()
    assert "Otherglen 3" in three


@pytest.mark.at_week(5)
def test_board_csv_costs_the_same_and_says_what_the_page_says(
    world: World, client: StrictClient, django_assert_max_num_queries: Counter
) -> None:
    two_more_for(world, "inspector")
    client.as_(world.people["programme_manager"])
    with django_assert_max_num_queries(CSV_QUERIES):
        rows = list(csv.reader(client.get(CSV).content.decode().splitlines()))
    assert {row[1] for row in rows[1:]} == {"Glenmarrow", "Otherglen 2", "Otherglen 3"}
    assert rows[0][5] == "slippage in working days"


@pytest.mark.at_week(5)
def test_board_shows_only_what_one_may_see(world: World, client: StrictClient) -> None:
    another_inspection(world, 2)
    for url in (BOARD, CSV):
        page = client.as_(world.people["lead"]).get(url).content.decode()
        assert "Glenmarrow" in page
        assert "Otherglen 2" not in page


@pytest.mark.at_week(5)
def test_board_sends_no_card_that_it_hides(
    world: World, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_more_for(world, "inspector")
    monkeypatch.setattr("workspace.views.board.SHOWN", 1)
    client.as_(world.people["programme_manager"])
    state = Inspection.objects.get(area__name="Otherglen 2").state
    many = Inspection.objects.filter(state=state).count()
    page = client.get(BOARD).content.decode()
    assert f"All {many}<" in page
    assert "Otherglen 3" not in page
    assert "Otherglen 3" in client.get(f"{BOARD}?phase={state}").content.decode()
    assert client.get(f"{BOARD}?phase=nonsense").status_code == 200


def card(world: World) -> queries.Card:
    found = queries.programme(world.people["programme_manager"]).filter(pk=world.inspection.pk)
    return queries.cards_of(found, world.now.date())[0]


@pytest.mark.at_week(5)
def test_a_card_says_how_late_publication_is_and_since_when(world: World) -> None:
    assert card(world).slipped == 0
    step = world.inspection.steps.get(key="publication")
    version = TimetableVersion.objects.create(
        inspection=world.inspection,
        number=99,
        cause=Cause.STEP,
        title="Moved",
        made_at=world.now,
        made_by=world.people["lead"],
    )
    DateChange.objects.create(
        version=version,
        step=step,
        stood_from_on=step.starts_on,
        stood_until_on=step.ends_on,
        starts_on=step.starts_on + timedelta(weeks=1),
        ends_on=step.ends_on + timedelta(weeks=1),
    )
    step.starts_on += timedelta(weeks=1)
    step.ends_on += timedelta(weeks=1)
    step.save()
    assert card(world).slipped == 4  # Monday 15 June 2026 is a public holiday
    assert card(world).verdict == "Late by four working days"
    assert card(world).needs_attention


@pytest.mark.at_week(0)
def test_a_plan_is_not_late(world: World, client: StrictClient) -> None:
    assert card(world).verdict == "Not notified yet"
    client.as_(world.people["programme_manager"])
    assert "Not notified yet" in client.get(reverse("workspace:board")).content.decode()


@pytest.mark.at_week(5)
def test_a_plan_whose_day_has_gone_by_needs_attention(world: World) -> None:
    planned = another_inspection(world, 2)
    found = queries.programme(world.people["programme_manager"]).filter(pk=planned.pk)
    one = queries.cards_of(found, world.now.date())[0]
    assert (one.verdict, one.needs_attention) == ("Not notified on its day", True)
