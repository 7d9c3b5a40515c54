"""Every page that lists things asks the same of the database for one and for three of them, and a test says so."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspections.actions.invitations import invite_person
from inspections.actions.readings import read_letters
from inspections.actions.reference import import_school_holidays
from inspections.school_holidays import HolidayWeek
from tests.client import StrictClient
from tests.house import addresses
from tests.house.source import ROOT, functions
from workspace.example.world import World

# (page): the test that proves it at two sizes.
PROVED = {
    "accounts:agencies": "accounts/test_people.py::test_agencies_asks_the_same_of_one_and_of_three",
    "accounts:told": "accounts/test_told.py::test_the_list_is_paged_and_costs_the_same_when_it_grows",
    "accounts:people": "accounts/test_people.py::test_people_asks_the_same_of_one_and_of_three",
    "concerns:concerns": "concerns/test_who_sees.py::test_the_list_costs_the_same_for_one_and_three",
    "documents:upload-documents": "documents/test_upload_documents.py::"
    "test_the_page_asks_the_same_number_of_questions_for_one_and_three",
    "evaluations:evidence": "evaluations/test_evidence_pages.py::test_pages_ask_the_same_of_one_and_of_three",
    "evaluations:evidence-coverage": "evaluations/test_evidence_pages.py::test_pages_ask_the_same_of_one_and_of_three",
    "evaluations:evaluations": "evaluations/test_evaluation_pages.py::test_the_room_asks_the_same_however_many_have_sealed",
    "inspections:area": "house/test_lists.py::test_a_list_costs_the_same_when_it_grows",
    "inspections:leave": "inspections/test_leave.py::test_the_page_costs_the_same_for_one_and_three",
    "inspections:who-is-free": "inspections/test_who_is_free.py::test_the_page_costs_the_same_however_many_people",
    "inspections:log": "house/test_lists.py::test_a_list_costs_the_same_when_it_grows",
    "inspections:correspondence": "inspections/test_correspondence.py::test_the_list_is_paged_and_costs_the_same_when_it_grows",
    "inspections:readings": "house/test_lists.py::test_a_list_costs_the_same_when_it_grows",
    "inspections:timetable-versions": "inspections/test_replanning.py::"
    "test_the_page_of_versions_asks_the_same_of_one_and_of_ten",
    "inspections:team": "house/test_lists.py::test_a_list_costs_the_same_when_it_grows",
    "retention:keeping": "retention/test_pages.py::test_keeping_asks_the_same_for_one_and_for_three",
    "retention:disposal-list": "retention/test_pages.py::test_a_list_asks_the_same_for_one_thing_and_for_three",
    "workspace:home": "workspace/test_home.py::test_home_of_the_team_costs_the_same_however_many_inspections",
    "workspace:programme": "workspace/test_home.py::test_programme_costs_the_same_however_many_inspections",
    "workspace:board": "workspace/test_board.py::test_board_costs_the_same_however_many_inspections",
    "workspace:overview": "workspace/test_home.py::test_overview_costs",
}
# Pages with a list that is not proved at two sizes: why.
EXCEPTIONS = {
    "reports:published-reports": "A second published inspection takes the whole story once more; its one query joins all it shows.",
}
COUNTERS = ("assert_num_queries", "CaptureQueriesContext", "_count")


def _pages_with_a_list() -> set[str]:
    return {
        address.name
        for address in addresses.named().values()
        if address.is_ours and "paginate(" in inspect.getsource(inspect.unwrap(address.view))
    }


def test_every_page_with_a_list_is_proved() -> None:
    assert _pages_with_a_list() <= set(PROVED) | set(EXCEPTIONS)
    assert not set(PROVED) & set(EXCEPTIONS)


@pytest.mark.parametrize("listing", PROVED)
def test_the_test_that_proves_a_page_is_there_and_counts(listing: str) -> None:
    assert listing in addresses.named()
    file, _, name = PROVED[listing].partition("::")
    found = [function for function in functions(ROOT / "tests" / file) if function.name == name]
    assert found, f"{PROVED[listing]} is not there."
    assert any(counter in ast.unparse(found[0]) for counter in COUNTERS)


def _people_invited(world: World, many: int, start: int) -> None:
    for number in range(start, start + many):
        invite_person(
            world.inspection,
            email=f"somebody{number}@glenmarrow.example",
            name=f"Somebody {number}",
            designation="Practitioner",
            agency=world.people["coordinator"].agency,
            role="contributor",
            until=None,
            by=world.people["coordinator"],
            at=world.now,
        )


def _weeks_brought_in(world: World, many: int, start: int) -> None:
    monday = world.area.school_holiday_weeks.order_by("monday").last().monday
    weeks = [
        HolidayWeek(world.area.code, monday + timedelta(weeks=start + number), "Further", "")
        for number in range(1, many + 1)
    ]
    import_school_holidays(
        world.area, weeks=weeks, source="a test", by=world.people["programme_manager"], at=world.now
    )


def _letters_read(world: World, many: int, start: int) -> None:
    readers = list(world.people.values())[start : start + many]
    for person in readers:
        read_letters(world.inspection, by=person, at=world.now)


GROWING: dict[str, tuple[str, Callable[[World, int, int], None]]] = {
    "inspections:area": ("programme_manager", _weeks_brought_in),
    "inspections:log": ("lead", _people_invited),
    "inspections:readings": ("lead", _letters_read),
    "inspections:team": ("lead", _people_invited),
}


def _count(client: StrictClient, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.at_week(3)
@pytest.mark.parametrize("listing", GROWING)
def test_a_list_costs_the_same_when_it_grows(
    world: World, client: StrictClient, listing: str
) -> None:
    person, grow = GROWING[listing]
    part: dict[str, Any] = (
        {"code": world.area.code}
        if listing == "inspections:area"
        else {"reference": world.inspection.reference}
    )
    url = reverse(listing, kwargs=part)
    client.as_(world.people[person])
    grow(world, 1, 0)
    client.get(url)  # what a process remembers is remembered from here on

    costs = _count(client, url)
    grow(world, 2, 1)

    assert _count(client, url) == costs
