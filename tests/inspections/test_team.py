"""Naming somebody to the team, and ending somebody's part."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import system_user
from accounts.roles import Capability, Role
from core.verdicts import Refused
from inspections import permissions, rules
from inspections.actions.team import end_team_member, name_team_member
from inspections.models import Inspection, Membership
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.declared import declares
from tests.inspections.record import undone
from workspace.example.world import World

YESTERDAY = date(2025, 8, 28)
TODAY = date(2025, 8, 29)


def name(world: World, key: str, role: Role, *, until: date | None = None) -> Membership:
    """The programme manager names, now."""
    return name_team_member(
        world.inspection,
        person=world.people[key],
        role=role,
        until=until,
        by=world.people["programme_manager"],
        at=world.now,
    )


def held(world: World, key: str) -> Membership:
    return Membership.objects.select_related("inspection", "person").get(
        person=world.people[key], ended_at__isnull=True
    )


def url(world: World, page: str, *args: Any) -> str:
    return reverse(f"inspections:{page}", args=[world.inspection.reference, *args])


# ---------- Naming ----------


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("key", "role", "sentence"),
    [
        ("other_lead", Role.STRATEGIC_INSPECTOR, ""),
        (
            "other_lead",
            Role.INSPECTION_LEAD,
            "Isla Dunmore is inspection lead already. End that first.",
        ),
        ("lead", Role.STRATEGIC_INSPECTOR, ""),
        ("inspector", Role.STRATEGIC_INSPECTOR, "Ewan Sleat is strategic inspector here already."),
        ("other_lead", Role.CONTRIBUTOR, "The partnership's own people join by invitation."),
        (
            "other_coordinator",
            Role.STRATEGIC_INSPECTOR,
            "Peigi Uist does not belong to one of the four inspectorates.",
        ),
        (
            "health_inspector",
            Role.STRATEGIC_INSPECTOR,
            "The strategic inspector comes from the Care Inspectorate.",
        ),
        (
            "other_lead",
            Role.PARTNER_INSPECTOR,
            "An inspector of a scrutiny partner comes from HIS, Education Scotland or HMICS.",
        ),
    ],
)
def test_may_name_team_member(world: World, key: str, role: Role, sentence: str) -> None:
    verdict = rules.may_name_team_member(world.inspection, role=role, person=world.people[key])
    assert verdict.sentence == sentence


@pytest.mark.at_week(0)
def test_may_name_team_member_not_once_closed(world: World) -> None:
    Inspection.objects.update(state="closed", notified_on=TODAY)
    verdict = rules.may_name_team_member(
        Inspection.objects.get(), role=Role.DEPUTE, person=world.people["other_lead"]
    )
    assert verdict.sentence == "This inspection is closed; its team does not change any more."


@pytest.mark.at_week(3)
def test_may_name_team_member_nobody_is_on_both_sides(world: World) -> None:
    verdict = rules.may_hold_role(
        world.inspection, role=Role.ASSOCIATE_ASSESSOR, person=world.people["coordinator"]
    )
    assert verdict.sentence == (
        "Morag Finlas works for the other side of this inspection. Nobody can be on both."
    )
    assert verdict.source == ""


@pytest.mark.at_week(0)
def test_can_name_team_member(world: World) -> None:
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_name_team_member(person, world.inspection)
    }
    assert allowed == {"programme_manager", "lead", "support_officer"}


@pytest.mark.at_week(0)
def test_name_team_member(world: World) -> None:
    before = record.count()
    membership = name(world, "other_lead", Role.STRATEGIC_INSPECTOR, until=TODAY)
    assert (membership.named_by, membership.named_at) == (
        world.people["programme_manager"],
        world.now,
    )
    assert not Inspection.objects.visible_to(world.people["other_lead"]).exists()
    assert record.count() == before + 1
    assert record.last_sentence() == "Una Breck named Ross Tummel as strategic inspector."
    declares(world, "other_lead")
    assert Inspection.objects.visible_to(world.people["other_lead"]).count() == 1


@pytest.mark.at_week(0)
def test_name_team_member_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count(), Membership.objects.count()
    undone(lambda: name(world, "other_lead", Role.STRATEGIC_INSPECTOR))
    with pytest.raises(Refused, match="End that first"):
        name(world, "other_lead", Role.DEPUTE)
    with pytest.raises(Refused, match="28 August 2025 has gone by"):
        name(world, "other_lead", Role.STRATEGIC_INSPECTOR, until=YESTERDAY)
    assert (record.count(), Membership.objects.count()) == before


@pytest.mark.at_week(0)
def test_name_team_member_follows_one_whose_last_day_has_gone_by(world: World) -> None:
    Membership.objects.filter(role=Role.DEPUTE).update(until=YESTERDAY)
    name(world, "other_lead", Role.DEPUTE)

    lapsed = Membership.objects.get(person=world.people["depute"])
    assert lapsed.ended_by == system_user()
    assert timezone.localtime(lapsed.ended_at).isoformat() == "2025-08-29T00:00:00+01:00"
    assert held(world, "other_lead").role == Role.DEPUTE


@pytest.mark.at_week(0)
def test_name_team_member_names_the_same_person_again_after_their_last_day(world: World) -> None:
    Membership.objects.filter(person=world.people["inspector"]).update(until=YESTERDAY)
    name(world, "inspector", Role.STRATEGIC_INSPECTOR)
    assert Membership.objects.filter(person=world.people["inspector"]).count() == 2


@pytest.mark.at_week(0)
def test_membership_single_roles_are_held_once_whatever_the_code_does(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            inspection=world.inspection,
            person=world.people["other_lead"],
            role=Role.DEPUTE,
            named_at=world.now,
            named_by=world.people["lead"],
        )


@pytest.mark.at_week(0)
def test_name_team_member_page(world: World, client: StrictClient) -> None:
    client.as_(world.people["support_officer"])
    page = client.get(url(world, "name-team-member") + "?role=strategic_inspector")
    assert "Ross Tummel, Care Inspectorate" in page.content.decode()
    assert "Peigi Uist" not in page.content.decode()
    typed = {"person": world.people["other_lead"].pk, "role": "strategic_inspector", "until": ""}
    for sentence in (
        "Ross Tummel is strategic inspector now.",
        "Ross Tummel is strategic inspector here already.",
    ):
        response = client.post(url(world, "name-team-member"), typed, follow=True)
        assert response.redirect_chain == [(url(world, "team"), 302)]
        assert sentence in response.content.decode()
    assert Membership.objects.filter(person=world.people["other_lead"]).count() == 1


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role": "depute"}, "Hamish Torrin is depute inspection lead already. End that first."),
        ({"person": ""}, "Choose the person."),
        ({"role": "contributor"}, "Select a valid choice"),
        ({"until": "28 August 2025"}, "28 August 2025 has gone by."),
        ({"until": "soon"}, "Write the date as day, month and year"),
    ],
)
def test_name_team_member_with_a_bad_form(
    world: World, client: StrictClient, changes: dict[str, Any], sentence: str
) -> None:
    typed = {"person": world.people["other_lead"].pk, "role": "strategic_inspector", "until": ""}
    client.as_(world.people["lead"])
    response = client.post(url(world, "name-team-member"), {**typed, **changes})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Membership.objects.filter(person=world.people["other_lead"]).exists()


@pytest.mark.at_week(0)
@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("other_lead", 404)])
def test_name_team_member_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    response = client.as_(world.people[key]).get(url(world, "name-team-member"))
    assert response.status_code == status
    if status == 403:
        assert (
            "the inspection lead or the support officer names the team" in response.content.decode()
        )


# ---------- Ending ----------


@pytest.mark.at_week(0)
def test_can_end_team_member(world: World) -> None:
    membership = held(world, "inspector")
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_end_team_member(person, membership)
    }
    assert allowed == {"programme_manager", "lead", "support_officer"}


@pytest.mark.at_week(4)
@pytest.mark.parametrize(
    ("key", "refused"),
    [
        ("health_contributor", ""),
        ("chief_officer", Capability.END_TEAM_MEMBER.value),
        ("inspector", Capability.END_TEAM_MEMBER.value),
        ("coordinator", Capability.END_TEAM_MEMBER.value),
        ("participation_coordinator", Capability.END_TEAM_MEMBER.value),
    ],
)
def test_can_end_team_member_of_the_partnership_as_its_coordinator(
    world: World, client: StrictClient, key: str, refused: str
) -> None:
    """A contributor or a reader who leaves: nobody who holds an office, nor of the team."""
    part = held(world, key)
    verdict = permissions.can_end_team_member(world.people["coordinator"], part)
    assert verdict.sentence == refused
    page = client.as_(world.people["coordinator"]).get(url(world, "team")).content.decode()
    assert (url(world, "end-team-member", part.pk) in page) is not bool(refused)


@pytest.mark.at_week(4)
def test_end_team_member_never_ones_own_as_coordinator(world: World) -> None:
    """Not where the co-ordinator, or who stands in for them, is a contributor besides."""
    part = held(world, "health_contributor")
    verdict = rules.is_ended_by_the_partnership(part, by=world.people["health_contributor"])
    assert verdict.sentence == (
        "Somebody else ends your part. Ask the support officer of this inspection."
    )


@pytest.mark.at_week(0)
def test_end_team_member(world: World) -> None:
    before = record.count()
    membership = end_team_member(held(world, "inspector"), by=world.people["lead"], at=world.now)
    assert (membership.ended_by, membership.ended_at) == (world.people["lead"], world.now)
    assert not Inspection.objects.visible_to(world.people["inspector"]).exists()
    assert permissions.roles_of(world.people["inspector"], world.inspection) == frozenset()
    assert record.count() == before + 1
    assert record.last_sentence() == "Isla Dunmore ended Ewan Sleat's part as strategic inspector."
    with pytest.raises(Refused, match="has already ended"):
        end_team_member(membership, by=world.people["lead"], at=world.now)
    assert record.count() == before + 1


@pytest.mark.at_week(0)
def test_end_team_member_page(world: World, client: StrictClient) -> None:
    membership = held(world, "inspector")
    client.as_(world.people["lead"])
    address = url(world, "end-team-member", membership.pk)
    assert "End Ewan Sleat&#x27;s part?" in client.get(address).content.decode()
    assert "is no longer strategic inspector" in client.post(address, follow=True).content.decode()
    again = client.post(address, follow=True)
    assert again.status_code == 200
    assert "has already ended" in again.content.decode()


@pytest.mark.at_week(0)
def test_end_team_member_of_oneself_leads_home(world: World, client: StrictClient) -> None:
    address = url(world, "end-team-member", held(world, "support_officer").pk)
    response = client.as_(world.people["support_officer"]).post(address, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert response.status_code == 200


@pytest.mark.at_week(0)
@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("other_lead", 404)])
def test_end_team_member_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    address = url(world, "end-team-member", held(world, "depute").pk)
    assert client.as_(world.people[key]).post(address).status_code == status
    assert held(world, "depute").ended_at is None


# ---------- Who sees the inspection ----------


@pytest.mark.at_week(3)
def test_visible_to(world: World) -> None:
    seeing = {
        key
        for key, person in world.people.items()
        if Inspection.objects.visible_to(person).exists()
    }
    assert set(world.people) - seeing == {"other_lead", "other_coordinator"}


@pytest.mark.at_week(0)
def test_visible_to_ends_after_the_last_day(world: World) -> None:
    person = world.people["inspector"]
    mine = Membership.objects.filter(person=person)
    for until, sees in ((TODAY, True), (YESTERDAY, False), (TODAY + timedelta(days=1), True)):
        mine.update(until=until)
        assert Inspection.objects.visible_to(person).exists() is sees
        assert bool(permissions.roles_of(person, world.inspection)) is sees


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["lead", "inspector"])
def test_team_page(world: World, client: StrictClient, key: str) -> None:
    page = client.as_(world.people[key]).get(url(world, "team")).content.decode()
    assert "Isla Dunmore" in page
    assert ("Name somebody to the team" in page) is (key == "lead")


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["programme_manager", "service_manager", "panel_chair"])
def test_name_team_member_lets_nobody_in_who_holds_an_office(world: World, key: str) -> None:
    before = record.count()
    with pytest.raises(Refused) as refusal:
        name(world, key, Role.STRATEGIC_INSPECTOR)
    assert "Who holds an office of the programme works on no inspection" in str(refusal.value)
    assert record.count() == before


def test_the_inspection_lead_has_no_last_day(world: World) -> None:
    """The day after it, nobody would hold the inspection, and a concern would wait for nobody."""
    lead = Membership.objects.get(role=Role.INSPECTION_LEAD, inspection=world.inspection)
    verdict = rules.may_change_last_day(lead, until=TODAY, on=TODAY)
    assert not verdict
    assert "The inspection lead has no last day" in verdict.sentence
