"""Whoever stands in is held to what the holder is held to, and gets what the holder gets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from accounts import permissions as of_accounts
from accounts import rules as rules_of_accounts
from accounts import ties
from accounts.actions.people import close_account, move_person, reopen_account
from accounts.models import Agency, User
from accounts.roles import Role
from core.disposal import disposal_of
from core.models import Letter
from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.declarations import decide_interest
from inspections.actions.offices import hand_over_office, name_stand_in
from inspections.enums import InterestDecision
from inspections.models import Membership, StandIn
from inspections.queries.declarations import DeclarationStand
from inspections.tasks import remind_to_declare_interests
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.declared import declares
from tests.inspections.invited import url
from workspace.example.world import World

pytestmark = pytest.mark.at_week(4)

IN_THREE_DAYS = timedelta(days=3)


def held(world: World, key: str) -> Membership:
    return Membership.objects.get(
        inspection=world.inspection, person=world.people[key], ended_at__isnull=True
    )


def stands_in(
    world: World, key: str, office: str = "support_officer", *, after: timedelta = timedelta()
) -> StandIn:
    return name_stand_in(
        held(world, office),
        person=world.people[key],
        starts_on=world.now.date() + after,
        until=None,
        by=world.people[office],
        at=world.now,
    )


def may_stand_in(world: World, key: str, office: str = "support_officer", **days: Any) -> str:
    usual = {"starts_on": world.now.date(), "until": None, "on": world.now.date()}
    return rules.may_name_stand_in(
        held(world, office), person=world.people[key], **{**usual, **days}
    ).sentence


def refetched(person: User) -> User:
    return User.objects.select_related("agency").get(pk=person.pk)


# ---------- What keeps somebody from it ----------


@pytest.mark.parametrize("key", ["programme_manager", "service_manager", "panel_chair"])
def test_who_holds_an_office_of_the_programme_stands_in_for_nobody(
    world: World, client: StrictClient, key: str
) -> None:
    person = world.people[key]
    assert "Who holds an office of the programme works on no inspection" in may_stand_in(world, key)
    client.as_(world.people["programme_manager"])
    for page in ("name-stand-in", "hand-over-office"):
        shown = client.get(url(world, page, held(world, "support_officer").pk)).content.decode()
        assert person.name not in shown
        assert world.people["inspector"].name in shown


@pytest.mark.parametrize("after", [timedelta(), IN_THREE_DAYS])
def test_a_stand_in_is_given_no_office_and_moves_to_no_other_agency(
    world: World, after: timedelta
) -> None:
    stands_in(world, "other_lead", after=after)
    person = world.people["other_lead"]
    office = rules_of_accounts.may_give_office(person, role=Role.PANEL_CHAIR)
    assert office.sentence.startswith("Ross Tummel has a part on JI-2026-001 (Glenmarrow).")
    with pytest.raises(Refused):
        move_person(
            person,
            agency=Agency.objects.get(name="NHS Glenmarrow"),
            by=world.people["programme_manager"],
            at=world.now,
        )


@pytest.mark.parametrize("after", [timedelta(), IN_THREE_DAYS])
def test_nobody_is_on_both_sides_as_a_stand_in(world: World, after: timedelta) -> None:
    person = world.people["chief_officer"]
    stands_in(world, "chief_officer", "coordinator", after=after)
    Membership.objects.filter(person=person).delete()
    person.agency = Agency.objects.get(name="Care Inspectorate")
    person.save()
    both = f"{person} works for the other side of this inspection. Nobody can be on both."
    named = rules.may_name_team_member(
        world.inspection, role=Role.STRATEGIC_INSPECTOR, person=person
    )
    assert named.sentence == both
    assert may_stand_in(world, "chief_officer") == both


def test_who_stands_in_may_take_the_office_over(world: World) -> None:
    stands_in(world, "other_lead")
    hand_over_office(
        held(world, "support_officer"), to=world.people["other_lead"], by=world.people["lead"], at=world.now
    )  # fmt: skip
    declares(world, "other_lead")
    roles = permissions.roles_of(world.people["other_lead"], world.inspection)
    assert roles == {Role.SUPPORT_OFFICER}


def test_an_agency_stays_in_the_area_while_one_of_it_stands_in(world: World) -> None:
    person = world.people["health_contributor"]
    stands_in(world, "health_contributor", "coordinator")
    Membership.objects.filter(person=person).delete()
    assert person.agency is not None
    verdict = rules.may_change_areas_of_agency(person.agency, areas=[])
    assert verdict.sentence.startswith("Kirsty Nevis of NHS Glenmarrow has a part on JI-2026-001")


def test_a_closed_account_stands_in_for_nobody_and_takes_over_nothing(world: World) -> None:
    person = world.people["chief_officer"]
    person.is_active = False
    person.save()
    closed = (
        "Iain Strathy's account is closed. "
        "Choose somebody else, or ask a programme manager to open it again first."
    )
    over = rules.may_hand_over_office(held(world, "coordinator"), to=person, on=world.now.date())
    assert over.sentence == closed
    assert may_stand_in(world, "chief_officer", "coordinator") == closed


def test_an_office_past_its_last_day_is_not_handed_over(world: World, client: StrictClient) -> None:
    office = held(world, "coordinator")
    office.until = world.now.date() - timedelta(days=1)
    office.save()
    past = (
        "Morag Finlas's part ended with its last day, 25 September 2025. "
        "Name or invite somebody to this office."
    )
    with pytest.raises(Refused, match="ended with its last day"):
        hand_over_office(
            office, to=world.people["chief_officer"], by=world.people["lead"], at=world.now
        )
    assert may_stand_in(world, "chief_officer", "coordinator") == past
    client.as_(world.people["lead"])
    for page in ("name-stand-in", "hand-over-office"):
        answer = client.get(url(world, page, office.pk))
        assert answer.status_code == 403
        assert past in answer.content.decode().replace("&#x27;", "'")


def test_handing_over_ends_what_ran_out_first(world: World) -> None:
    """A part of the same name that ran out yesterday stands in nobody's way."""
    person = world.people["health_contributor"]
    Membership.objects.create(
        inspection=world.inspection,
        person=person,
        role=Role.CHIEF_OFFICER,
        until=world.now.date() - timedelta(days=1),
        named_at=world.now,
        named_by=world.people["lead"],
    )
    new = hand_over_office(
        held(world, "chief_officer"), to=person, by=world.people["lead"], at=world.now
    )
    assert Membership.objects.current().filter(pk=new.pk).exists()


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-1, "25 September 2025 has gone by. Choose a first day from today on."),
        (8, "Elspeth Ardle's own part ends on 3 October 2025. Choose a first day up to then."),
    ],
)
def test_a_stand_in_begins_neither_in_the_past_nor_after_the_part(
    world: World, days: int, sentence: str
) -> None:
    office = held(world, "support_officer")
    office.until = date(2025, 10, 3)
    office.save()
    said = may_stand_in(world, "other_lead", starts_on=world.now.date() + timedelta(days=days))
    assert said == sentence.replace("Elspeth Ardle", world.people["support_officer"].name)


