"""Planning an inspection."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Event
from audit.narrate import narrate
from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.planning import plan_inspection
from inspections.enums import InspectionState
from inspections.models import Addressee, Area, Inspection
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.places import invented_area
from tests.inspections.record import undone
from workspace.example.world import World, method

MONDAY = date(2025, 9, 1)
URL = "/inspections/plan/"


def plan(world: World, area: Area, **changes: Any) -> Inspection:
    """The programme manager plans, now."""
    usual = {"planned_for": MONDAY, "requested_on": None, "timetable_approved_on": None}
    return plan_inspection(
        area,
        **{
            **usual,
            "method": method(),
            "by": world.people["programme_manager"],
            "at": world.now,
            **changes,
        },
    )


@pytest.mark.at_week(0)
def test_may_plan_inspection_of_an_area_that_has_none(world: World) -> None:
    assert rules.may_plan_inspection(invented_area(2))
    verdict = rules.may_plan_inspection(world.area)
    assert (verdict.sentence, verdict.source) == (
        f"Glenmarrow already has an inspection that is not yet published: {world.inspection.reference}.",
        "",
    )


@pytest.mark.at_week(0)
@pytest.mark.parametrize("state", ["published", "follow_up", "closed"])
def test_may_plan_inspection_again_once_the_last_is_published(world: World, state: str) -> None:
    Inspection.objects.update(state=state, notified_on=MONDAY)
    assert rules.may_plan_inspection(world.area)


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2025, 9, 1), ""),
        (
            date(2025, 9, 6),
            "Saturday 6 September 2025 is a weekend or a public holiday. Choose a working day.",
        ),
        (
            date(2025, 12, 25),
            "Thursday 25 December 2025 is in a school-holiday week of Glenmarrow, which takes no number. "
            "Choose a week that counts.",
        ),
        (
            date(2026, 5, 4),
            "Monday 4 May 2026 is a weekend or a public holiday. Choose a working day.",
        ),
    ],
)
def test_may_begin_on(world: World, day: date, sentence: str) -> None:
    assert rules.may_begin_on(world.area, day).sentence == sentence


TODAY = date(2025, 8, 29)  # the Friday of week 0


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TODAY, ""),
        (date(2025, 8, 28), "Thursday 28 August 2025 has gone by. Choose a date from today on."),
        (date(2031, 1, 6), "Monday 6 January 2031 is more than 5 years ahead. Check the year."),
        (
            date(2025, 9, 6),
            "Saturday 6 September 2025 is a weekend or a public holiday. Choose a working day.",
        ),
    ],
)
def test_may_plan_for(world: World, day: date, sentence: str) -> None:
    verdict = rules.may_plan_for(world.area, day, on=TODAY)
    assert (verdict.sentence, verdict.about) == (sentence, "planned_for")


@pytest.mark.parametrize(
    ("requested_on", "approved_on", "about"),
    [
        (None, None, ""),
        (TODAY, TODAY, ""),
        (date(2025, 8, 30), TODAY, "requested_on"),
        (TODAY, date(2030, 1, 1), "timetable_approved_on"),
    ],
)
def test_ministers_have_decided(
    requested_on: date | None, approved_on: date | None, about: str
) -> None:
    verdict = rules.ministers_have_decided(
        requested_on=requested_on, timetable_approved_on=approved_on, on=TODAY
    )
    assert verdict.about == about
    assert (verdict.source == "R1" and "is still to come." in verdict.sentence) == bool(about)


@pytest.mark.at_week(0)
def test_can_plan_inspection(world: World) -> None:
    allowed = {
        key for key, person in world.people.items() if permissions.can_plan_inspection(person)
    }
    assert allowed == {"programme_manager"}
    refusal = permissions.can_plan_inspection(world.people["lead"])
    assert refusal.sentence == "Only a programme manager plans an inspection."


@pytest.mark.at_week(0)
def test_plan_inspection(world: World) -> None:
    before = record.count()
    inspection = plan(world, invented_area(2), requested_on=date(2025, 5, 1))

    assert inspection.state == InspectionState.PLANNED
    assert (inspection.planned_by, inspection.planned_at) == (
        world.people["programme_manager"],
        world.now,
    )
    assert inspection.reference == "JI-2025-001"
    assert [addressee.is_blank for addressee in inspection.addressees.all()] == [True] * 5
    assert not inspection.steps.exists()
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Una Breck planned a joint inspection of Otherglen 2. Reason for choosing it: Not recorded."
    )


@pytest.mark.at_week(0)
def test_plan_inspection_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count(), Inspection.objects.count(), Addressee.objects.count()
    undone(lambda: plan(world, invented_area(2)))
    for area, day in ((world.area, MONDAY), (invented_area(2), date(2025, 9, 6))):
        with pytest.raises(Refused):
            plan(world, area, planned_for=day)
    assert (record.count(), Inspection.objects.count(), Addressee.objects.count()) == before
    assert plan(world, invented_area(2)).reference == "JI-2025-001"


def typed(where: Area, **changes: Any) -> dict[str, Any]:
    return {
        "area": where.pk,
        "planned_for": "1 September 2025",
        "method": method().pk,
        "requested_on": "",
        "timetable_approved_on": "",
        "chosen_because": "rotation",
        "chosen_words": "Six years since the last inspection.",
        **changes,
    }


@pytest.mark.at_week(0)
def test_plan_inspection_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    assert client.get(URL).status_code == 200
    response = client.post(URL, typed(invented_area(2)), follow=True)
    assert response.redirect_chain == [("/inspections/JI-2025-001/", 302)]
    assert "The inspection of Otherglen 2 is planned as JI-2025-001." in response.content.decode()


@pytest.mark.at_week(0)
def test_plan_inspection_twice_is_once(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    client.post(URL, typed(invented_area(2)))
    response = client.post(URL, typed(invented_area(2)), follow=True)
    assert response.redirect_chain == [("/inspections/JI-2025-001/", 302)]
    assert "already has an inspection" in response.content.decode()
    assert Inspection.objects.count() == 2


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"planned_for": "31 September 2025"}, "There is no 31 September"),
        ({"planned_for": "6 September 2025"}, "is a weekend or a public holiday"),
        ({"planned_for": "28 August 2025"}, "has gone by. Choose a date from today on."),
        ({"requested_on": "1 May 2030"}, "1 May 2030 is still to come."),
        ({"timetable_approved_on": "1 May 2030"}, "1 May 2030 is still to come."),
        ({"area": ""}, "Choose the area."),
        ({"chosen_because": ""}, "reason for choosing this area"),
        ({"chosen_words": ""}, "the reason in a sentence"),
        ({"area": "999999"}, "Select a valid choice"),
    ],
)
def test_plan_inspection_with_a_bad_form(
    world: World, client: StrictClient, changes: dict[str, Any], sentence: str
) -> None:
    client.as_(world.people["programme_manager"])
    response = client.post(URL, typed(invented_area(2), **changes))
    assert response.status_code == 200
    page = response.content.decode()
    assert sentence in page
    assert f'href="#id_{next(iter(changes))}"' in page
    assert Inspection.objects.count() == 1


@pytest.mark.at_week(0)
def test_plan_inspection_of_an_area_that_has_one_says_so_at_the_area(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    page = client.post(URL, typed(world.area, planned_for="2 September 2025")).content.decode()
    assert "Glenmarrow already has an inspection that is not yet published" in page
    assert 'href="#id_area"' in page


@pytest.mark.at_week(0)
def test_plan_inspection_page_gives_an_example_that_lies_ahead(
    world: World, client: StrictClient
) -> None:
    page = client.as_(world.people["programme_manager"]).get(URL).content.decode()
    assert "For example 17 November 2025." in page


@pytest.mark.at_week(0)
def test_plan_inspection_warns_where_no_school_holidays_are_known(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    area = invented_area(2)
    page = client.post(URL, typed(area), follow=True).content.decode()
    warning = "School holidays of Otherglen 2 are not known for October 2025, Christmas 2025 and Easter 2026."
    assert page.count(warning) == 1
    assert reverse("inspections:area", args=[area.code]) in page
    timetable = client.get(reverse("inspections:timetable", args=["JI-2025-001"])).content.decode()
    assert timetable.count(warning) == 1
    for page in ("inspections:timetable", "workspace:overview"):
        known = client.get(reverse(page, args=[world.inspection.reference])).content.decode()
        assert "are not known for" not in known


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["lead", "service_manager", "other_lead"])
def test_plan_inspection_page_refuses_with_the_reason(
    world: World, client: StrictClient, key: str
) -> None:
    response = client.as_(world.people[key]).post(URL, typed(invented_area(2)))
    assert response.status_code == 403
    assert "Only a programme manager plans an inspection." in response.content.decode()


@pytest.mark.at_week(0)
def test_plan_inspection_keeps_why_the_area_was_chosen(world: World, client: StrictClient) -> None:
    client.as_(world.people["programme_manager"])
    client.post(URL, typed(invented_area(2), chosen_because="ministers", chosen_words="Asked."))
    inspection = Inspection.objects.get(area__name="Otherglen 2")
    assert queries.why_chosen(inspection) == "Request of Ministers: Asked."
    page = client.get(inspection.get_absolute_url()).content.decode()
    assert "Request of Ministers: Asked." in page
    programme = reverse("workspace:programme")
    assert "Request of Ministers: Asked." in client.get(programme).content.decode()
    page = client.as_(world.people["lead"]).get(programme).content.decode()
    assert "Glenmarrow" in page
    assert "No joint inspection of this area" not in page
    event = Event.objects.get(
        name="inspections.inspection_planned", inspection_reference=inspection.reference
    )
    assert narrate(event).endswith("Reason for choosing it: Request of Ministers: Asked.")


@pytest.mark.at_week(0)
def test_plan_inspection_from_before_the_reason_was_asked_is_not_recorded(world: World) -> None:
    assert queries.why_chosen(plan(world, invented_area(2))) == "Not recorded"
