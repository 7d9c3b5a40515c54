"""Who a team is made of (R3): one table, asked by gates, page and desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.enums import AgencyKind
from accounts.roles import Role
from inspections import gates, rules
from inspections.actions.team import end_team_member
from inspections.enums import InspectionState
from inspections.models import Inspection, Membership
from inspections.rules.composition import COMPOSITION, NOTIFICATION, PHASE_TWO, Part, missing
from tests.client import StrictClient
from tests.inspections.places import another_inspection
from workspace.example.world import World

CI = AgencyKind.CARE_INSPECTORATE
WHOLE: list[Part] = [
    (Role.INSPECTION_LEAD, CI),
    (Role.SUPPORT_OFFICER, CI),
    (Role.DEPUTE, CI),
    (Role.PARTICIPATION_LEAD, CI),
    (Role.YOUNG_INSPECTION_VOLUNTEER, CI),
    (Role.PARTNER_INSPECTOR, AgencyKind.HEALTHCARE_IMPROVEMENT_SCOTLAND),
    (Role.PARTNER_INSPECTOR, AgencyKind.EDUCATION_SCOTLAND),
    (Role.PARTNER_INSPECTOR, AgencyKind.HMICS),
]
BEFORE_LETTER = "before the partnership is notified. Name one."
BEFORE_SITE = "before phase two begins. Name one."


@pytest.mark.parametrize(
    ("gone", "at", "sentence"),
    [
        (0, NOTIFICATION, f"The team needs an inspection lead {BEFORE_LETTER}"),
        (1, NOTIFICATION, f"The team needs a strategic support officer {BEFORE_LETTER}"),
        (2, PHASE_TWO, f"The team needs a depute inspection lead {BEFORE_SITE}"),
        (3, PHASE_TWO, f"The team needs a participation lead {BEFORE_SITE}"),
        (4, PHASE_TWO, f"The team needs a young inspection volunteer {BEFORE_SITE}"),
        (
            5,
            PHASE_TWO,
            f"The team needs somebody from Healthcare Improvement Scotland {BEFORE_SITE}",
        ),
        (6, PHASE_TWO, f"The team needs somebody from Education Scotland {BEFORE_SITE}"),
        (
            7,
            PHASE_TWO,
            f"The team needs somebody from HM Inspectorate of Constabulary in Scotland {BEFORE_SITE}",
        ),
    ],
)
def test_each_need_is_asked_at_its_own_gate_and_no_other(
    gone: int, at: InspectionState, sentence: str
) -> None:
    parts = [part for place, part in enumerate(WHOLE) if place != gone]
    lacking = missing(parts, at=at)
    assert [need.verdict(parts).sentence for need in lacking] == [sentence]
    assert lacking[0].verdict(parts).source == "R3"
    other = PHASE_TWO if at == NOTIFICATION else NOTIFICATION
    assert missing(parts, at=other) == []


def test_a_whole_team_needs_nobody() -> None:
    assert all(need.verdict(WHOLE) for need in COMPOSITION)


@pytest.mark.parametrize(
    ("role", "many"),
    [
        (Role.INSPECTION_LEAD, False),
        (Role.SUPPORT_OFFICER, False),
        (Role.DEPUTE, False),
        (Role.PARTICIPATION_LEAD, False),
        (Role.YOUNG_INSPECTION_VOLUNTEER, True),
    ],
)
def test_there_is_exactly_one_of_the_single_roles(role: Role, many: bool) -> None:
    need = next(need for need in COMPOSITION if need.is_of == role)
    verdict = need.verdict([*WHOLE, (role, CI)])
    assert bool(verdict) is many
    assert verdict.sentence == (
        ""
        if many
        else f"The team has two people as {role.label.lower()}; there is exactly one. End the others' part."
    )


def test_an_agency_counts_by_whoever_of_it_is_on_the_team() -> None:
    parts = [(Role.ASSOCIATE_ASSESSOR, AgencyKind.HMICS), (Role.CHIEF_OFFICER, AgencyKind.POLICE)]
    held = [need.is_of for need in COMPOSITION if need.count(parts)]
    assert held == [AgencyKind.HMICS]


def ended(world: World, *keys: str) -> None:
    for held in Membership.objects.filter(person__in=[world.people[key] for key in keys]):
        end_team_member(held, by=world.people["programme_manager"], at=world.now)


def lines(inspection: Inspection) -> dict[str, str]:
    return {line.title: line.state for line in rules.checklist(inspection) if not line.met}


@pytest.mark.at_week(0)
def test_before_notification_the_rest_of_the_team_is_advised(world: World) -> None:
    ended(world, "depute", "police_inspector")
    assert lines(world.inspection) == {
        "Depute inspection lead": "Advised now",
        "Somebody from HM Inspectorate of Constabulary in Scotland": "Advised now",
    }
    found = {one.condition.key: one for one in gates.findings(world.inspection)}
    assert found["lead-and-support"].met
    assert not found["team"].met
    assert not found["team"].holds


@pytest.mark.at_week(0)
def test_before_notification_its_lead_and_its_support_officer_hold_the_gate(world: World) -> None:
    found = lines(another_inspection(world, 2))
    assert found["Strategic support officer"] == "Holds the gate"
    assert "Inspection lead" not in found


@pytest.mark.at_week(3)
def test_before_phase_two_the_whole_team_holds_the_gate(world: World) -> None:
    ended(world, "volunteer")
    assert lines(world.inspection) == {"Young inspection volunteer": "Holds the gate"}
    held = {one.condition.key: one.verdict.sentence for one in gates.holding(world.inspection)}
    assert held["team"] == "The team still needs a young inspection volunteer."


@pytest.mark.at_week(14)
def test_after_the_gate_what_is_gone_is_missing(world: World) -> None:
    ended(world, "depute")
    assert lines(world.inspection) == {"Depute inspection lead": "Missing"}


@pytest.mark.at_week(3)
@pytest.mark.parametrize(
    ("key", "sees"),
    [
        ("programme_manager", True),
        ("lead", True),
        ("inspector", True),
        ("volunteer", False),
        ("coordinator", False),
    ],
)
def test_the_page_of_the_team_says_what_it_still_needs(
    world: World, client: StrictClient, key: str, sees: bool
) -> None:
    url = reverse("inspections:team", args=[world.inspection.reference])
    client.as_(world.people[key])
    assert ("Nobody: lead, support officer" in client.get(url).content.decode()) is sees
    ended(world, "depute")
    page = client.get(url).content.decode()
    assert ("The team needs a depute inspection lead before phase two begins." in page) is sees