# ---------- What ends, and what is kept ----------


@pytest.mark.parametrize("after", [timedelta(), IN_THREE_DAYS])
def test_closing_an_account_ends_standing_in_for_good(world: World, after: timedelta) -> None:
    manager = world.people["programme_manager"]
    stand_in = stands_in(world, "other_lead", after=after)
    close_account(world.people["other_lead"], by=manager, at=world.now)
    stand_in.refresh_from_db()
    assert stand_in.ended_at == world.now
    reopen_account(refetched(world.people["other_lead"]), by=manager, at=world.now)
    person = refetched(world.people["other_lead"])
    assert ties.parts_of(person) == []
    assert not Membership.objects.named_to(person).exists()


def test_the_page_of_a_person_says_for_whom_they_stand_in(
    world: World, client: StrictClient
) -> None:
    stands_in(world, "other_lead", after=IN_THREE_DAYS)
    client.as_(world.people["programme_manager"])
    page = reverse("accounts:person", args=[world.people["other_lead"].pk])
    name = world.people["support_officer"].name
    assert f"Stand-in for {name}, strategic support officer, from 29 September 2025" in (
        client.get(page).content.decode()
    )


def test_the_account_of_whoever_stands_in_is_not_let_go(world: World) -> None:
    person = world.people["other_lead"]
    due = disposal_of("accounts.user").due_by(world.now + timedelta(days=3650))
    assert due.filter(pk=person.pk).exists()
    stands_in(world, "other_lead", after=IN_THREE_DAYS)
    due = disposal_of("accounts.user").due_by(world.now + timedelta(days=3650))
    assert not due.filter(pk=person.pk).exists()


