"""People who would be in two places, or away: said before the deed, on the page of the team, and on the lead's home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from inspections import rules
from inspections.models import Inspection, Leave, Membership
from inspections.queries.diary import Diary, Part, Stay
from inspections.rules.clashes import OfTeam, clashes
from tests.client import StrictClient
from tests.inspections.beside import away, otherglen
from tests.inspections.places import invented_area
from tests.workspace.test_work import titles
from workspace.example.world import World, method

TODAY = date(2025, 9, 1)
WEEK = [date(2025, 11, 24) + timedelta(days=n) for n in range(5)]
NEXT = [day + timedelta(weeks=1) for day in WEEK]
EWAN = User(pk=1, name="Ewan Sleat")


def stay(pk: int, days: list[date], *, until: date = date(2026, 5, 1)) -> Stay:
    return Stay(pk, f"JI-2025-00{pk}", f"Place {pk}", tuple(days), TODAY, until, {})


def diary(*others: tuple[Stay, Role], away: tuple[date, date] | None = None) -> Diary:
    leave = [Leave(person=EWAN, starts_on=away[0], ends_on=away[1])] if away else []
    return Diary({1: [Part(other, role, None) for other, role in others]}, {1: leave})


INSPECTOR, OFFICER, VOLUNTEER = (
    Role.STRATEGIC_INSPECTOR,
    Role.SUPPORT_OFFICER,
    Role.YOUNG_INSPECTION_VOLUNTEER,
)
AT_ONCE = "Ewan Sleat works on three inspections at once: this one and "


@pytest.mark.parametrize(
    ("role", "known", "sentences"),
    [
        pytest.param(INSPECTOR, diary(), [], id="nothing known"),
        pytest.param(INSPECTOR, diary((stay(2, NEXT), INSPECTOR)), [], id="another week"),
        pytest.param(
            INSPECTOR,
            diary((stay(2, WEEK), INSPECTOR)),
            ["Ewan Sleat is on site in Place 2 (JI-2025-002) on 24 to 28 November 2025."],
            id="the same week",
        ),
        pytest.param(
            INSPECTOR,
            diary((stay(2, [WEEK[4], *NEXT]), INSPECTOR)),
            ["Ewan Sleat is on site in Place 2 (JI-2025-002) on 28 November 2025."],
            id="a day of the same week",
        ),
        pytest.param(INSPECTOR, diary((stay(2, WEEK), OFFICER)), [], id="at the desk there"),
        pytest.param(OFFICER, diary((stay(2, WEEK), INSPECTOR)), [], id="at the desk here"),
        pytest.param(
            INSPECTOR,
            diary(away=(date(2025, 11, 20), WEEK[1])),
            ["Ewan Sleat is away on 24 to 25 November 2025."],
            id="away",
        ),
        pytest.param(OFFICER, diary(away=(WEEK[0], WEEK[1])), [], id="away, and at the desk"),
        pytest.param(INSPECTOR, diary(away=(NEXT[0], NEXT[1])), [], id="away another week"),
        pytest.param(
            INSPECTOR, diary((stay(1, WEEK), INSPECTOR)), [], id="the same inspection twice"
        ),
        pytest.param(
            INSPECTOR,
            diary((stay(2, []), INSPECTOR), (stay(3, []), INSPECTOR)),
            [
                f"{AT_ONCE}Place 2 (JI-2025-002) and Place 3 (JI-2025-003). "
                "More than two is too many for a strategic inspector."
            ],
            id="three at once",
        ),
        pytest.param(
            INSPECTOR,
            diary(
                (stay(2, []), INSPECTOR), (stay(3, [], until=TODAY - timedelta(days=1)), INSPECTOR)
            ),
            [],
            id="one of three is over before",
        ),
        pytest.param(
            OFFICER,
            diary((stay(2, []), OFFICER), (stay(3, []), OFFICER)),
            [],
            id="three at once at the desk",
        ),
        pytest.param(
            VOLUNTEER,
            diary((stay(2, []), VOLUNTEER)),
            [
                "Ewan Sleat works on two inspections at once: this one and Place 2 (JI-2025-002). "
                "More than one is too many for a young inspection volunteer."
            ],
            id="two at once as a volunteer",
        ),
    ],
)
def test_what_clashes(role: Role, known: Diary, sentences: list[str]) -> None:
    found = clashes(stay(1, WEEK), [OfTeam(EWAN, role)], known, since=TODAY)
    assert [one.sentence for one in found] == sentences


def test_what_is_over_does_not_clash_any_more() -> None:
    known = diary((stay(2, WEEK), INSPECTOR), away=(WEEK[0], WEEK[4]))
    after = clashes(stay(1, WEEK), [OfTeam(EWAN, INSPECTOR)], known, since=NEXT[0])
    assert after == []


def test_a_part_that_ends_before_the_days_does_not_clash() -> None:
    team = [OfTeam(EWAN, INSPECTOR, date(2025, 11, 1))]
    assert clashes(stay(1, WEEK), team, diary((stay(2, WEEK), INSPECTOR)), since=TODAY) == []


# ---------- With real deeds: Otherglen's first week on site is Glenmarrow's ----------


def page(inspection: Inspection, name: str, *args: object) -> str:
    return reverse(f"inspections:{name}", args=[inspection.reference, *args])


def there(other: Inspection) -> str:
    return f"Ewan Sleat is on site in Otherglen 2 ({other.reference}) on 24 to 28 November 2025."


@pytest.mark.at_week(0)
def test_name_team_member_warns_once_and_goes_on_by_a_second_press(
    world: World, client: StrictClient
) -> None:
    other = otherglen(world)
    glenmarrow = world.inspection.reference  # where Ewan Sleat is already
    client.as_(world.people["programme_manager"])
    typed = {
        "chosen_because": "rotation",
        "chosen_words": "Six years since the last inspection.",
        "person": world.people["inspector"].pk,
        "role": "strategic_inspector",
        "until": "",
    }
    warned = client.post(page(other, "name-team-member"), typed)
    shown = warned.content.decode()
    assert f"Ewan Sleat is on site in Glenmarrow ({glenmarrow}) on 24 to 28 November 2025." in shown
    assert "Name this person all the same" in shown
    assert not Membership.objects.filter(inspection=other).exists()

    seen = warned.context["form"].data["seen"]
    another = {"person": world.people["health_inspector"].pk, "role": "partner_inspector"}
    again = client.post(page(other, "name-team-member"), typed | another | {"seen": seen})
    assert "Fiona Kell is on site in Glenmarrow" in again.content.decode()
    assert not Membership.objects.filter(inspection=other).exists()

    done = client.post(page(other, "name-team-member"), typed | {"seen": seen}, follow=True)
    assert "Ewan Sleat is strategic inspector now." in done.content.decode()


@pytest.mark.at_week(0)
def test_name_team_member_says_a_refusal_before_a_warning(
    world: World, client: StrictClient
) -> None:
    away(world, "other_lead", WEEK[0], WEEK[4])
    client.as_(world.people["lead"])
    typed = {"person": world.people["other_lead"].pk, "role": "depute", "until": ""}
    shown = client.post(page(world.inspection, "name-team-member"), typed).content.decode()
    assert "is depute inspection lead already" in shown
    assert "is away on" not in shown


@pytest.mark.at_week(0)
def test_plan_inspection_warns_of_who_else_is_on_site(world: World, client: StrictClient) -> None:
    area = invented_area(2)
    client.as_(world.people["programme_manager"])
    typed = {
        "chosen_because": "rotation",
        "chosen_words": "Six years since the last inspection.",
        "area": area.pk,
        "planned_for": "8 September 2025",
        "method": method().pk,
        "requested_on": "",
        "timetable_approved_on": "",
    }
    url = reverse("inspections:plan-inspection")
    warned = client.post(url, typed)
    assert (
        f"Glenmarrow ({world.inspection.reference}) is on site in the same weeks, "
        "on 24 to 28 November 2025." in warned.content.decode()
    )
    assert not area.inspections.exists()
    client.post(url, typed | {"seen": warned.context["form"].data["seen"]})
    assert area.inspections.count() == 1


@pytest.mark.at_week(0)
def test_change_plan_warns_of_its_team(world: World, client: StrictClient) -> None:
    away(world, "inspector", date(2025, 12, 1), date(2025, 12, 5))
    client.as_(world.people["programme_manager"])
    typed = {
        "chosen_because": "rotation",
        "chosen_words": "Six years since the last inspection.",
        "planned_for": "8 September 2025",
        "requested_on": f"{world.inspection.requested_on:%-d %B %Y}",
        "timetable_approved_on": f"{world.inspection.timetable_approved_on:%-d %B %Y}",
        "based_on": world.inspection.plan_version,
    }
    warned = client.post(page(world.inspection, "change-plan"), typed)
    assert "Ewan Sleat is away on 2 to 5 December 2025." in warned.content.decode()
    world.inspection.refresh_from_db()
    assert world.inspection.planned_for == date(2025, 9, 1)
    seen = {"seen": warned.context["form"].data["seen"]}
    client.post(page(world.inspection, "change-plan"), typed | seen)
    world.inspection.refresh_from_db()
    assert world.inspection.planned_for == date(2025, 9, 8)


@pytest.mark.at_week(1)
def test_move_step_says_who_could_not_be_there(world: World, client: StrictClient) -> None:
    other = otherglen(world, who=("inspector",))
    away(world, "associate", date(2025, 12, 2), date(2025, 12, 3))
    client.as_(world.people["lead"])
    steps = {step.key: step for step in world.inspection.steps.all()}

    def asked(key: str, first: str, last: str) -> str:
        url = page(world.inspection, "move-step", key)
        typed = {"starts_on": first, "ends_on": last, "reason": "snow"}
        return client.post(url, typed).content.decode()

    stands = steps["fieldwork_children"]
    shown = asked("fieldwork_children", "2 December 2025", "3 December 2025")
    assert stands.starts_on == WEEK[3]
    assert "Neil Orrin is away on 2 to 3 December 2025." in shown
    assert "Ewan Sleat is on site" not in shown
    shown = asked("records_reading", "25 November 2025", "26 November 2025")
    assert (
        "Who could not be there" not in shown
    )  # three days do not fit: refused, before any warning
    assert other.reference not in shown
    away(world, "lead", date(2025, 11, 13), date(2025, 11, 13))
    meeting = next(step for step in steps.values() if step.kind == "meeting" and step.week == 11)
    shown = asked(meeting.key, "13 November 2025", "13 November 2025")
    assert "Isla Dunmore is away on 13 November 2025." in shown


@pytest.mark.at_week(0)
def test_the_page_of_the_team_marks_what_clashes_for_those_who_plan_it(
    world: World, client: StrictClient
) -> None:
    other = otherglen(world, who=("inspector",))
    away(world, "associate", WEEK[0], WEEK[1])
    for key, sees in (("lead", True), ("support_officer", True), ("inspector", False)):
        shown = client.as_(world.people[key]).get(page(world.inspection, "team")).content.decode()
        assert (there(other) in shown) is sees
        assert ("Neil Orrin is away on 24 to 25 November 2025." in shown) is sees
        assert (shown.count(">Clash<") == 2) is sees
        assert "Secret" not in shown


@pytest.mark.at_week(0)
def test_of_another_inspection_nothing_more_is_said(world: World, client: StrictClient) -> None:
    """R53: area, reference and dates."""
    other = otherglen(world, who=("inspector", "other_lead"))
    shown = client.as_(world.people["lead"]).get(page(world.inspection, "team")).content.decode()
    assert other.reference in shown
    assert page(other, "team") not in shown
    assert "Ross Tummel" not in shown


@pytest.mark.at_week(0)
def test_the_leads_home_names_a_clash(world: World, client: StrictClient) -> None:
    words = "The team for Glenmarrow clashes with other plans"
    assert words not in titles(client, world, "lead")
    otherglen(world, who=("inspector",))
    assert words in titles(client, world, "lead")
    assert words not in titles(client, world, "inspector")


@pytest.mark.at_week(0)
def test_record_leave_says_at_once_what_it_falls_on(world: World, client: StrictClient) -> None:
    client.as_(world.people["inspector"])
    url = reverse("inspections:record-leave", args=[world.people["inspector"].pk])
    shown = client.post(url, {"starts_on": "26 November 2025"}, follow=True).content.decode()
    assert f"Glenmarrow ({world.inspection.reference}) is on site on 26 November 2025." in shown


CLASH_QUERIES = 7  # the inspections, who may clash, their parts, the drafts (steps, phases, holidays), days away


@pytest.mark.at_week(0)
def test_clashes_of_teams_ask_the_same_of_one_and_of_three(
    world: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    away(world, "inspector", WEEK[0], WEEK[0])
    every = Inspection.objects.select_related("area", "method")
    with django_assert_num_queries(CLASH_QUERIES):
        assert len(rules.clashes_of_teams(list(every.all()), on=TODAY)) == 1
    otherglen(world, 2, who=("inspector",))
    otherglen(world, 3, who=("associate", "inspector"))
    with django_assert_num_queries(CLASH_QUERIES):
        found = rules.clashes_of_teams(list(every.all()), on=TODAY)
    assert len(found) == 3
    assert all(found.values())


@pytest.mark.at_week(0)
def test_where_nobody_is_away_or_elsewhere_one_question_is_enough(
    world: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    every = list(Inspection.objects.select_related("area", "method"))
    with django_assert_num_queries(1):
        assert rules.clashes_of_teams(every, on=TODAY) == {}
