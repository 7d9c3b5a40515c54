"""Handing over an office, and who stands in for its holder."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Agency, User
from accounts.roles import GRANTS, Capability, Role
from core.models import Letter
from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.invitations import accept_invitation, withdraw_invitation
from inspections.actions.offices import end_stand_in, hand_over_office, name_stand_in
from inspections.actions.team import change_last_day, end_team_member, name_team_member
from inspections.models import Inspection, Invitation, Membership, StandIn
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.invited import NEW, PASSWORD, invite, url
from tests.inspections.places import another_inspection
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

pytestmark = pytest.mark.at_week(4)

LAST = date(2025, 10, 10)


def held(world: World, key: str) -> Membership:
    return Membership.objects.get(
        inspection=world.inspection, person=world.people[key], ended_at__isnull=True
    )


def hand_over(world: World, key: str, to: str, *, by: str = "lead") -> Membership:
    return hand_over_office(
        held(world, key), to=world.people[to], by=world.people[by], at=world.now
    )


def stand_in_for(world: World, key: str, person: str, **changes: Any) -> StandIn:
    usual = {
        "person": world.people[person],
        "starts_on": world.now.date(),
        "until": LAST,
        "by": world.people["coordinator"],
        "at": world.now,
    }
    return name_stand_in(held(world, key), **{**usual, **changes})


def allowed(world: World, may: Any) -> set[str]:
    return {key for key, person in world.people.items() if may(person)}


# ---------- Handing over ----------


def test_hand_over_office(world: World) -> None:
    before = record.count()
    old = held(world, "coordinator")
    new = hand_over(world, "coordinator", "chief_officer", by="coordinator")
    old.refresh_from_db()
    assert (old.ended_at, new.named_at, new.role) == (world.now, world.now, old.role)
    assert not Inspection.objects.visible_to(world.people["coordinator"]).exists()
    assert Role.INSPECTION_COORDINATOR in permissions.roles_of(
        world.people["chief_officer"], world.inspection
    )
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Morag Finlas handed over the office of inspection co-ordinator "
        "from Morag Finlas to Iain Strathy."
    )


def test_hand_over_office_takes_what_waits_along(world: World, client: StrictClient) -> None:
    """Who has the step, and what their home names, follows the office."""
    hand_over(world, "coordinator", "chief_officer")
    step = world.inspection.steps.get(key="pir_due")
    assert queries.owners_of(step) == [world.people["chief_officer"]]
    home = client.as_(world.people["chief_officer"]).get("/").content.decode()
    assert "Joint self-evaluation with linked evidence" in home


def test_hand_over_office_that_fails_leaves_nothing_behind(world: World) -> None:
    before = record.count(), Membership.objects.count()
    undone(lambda: hand_over(world, "coordinator", "chief_officer"))
    assert (record.count(), Membership.objects.count()) == before
    assert held(world, "coordinator")


@pytest.mark.parametrize(
    ("key", "to", "sentence"),
    [
        ("coordinator", "chief_officer", ""),
        ("lead", "other_lead", ""),
        ("coordinator", "coordinator", "Morag Finlas is inspection co-ordinator already."),
        (
            "coordinator",
            "other_coordinator",
            "Peigi Uist belongs to Otherglen Council, which is not of the partnership of Glenmarrow. "
            "Choose one of its agencies.",
        ),
        (
            "coordinator",
            "inspector",
            "Ewan Sleat belongs to an inspectorate. The partnership's people come from its own agencies.",
        ),
        ("lead", "health_inspector", "The inspection lead comes from the Care Inspectorate."),
        (
            "lead",
            "depute",
            "Hamish Torrin is depute inspection lead here: the team's single offices are held by different "
            "people. Hand that over, or end it, first.",
        ),
        (
            "inspector",
            "other_lead",
            "Strategic inspector is not an office. End this part, and name or invite somebody else.",
        ),
    ],
)
def test_may_hand_over_office(world: World, key: str, to: str, sentence: str) -> None:
    verdict = rules.may_hand_over_office(held(world, key), to=world.people[to], on=world.now.date())
    assert verdict.sentence == sentence


def test_can_hand_over_office(world: World) -> None:
    of_partnership, of_team = held(world, "concerns_lead"), held(world, "participation_lead")
    both = {"programme_manager", "lead", "support_officer"}
    assert allowed(
        world,
        lambda one: permissions.can_hand_over_office(one, of_partnership, on=world.now.date()),
    ) == (both | {"coordinator", "concerns_lead"})
    assert allowed(
        world, lambda one: permissions.can_hand_over_office(one, of_team, on=world.now.date())
    ) == (both | {"participation_lead"})


def test_the_last_lead_does_not_leave(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        end_team_member(held(world, "lead"), by=world.people["programme_manager"], at=world.now)
    assert str(refusal.value) == (
        "Isla Dunmore is the inspection lead, and without one nobody would hold the inspection. "
        "Hand the office over instead."
    )
    hand_over(world, "lead", "other_lead")
    assert held(world, "other_lead").role == Role.INSPECTION_LEAD


def test_name_team_member_never_gives_two_single_offices_to_one(world: World) -> None:
    end_team_member(held(world, "depute"), by=world.people["lead"], at=world.now)
    with pytest.raises(Refused, match="held by different people"):
        name_team_member(
            world.inspection,
            person=world.people["participation_lead"],
            role=Role.DEPUTE,
            until=None,
            by=world.people["lead"],
            at=world.now,
        )


def letters_about(template: str, after: Letter | None = None) -> dict[str, str]:
    """Who got such a letter, by the part of the address that is their name, and its words."""
    run_jobs()
    rows = Letter.objects.filter(template=f"inspections/{template}").order_by("pk")
    rows = rows.filter(pk__gt=after.pk) if after else rows
    return {
        one.to.partition("@")[0]: one.subject + " " + " ".join(one.body.split()) for one in rows
    }


def test_hand_over_office_of_the_partnership_writes_to_all_whose_business_it_is(
    world: World,
) -> None:
    stand_in_for(world, "participation_coordinator", "health_contributor")
    hand_over(world, "participation_coordinator", "chief_officer")
    told = letters_about("office_handed_over")
    emails = {key: world.people[key].email.partition("@")[0] for key in world.people}
    wanted = (
        "chief_officer",
        "participation_coordinator",
        "health_contributor",
        "support_officer",
        "coordinator",
    )
    assert set(told) == {emails[key] for key in wanted}
    new = told[emails["chief_officer"]]
    assert "you are participation co-ordinator" in new
    assert "Isla Dunmore handed an office over to you." in new
    assert f"Open it here: http://testserver{world.inspection.get_absolute_url()}" in new
    assert "in your place. What you did stays yours." in told[emails["participation_coordinator"]]
    stood_in = told[emails["health_contributor"]]
    assert (
        f"you no longer stand in for {world.people['participation_coordinator'].name}" in stood_in
    )
    assert "Iain Strathy is participation co-ordinator" in told[emails["coordinator"]]
    assert "Kirsty Nevis no longer stands in" in told[emails["coordinator"]]


def test_hand_over_office_does_not_write_to_whoever_did_it(world: World) -> None:
    hand_over(world, "coordinator", "chief_officer", by="coordinator")
    told = letters_about("office_handed_over")
    assert set(told) == {
        world.people[key].email.partition("@")[0] for key in ("chief_officer", "support_officer")
    }


def test_hand_over_office_of_the_team_writes_as_before_and_to_the_stand_in(world: World) -> None:
    """The new holder is asked to declare, the old one and the lead read that the team changes."""
    stand_in_for(world, "support_officer", "inspector", by=world.people["lead"])
    hand_over(world, "support_officer", "other_lead")
    assert set(letters_about("office_handed_over")) == {
        world.people["inspector"].email.partition("@")[0]
    }
    assert world.people["other_lead"].email.partition("@")[0] in letters_about("asked_to_declare")


def test_accept_invitation_to_take_over_writes_to_the_former_holder(world: World) -> None:
    stand_in_for(world, "coordinator", "health_contributor")
    invitation = hand_over_to_somebody_new(world)
    accept_invitation(invitation, person=None, password=PASSWORD, at=world.now)
    told = letters_about("office_handed_over")
    assert set(told) == {
        world.people[key].email.partition("@")[0]
        for key in ("coordinator", "support_officer", "health_contributor")
    }
    former = told[world.people["coordinator"].email.partition("@")[0]]
    support = world.people["support_officer"]
    assert f"tell {support.name} ({support.email}) today" in former
    assert record.last_sentence() == (
        "Rona Brae joined as inspection co-ordinator, taking over from Morag Finlas; Kirsty Nevis's standing in "
        "ended with that."
    )


def test_name_stand_in_writes_to_all_whose_business_it_is(world: World) -> None:
    letters_about("stand_in_named")
    before = Letter.objects.order_by("pk").last()
    stand_in_for(world, "participation_coordinator", "health_contributor", by=world.people["lead"])
    told = letters_about("stand_in_named", after=before)
    emails = {key: world.people[key].email.partition("@")[0] for key in world.people}
    wanted = ("health_contributor", "participation_coordinator", "support_officer", "coordinator")
    assert set(told) == {emails[key] for key in wanted}
    new = told[emails["health_contributor"]]
    assert "you stand in as participation co-ordinator from 26 September 2025" in new
    assert "until Friday 10 October 2025" in new
    assert f"Open it here: http://testserver{world.inspection.get_absolute_url()}" in new
    assert "to stand in for you as" in told[emails["participation_coordinator"]]


def test_hand_over_office_says_before_and_after_that_the_stand_in_ends(
    world: World, client: StrictClient
) -> None:
    stand_in_for(world, "coordinator", "health_contributor")
    address = url(world, "hand-over-office", held(world, "coordinator").pk)
    page = client.as_(world.people["lead"]).get(address).content.decode()
    assert "Kirsty Nevis, who stands in for Morag Finlas, will then do so no longer" in page
    done = client.post(address, {"person": world.people["chief_officer"].pk}, follow=True)
    assert "Kirsty Nevis no longer stands in." in done.content.decode()
    assert record.last_sentence() == (
        "Isla Dunmore handed over the office of inspection co-ordinator from Morag Finlas to Iain Strathy; "
        "Kirsty Nevis's standing in ended with that."
    )


# ---------- Handing over by invitation ----------


def hand_over_to_somebody_new(world: World) -> Invitation:
    return invite(
        world,
        role=Role.INSPECTION_COORDINATOR,
        takes_over=held(world, "coordinator"),
        by=world.people["coordinator"],
    )


def test_hand_over_by_invitation_keeps_the_old_until_it_is_accepted(world: World) -> None:
    invitation = hand_over_to_somebody_new(world)
    assert held(world, "coordinator")
    later = world.now + timedelta(hours=1)
    new = accept_invitation(invitation, person=None, password=PASSWORD, at=later)
    old = Membership.objects.get(person=world.people["coordinator"])
    assert (old.ended_at, old.ended_by, new.named_at) == (later, world.people["coordinator"], later)
    assert record.last_sentence() == (
        "Rona Brae joined as inspection co-ordinator, taking over from Morag Finlas."
    )


def test_hand_over_by_invitation_stands_on_record_as_one(world: World) -> None:
    hand_over_to_somebody_new(world)
    assert record.last_sentence() == (
        "Morag Finlas invited Rona Brae as inspection co-ordinator, taking over from Morag Finlas."
    )


@pytest.mark.parametrize(
    ("key", "role", "by", "sentence"),
    [
        # Whoever holds the office hands it over; who may invite to the same role may not for that reason alone.
        ("concerns_lead", Role.CONCERNS_LEAD, "concerns_lead", ""),
        ("concerns_lead", Role.CONCERNS_LEAD, "coordinator", ""),
        (
            "coordinator",
            Role.INSPECTION_COORDINATOR,
            "concerns_lead",
            Capability.HAND_OVER_OFFICE.value,
        ),
        (
            "lead",
            Role.INSPECTION_LEAD,
            "coordinator",
            Capability.HAND_OVER_OFFICE.value,
        ),
        (
            "coordinator",
            Role.CONCERNS_LEAD,
            "coordinator",
            "Morag Finlas does not hold the office of lead member of staff for concerns on this inspection. Choose the office anew.",
        ),
        (
            "inspector",
            Role.STRATEGIC_INSPECTOR,
            "lead",
            "Strategic inspector is not an office. End this part, and name or invite somebody else.",
        ),
    ],
)
def test_hand_over_by_invitation_obeys_what_handing_over_obeys(
    world: World, key: str, role: Role, by: str, sentence: str
) -> None:
    before = Invitation.objects.count()

    def deed() -> None:
        agency = world.people[key].agency
        invite(world, role=role, takes_over=held(world, key), by=world.people[by], agency=agency)

    if sentence:
        with pytest.raises(Refused) as refusal:
            deed()
        assert str(refusal.value) == sentence
        assert Invitation.objects.count() == before
    else:
        deed()
        assert Invitation.objects.count() == before + 1


def test_hand_over_by_invitation_is_of_its_own_inspection_and_of_a_part_that_goes_on(
    world: World,
) -> None:
    part, other = held(world, "coordinator"), another_inspection(world, 2)
    role = Role.INSPECTION_COORDINATOR
    verdict = rules.may_hand_over_by_invitation(
        part, inspection=other, role=role, on=world.now.date()
    )
    assert "does not hold the office of inspection co-ordinator on this inspection" in str(verdict)
    hand_over(world, "coordinator", "chief_officer")
    with pytest.raises(Refused, match="part in this inspection has already ended"):
        invite(world, role=role, takes_over=part, by=world.people["lead"])


@pytest.mark.parametrize("meanwhile", ["its part has ended", "its last day has changed"])
def test_accepting_sees_what_was_done_to_the_part_meanwhile(world: World, meanwhile: str) -> None:
    """Only what accepting says is saved: an older copy of the part in hand overwrites nothing."""
    invitation = hand_over_to_somebody_new(world)
    old = invitation.takes_over
    assert old is not None
    lead, later = world.people["lead"], world.now + timedelta(hours=1)
    if meanwhile == "its part has ended":
        end_team_member(old, by=lead, at=world.now)
    else:
        change_last_day(old, until=LAST, reason="Away.", by=lead, at=world.now)
    accept_invitation(invitation, person=None, password=PASSWORD, at=later)
    kept = Membership.objects.get(pk=old.pk)
    if meanwhile == "its part has ended":
        assert (kept.ended_at, kept.ended_by) == (world.now, lead)
    else:
        assert (kept.until, kept.ended_at) == (LAST, later)


@pytest.mark.parametrize("deed", ["end_team_member", "change_last_day", "end_stand_in", "accept"])
def test_every_deed_on_a_part_locks_its_inspection_first(world: World, deed: str) -> None:
    """So that of two at once the second waits, and sees what the first has done."""
    part, lead, at = held(world, "coordinator"), world.people["lead"], world.now
    invitation = hand_over_to_somebody_new(world)
    stand_in = stand_in_for(world, "coordinator", "chief_officer")
    deeds: dict[str, Any] = {
        "end_team_member": lambda: end_team_member(part, by=lead, at=at),
        "change_last_day": lambda: change_last_day(part, until=LAST, reason="", by=lead, at=at),
        "end_stand_in": lambda: end_stand_in(stand_in, by=lead, at=at),
        "accept": lambda: accept_invitation(invitation, person=None, password=PASSWORD, at=at),
    }
    with CaptureQueriesContext(connection) as asked:
        deeds[deed]()
    read = [re.search(r'FROM "(\w+)"', one["sql"]) for one in asked]
    tables = [found[1] for found in read if found]
    rows = {"inspections_membership", "inspections_standin", "inspections_invitation"}
    assert tables[0] == "inspections_inspection"
    assert rows & set(tables)


def test_hand_over_by_invitation_that_is_withdrawn_changes_nothing(world: World) -> None:
    invitation = hand_over_to_somebody_new(world)
    withdraw_invitation(invitation, reason="", by=world.people["coordinator"], at=world.now)
    with pytest.raises(Refused):
        accept_invitation(invitation, person=None, password=PASSWORD, at=world.now)
    assert held(world, "coordinator")


def test_an_office_goes_one_way_while_somebody_is_invited_to_take_it_over(
    world: World, client: StrictClient
) -> None:
    """Else the invitation waits for ever, for an office that another holds."""
    invitation = hand_over_to_somebody_new(world)
    sentence = (
        "Rona Brae was invited on 26 September 2025 to take over as inspection co-ordinator. Withdraw that invitation "
        "first, under “Invitations” on the page “Team and partnership”."
    )
    for deed in (
        lambda: hand_over(world, "coordinator", "chief_officer"),
        lambda: invite(
            world,
            email="another@glenmarrow.example",
            role=Role.INSPECTION_COORDINATOR,
            takes_over=held(world, "coordinator"),
        ),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert str(refusal.value) == sentence
    address = url(world, "hand-over-office", held(world, "coordinator").pk)
    page = client.as_(world.people["coordinator"]).get(address).content.decode()
    assert url(world, "withdraw-invitation", invitation.pk) in page
    withdraw_invitation(invitation, reason="", by=world.people["coordinator"], at=world.now)
    assert (
        url(world, "withdraw-invitation", invitation.pk) not in client.get(address).content.decode()
    )
    hand_over(world, "coordinator", "chief_officer")


def test_hand_over_office_page(world: World, client: StrictClient) -> None:
    address = url(world, "hand-over-office", held(world, "coordinator").pk)
    client.as_(world.people["coordinator"])
    page = client.get(address).content.decode()
    assert "Iain Strathy, Glenmarrow Council" in page
    assert "Peigi Uist" not in page and "Ewan Sleat" not in page
    chief = world.people["chief_officer"].pk
    for typed, sentence in (
        ({}, "Choose a person, or write whom to invite."),
        ({"person": chief, "email": NEW}, "Choose a person, or invite somebody new, not both."),
        ({"email": NEW}, "Write the name."),
        ({"email": "rona", "name": "Rona Brae"}, "Write the e-mail address in full"),
    ):
        assert sentence in client.post(address, typed).content.decode()

    council = Agency.objects.get(name="Glenmarrow Council").pk
    new = {"name": "Rona Brae", "email": NEW, "agency": council}
    done = client.post(address, new, follow=True).content.decode()
    assert "Morag Finlas stays inspection co-ordinator until Rona Brae has joined." in done
    assert (
        "Withdraw that invitation first" in client.post(address, {"person": chief}).content.decode()
    )
    withdraw_invitation(
        Invitation.objects.get(email=NEW), reason="", by=world.people["coordinator"], at=world.now
    )
    response = client.post(address, {"person": chief}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Iain Strathy is inspection co-ordinator now." in response.content.decode()


@pytest.mark.parametrize(("key", "status"), [("inspector", 403), ("other_lead", 404)])
@pytest.mark.parametrize("name", ["hand-over-office", "name-stand-in"])
def test_hand_over_office_and_name_stand_in_pages_refuse(
    world: World, client: StrictClient, name: str, key: str, status: int
) -> None:
    address = url(world, name, held(world, "coordinator").pk)
    assert client.as_(world.people[key]).post(address).status_code == status


# ---------- Stand-ins ----------


def test_name_stand_in(world: World) -> None:
    before = record.count()
    stand_in_for(world, "coordinator", "health_contributor")
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Morag Finlas named Kirsty Nevis as stand-in for Morag Finlas, inspection co-ordinator, "
        "from 26 September 2025 until 10 October 2025."
    )
    roles = permissions.roles_of(world.people["health_contributor"], world.inspection)
    assert roles == {Role.CONTRIBUTOR, Role.INSPECTION_COORDINATOR}
    for capability in GRANTS[Role.INSPECTION_COORDINATOR]:
        assert permissions.has(world.people["health_contributor"], world.inspection, capability)


@pytest.mark.parametrize(("days", "stands_in"), [(-1, False), (0, True), (13, True), (14, False)])
def test_a_stand_in_stands_in_from_the_first_to_the_last_day(
    world: World, days: int, stands_in: bool
) -> None:
    start = world.now.date() + timedelta(days=1)
    stand_in_for(
        world, "coordinator", "chief_officer", starts_on=start, until=start + timedelta(days=13)
    )
    end_team_member(held(world, "chief_officer"), by=world.people["lead"], at=world.now)
    with time_machine.travel(world.now + timedelta(days=1 + days)):
        seen = Inspection.objects.visible_to(world.people["chief_officer"]).exists()
    assert seen is stands_in


def test_a_stand_in_is_one_no_longer_when_the_office_is_handed_over(world: World) -> None:
    stand_in_for(world, "coordinator", "health_contributor")
    hand_over(world, "coordinator", "chief_officer")
    roles = permissions.roles_of(world.people["health_contributor"], world.inspection)
    assert roles == {Role.CONTRIBUTOR}


def test_the_record_says_for_whom_a_stand_in_acts(world: World) -> None:
    stand_in_for(world, "coordinator", "health_contributor")
    invite(world, by=world.people["health_contributor"])
    assert record.last_sentence() == (
        "Kirsty Nevis, also standing in for Morag Finlas invited Rona Brae as chief officer."
    )
    end_team_member(held(world, "health_contributor"), by=world.people["lead"], at=world.now)
    invite(world, by=world.people["health_contributor"], role=Role.CONTRIBUTOR)
    assert record.last_event().by_name == "Kirsty Nevis, for Morag Finlas"
    assert record.last_event().by_id == world.people["health_contributor"].pk


def test_a_stand_in_is_told_what_the_holder_is_told(world: World) -> None:
    stand_in_for(world, "coordinator", "health_contributor")
    step = world.inspection.steps.get(key="pir_due")
    assert queries.owners_of(step) == [
        world.people["coordinator"],
        world.people["health_contributor"],
    ]


def test_the_home_of_a_stand_in_names_the_deeds_of_the_office(
    world: World, client: StrictClient
) -> None:
    stand_in_for(world, "support_officer", "inspector", by=world.people["support_officer"])
    home = client.as_(world.people["inspector"]).get("/").content.decode()
    team = client.get(url(world, "team")).content.decode()
    assert "Glenmarrow" in home
    assert "Invite somebody" in team


@pytest.mark.parametrize(
    ("key", "person", "changes", "sentence"),
    [
        ("coordinator", "health_contributor", {}, ""),
        ("participation_coordinator", "chief_officer", {}, ""),
        (
            "depute",
            "inspector",
            {},
            "The inspection lead may do all that the depute may. Hand the office over instead.",
        ),
        ("coordinator", "coordinator", {}, "Morag Finlas holds this office. Name another."),
        (
            "coordinator",
            "lead",
            {},
            "Isla Dunmore belongs to an inspectorate. The partnership's people come from its own agencies.",
        ),
        (
            "coordinator",
            "other_coordinator",
            {},
            "Peigi Uist belongs to Otherglen Council, which is not of the partnership of Glenmarrow. "
            "Choose one of its agencies.",
        ),
        (
            "coordinator",
            "health_contributor",
            {"until": date(2025, 9, 1)},
            "Choose a last day on or after 26 September 2025.",
        ),
        (
            "health_contributor",
            "police_contributor",
            {},
            "Contributor of an agency is not an office. End this part, and name or invite somebody else.",
        ),
    ],
)
def test_may_name_stand_in(
    world: World, key: str, person: str, changes: dict[str, Any], sentence: str
) -> None:
    today = world.now.date()
    given = {"starts_on": today, "until": LAST} | changes
    verdict = rules.may_name_stand_in(
        held(world, key), person=world.people[person], on=today, **given
    )
    assert verdict.sentence == sentence


def test_name_stand_in_one_at_a_time_and_undone_leaves_nothing(world: World) -> None:
    undone(lambda: stand_in_for(world, "coordinator", "health_contributor"))
    assert not StandIn.objects.filter(membership=held(world, "coordinator")).exists()
    stand_in_for(world, "coordinator", "health_contributor")
    with pytest.raises(Refused, match="Kirsty Nevis is named as stand-in already"):
        stand_in_for(world, "coordinator", "chief_officer")


def test_end_stand_in(world: World) -> None:
    stand_in = stand_in_for(world, "coordinator", "health_contributor")
    undone(lambda: end_stand_in(stand_in, by=world.people["coordinator"], at=world.now))
    end_stand_in(stand_in, by=world.people["coordinator"], at=world.now)
    assert record.last_sentence() == (
        "Morag Finlas ended Kirsty Nevis's part as stand-in for Morag Finlas, inspection co-ordinator."
    )
    with pytest.raises(Refused, match="no longer stands in"):
        end_stand_in(stand_in, by=world.people["coordinator"], at=world.now)
    roles = permissions.roles_of(world.people["health_contributor"], world.inspection)
    assert roles == {Role.CONTRIBUTOR}


def test_can_name_stand_in_and_end_it(world: World) -> None:
    office = held(world, "participation_coordinator")
    names = {
        "programme_manager",
        "lead",
        "support_officer",
        "coordinator",
        "participation_coordinator",
    }
    assert (
        allowed(world, lambda one: permissions.can_name_stand_in(one, office, on=world.now.date()))
        == names
    )
    stand_in = stand_in_for(world, "participation_coordinator", "chief_officer")
    stand_in = StandIn.objects.select_related("membership__inspection").get(pk=stand_in.pk)
    may_end = allowed(world, lambda one: permissions.can_end_stand_in(one, stand_in))
    assert may_end == names


def test_name_stand_in_pages(world: World, client: StrictClient) -> None:
    office = held(world, "coordinator")
    address = url(world, "name-stand-in", office.pk)
    client.as_(world.people["coordinator"])
    assert "Kirsty Nevis, NHS Glenmarrow" in client.get(address).content.decode()
    nobody = client.post(address, {"starts_on": "soon"}).content.decode()
    assert "Choose the person." in nobody and "Write the date as day, month and year" in nobody
    person = User.objects.get(name="Kirsty Nevis").pk
    early = {"person": person, "starts_on": "29 September 2025", "until": "1 September 2025"}
    assert (
        "Choose a last day on or after 29 September 2025."
        in client.post(address, early).content.decode()
    )
    done = client.post(address, {**early, "until": "10 October 2025"}, follow=True)
    page = re.sub(r"<[^>]+>", "", done.content.decode())
    assert "Kirsty Nevis stands in for Morag Finlas." in page
    assert "Stand-in: Kirsty Nevis, from 29 September 2025, until 10 October 2025" in page

    end = url(world, "end-stand-in", StandIn.objects.get(person__name="Kirsty Nevis").pk)
    assert "End Kirsty Nevis&#x27;s standing in?" in client.get(end).content.decode()
    for sentence in ("no longer stands in.", "no longer stands in."):
        assert sentence in client.post(end, follow=True).content.decode()
    assert StrictClient().as_(world.people["other_lead"]).post(end).status_code == 404


def test_every_page_of_the_inspection_says_for_whom_a_stand_in_acts(
    world: World, client: StrictClient
) -> None:
    said = "You stand in for Morag Finlas as inspection co-ordinator."
    nurse, coordinator = world.people["health_contributor"], world.people["coordinator"]
    assert said not in client.as_(nurse).get(url(world, "team")).content.decode()
    stand_in_for(world, "coordinator", "health_contributor")
    for name in ("team", "timetable", "invite-person"):
        assert said in client.as_(nurse).get(url(world, name)).content.decode()
    assert "You stand in" not in client.as_(coordinator).get(url(world, "team")).content.decode()


def test_acts_for_nobody_as_oneself(world: World) -> None:
    assert queries.acts_for(world.people["coordinator"], world.inspection) == ""
    assert timezone.localdate() == world.now.date()