# ---------- What the office gives ----------


def test_a_stand_in_gives_a_second_proof(world: World, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    person = world.people["other_lead"]
    person.is_example = False
    assert rules_of_accounts.may_go_without_second_factor(person)
    stands_in(world, "other_lead")
    assert not rules_of_accounts.may_go_without_second_factor(person)


def test_a_stand_in_has_what_the_office_grants_anywhere(world: World, client: StrictClient) -> None:
    person, inspector = world.people["other_lead"], world.people["inspector"]
    TOTP.activate(inspector, generate_totp_secret())

    def granted() -> list[bool]:
        return [
            bool(verdict)
            for verdict in (
                permissions.can_see_who_is_free(person),
                permissions.can_record_leave(person, inspector),
                of_accounts.can_reset_second_factor(person, inspector),
            )
        ]

    assert granted() == [False] * 3
    stands_in(world, "other_lead")
    assert granted() == [False] * 3  # before they have declared
    declares(world, "other_lead")
    assert granted() == [True] * 3
    assert client.as_(person).get(reverse("inspections:who-is-free")).status_code == 200
    assert Authenticator.objects.filter(user=inspector).exists()


def test_the_support_officer_keeps_days_and_devices_of_a_stand_in_too(world: World) -> None:
    officer, person = world.people["support_officer"], world.people["other_lead"]
    TOTP.activate(person, generate_totp_secret())
    assert not of_accounts.can_reset_second_factor(officer, person)
    assert not permissions.can_record_leave(officer, person)
    stands_in(world, "other_lead", "participation_lead")
    assert not of_accounts.can_reset_second_factor(officer, person)  # nobody is met by being named
    declares(world, "other_lead")
    assert of_accounts.can_reset_second_factor(officer, person)
    assert permissions.can_record_leave(officer, person)
    assert queries.people_known_to(officer).filter(pk=person.pk).exists()


# ---------- Before the first day ----------


def test_a_stand_in_reads_from_which_day_an_inspection_opens(
    world: World, client: StrictClient
) -> None:
    stands_in(world, "other_lead", after=IN_THREE_DAYS)
    client.as_(world.people["other_lead"])
    page = url(world, "declare-interest")
    assert "Glenmarrow opens to you on that day, once you have said so." in (
        client.get(page).content.decode()
    )
    assert page in client.get("/").content.decode()
    said = client.post(page, {"answer": "nothing"}, follow=True)
    assert said.status_code == 200
    assert "Declared. Glenmarrow opens to you on 29 September 2025." in said.content.decode()
    assert "is open to you" not in said.content.decode()

    elsewhere = client.get(url(world, "team"))
    assert "Glenmarrow (JI-2026-001) opens to you on that day." in elsewhere.content.decode()
    assert page in elsewhere.content.decode()
    client.post(page, {"answer": "something", "words": "A cousin moved there."})
    assert queries.declared_by(world.people["other_lead"], world.inspection)[0].waits


def test_a_stand_in_of_the_partnership_reads_it_too(world: World, client: StrictClient) -> None:
    stands_in(world, "chief_officer", "coordinator", after=IN_THREE_DAYS)
    Membership.objects.filter(person=world.people["chief_officer"]).delete()
    answer = client.as_(world.people["chief_officer"]).get(url(world, "team"))
    assert "You are named as a stand-in from 29 September 2025." in answer.content.decode()
    assert reverse("inspections:declare-interest", args=[world.inspection.reference]) not in (
        answer.content.decode()
    )


def test_the_letter_to_a_stand_in_says_from_which_day(world: World) -> None:
    stands_in(world, "other_lead", after=IN_THREE_DAYS)
    letter = Letter.objects.filter(template="inspections/asked_to_declare").latest("pk")
    assert "as stand-in strategic support officer" in letter.body
    assert "from 29 September 2025 on." in letter.body
    assert "opens the inspection at once" not in letter.body


def test_the_clock_reminds_a_stand_in_once(world: World) -> None:
    stands_in(world, "other_lead", after=timedelta(days=30))  # on a Friday
    stands_in(world, "other_lead", "participation_lead")
    letters = Letter.objects.filter(template="inspections/asked_to_declare")
    before = letters.count()
    for days, more in ((0, 0), (4, 0), (5, 1), (6, 1)):
        at = world.now + timedelta(days=days)
        with time_machine.travel(at):
            remind_to_declare_interests(now=at)
        assert letters.count() == before + more, days
    assert record.last_sentence() == (
        "Ross Tummel was reminded, as stand-in participation lead, to declare whether there is a conflict of interest."
    )


def test_who_has_not_declared_is_named_stand_ins_too(world: World, client: StrictClient) -> None:
    stands_in(world, "other_lead")
    shown = client.as_(world.people["lead"]).get(url(world, "declarations")).content.decode()
    name = world.people["support_officer"].name
    assert f"Stand-in for {name}, strategic support officer, Care Inspectorate" in shown


def test_help_names_whom_to_ask_before_anything_is_open_too(world: World) -> None:
    person = world.people["other_lead"]
    assert queries.contacts_of(person) == []
    stands_in(world, "other_lead")
    assert [one.inspection for one in queries.contacts_of(person)] == [world.inspection]
    declares(world, "other_lead")
    assert [one.inspection for one in queries.contacts_of(person)] == [world.inspection]


# ---------- What was decided, and by whom ----------


def test_terms_in_force_stand_beside_what_waits(world: World, client: StrictClient) -> None:
    lead, key = world.people["lead"], "inspector"
    first = declares(world, key, "My sister works there.")
    decide_interest(
        first, decision=InterestDecision.APART, terms="No family centres.", by=lead, at=world.now
    )
    declares(world, key, "My brother as well.")
    team = [held(world, key)]

    def stand(reader: str, *, decides: bool) -> DeclarationStand:
        person = world.people[reader]
        found = queries.stands_of_declarations(
            world.inspection, team, reader=person, decides=decides
        )
        return found[world.people[key].pk]

    assert stand("lead", decides=True).terms == "No family centres."
    assert stand(key, decides=False).terms == "No family centres."
    other = stand("depute", decides=False)
    assert (other.words, other.terms) == ("Waits for a decision", "")
    assert other.in_force == "Works apart from what they declared"
    shown = client.as_(lead).get(url(world, "team")).content.decode()
    assert "Until then: works apart from what they declared." in shown
    assert "Keeps away from: No family centres." in shown


def test_those_who_are_told_of_an_interest_are_those_who_may_decide(world: World) -> None:
    told = queries.deciders_of(world.inspection, but=world.people["inspector"])
    may = {
        person.pk
        for person in world.people.values()
        if permissions.can_see_declarations(person, world.inspection)
    }
    assert {person.pk for person in told} == may


# ---------- What warns ----------


def test_every_way_to_the_team_warns(world: World, client: StrictClient) -> None:
    """Whoever hands over, names a stand-in or invites hears what whoever names hears; a second press does it."""
    person = world.people["other_lead"]
    assert person.agency is not None
    world.area.agencies.add(person.agency)
    warning = "Ross Tummel belongs to Care Inspectorate, which is inspected in Glenmarrow."
    client.as_(world.people["lead"])
    office = held(world, "support_officer").pk
    ways: dict[str, tuple[list[Any], dict[str, Any]]] = {
        "invite-person": (
            [],
            {
                "name": person.name,
                "email": person.email,
                "agency": person.agency_id,
                "role": Role.STRATEGIC_INSPECTOR,
            },
        ),
        "name-stand-in": ([office], {"person": person.pk, "starts_on": "26/09/2025"}),
        "hand-over-office": ([office], {"person": person.pk}),
    }
    for page, (args, typed) in ways.items():
        shown = client.post(url(world, page, *args), typed)
        assert shown.status_code == 200, page
        assert warning in shown.content.decode(), page
        assert "all the same" in shown.content.decode(), page
        seen = shown.context["form"].data["seen"]
        answer = client.post(url(world, page, *args), {**typed, "seen": seen})
        assert answer.status_code == 302, page
    assert held(world, "other_lead").role == Role.SUPPORT_OFFICER


def test_nothing_warns_of_the_partnerships_own_people(world: World) -> None:
    warned = rules.warnings_of_naming(
        world.inspection,
        person=world.people["chief_officer"],
        role=Role.INSPECTION_COORDINATOR,
        until=None,
        on=world.now.date(),
    )
    assert warned == []
