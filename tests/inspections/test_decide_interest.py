"""What follows from what somebody declared: somebody else decides, once, and it holds at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.roles import Capability, Role
from core.models import Letter
from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.declarations import decide_interest
from inspections.actions.planning import plan_inspection
from inspections.actions.team import end_team_member
from inspections.enums import InterestDecision
from inspections.models import Declaration, Inspection
from inspections.tasks import remind_to_declare_interests
from tests.at_once import MANY, at_once
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.declared import declares
from tests.inspections.record import undone
from tests.inspections.test_declare_interest import SISTER, named, sees, url
from workspace.example.story import INTERESTS, TERMS
from workspace.example.world import World, method

WORKS, APART, NOT = InterestDecision.WORKS, InterestDecision.APART, InterestDecision.NOT


def decides(
    declaration: Declaration,
    world: World,
    decision: InterestDecision,
    terms: str = "",
    *,
    key: str = "lead",
) -> Declaration:
    return decide_interest(
        declaration, decision=decision, terms=terms, by=world.people[key], at=world.now
    )


# ---------- Rules ----------


@pytest.mark.at_week(0)
def test_can_decide_interest(world: World) -> None:
    declaration = declares(world, "inspector", SISTER)

    def allowed() -> set[str]:
        return {
            key
            for key, person in world.people.items()
            if permissions.can_decide_interest(person, declaration)
        }

    assert allowed() == {"programme_manager", "service_manager", "lead"}
    declaration = declares(world, "lead", SISTER)
    assert allowed() == {"programme_manager", "service_manager"}
    verdict = permissions.can_decide_interest(world.people["lead"], declaration)
    assert verdict.sentence == (
        "Nobody decides about their own interest. Ask the programme manager or the service manager."
    )


@pytest.mark.at_week(0)
def test_may_decide_interest(world: World) -> None:
    by = world.people["lead"]
    nothing = Declaration.objects.of(world.people["inspector"]).get()
    assert rules.may_decide_interest(nothing, by=by).sentence == (
        "Ewan Sleat has nothing to declare: there is nothing to decide."
    )
    first = declares(world, "inspector", SISTER)
    second = declares(world, "inspector", "And my brother.")
    assert rules.may_decide_interest(first, by=by).sentence == (
        "Ewan Sleat has declared anew since. Decide on that instead."
    )
    found = decides(second, world, WORKS)
    assert rules.may_decide_interest(found, by=world.people["programme_manager"]).sentence == (
        "Isla Dunmore decided on this on 29 August 2025: Ewan Sleat works on the inspection."
    )


@pytest.mark.parametrize(
    ("decision", "terms", "sentence"),
    [
        (WORKS, "", ""),
        (NOT, "", ""),
        (APART, "No visits.", ""),
        (APART, "", "Say what they keep away from, so that they and you can keep to it."),
        (WORKS, "No visits.", "You wrote what they keep away from: choose “Works apart from"),
    ],
)
def test_terms_are_said(decision: InterestDecision, terms: str, sentence: str) -> None:
    verdict = rules.terms_are_said(decision, terms=terms)
    assert bool(verdict) is not bool(sentence)
    assert verdict.sentence.startswith(sentence)


# ---------- The deed ----------


@pytest.mark.at_week(0)
@pytest.mark.parametrize(("decision", "opens"), [(WORKS, True), (APART, True), (NOT, False)])
def test_decide_interest(world: World, decision: InterestDecision, opens: bool) -> None:
    named(world)
    declaration = declares(world, "other_lead", SISTER)
    before = record.count()
    terms = "No health visiting." if decision == APART else ""
    undone(lambda: decides(declaration, world, decision, terms))
    found = decides(declaration, world, decision, terms)
    assert (found.decided_by, found.decided_at) == (world.people["lead"], world.now)
    assert sees(world) is opens
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Isla Dunmore decided on the interest that Ross Tummel declared: "
        f"Ross Tummel {decision.label.lower()}."
    )
    to = world.people["other_lead"].email
    letter = Letter.objects.get(template="inspections/interest_decided", to=to)
    assert url(world) in letter.body
    assert not {SISTER, "No health visiting."} & set(letter.body.splitlines())


@pytest.mark.at_week(0)
def test_decide_interest_refuses_and_leaves_nothing_behind(world: World) -> None:
    declaration, own = declares(world, "inspector", SISTER), declares(world, "lead", SISTER)
    before = record.count()
    with pytest.raises(Refused, match="Say what they keep away from"):
        decides(declaration, world, APART)
    with pytest.raises(Refused, match="Nobody decides about their own interest"):
        decides(own, world, WORKS, key="lead")
    with pytest.raises(Refused, match=Capability.DECIDE_INTEREST.value):
        decides(declaration, world, WORKS, key="inspector")
    assert record.count() == before
    assert sees(world, "inspector")


@pytest.mark.at_week(0)
@pytest.mark.django_db(transaction=True)
def test_decide_interest_by_several_at_once_is_one(world: World) -> None:
    declaration = declares(world, "inspector", SISTER)
    keys = ("programme_manager", "service_manager", "lead")
    found = at_once(
        lambda number: decides(
            declaration, world, NOT if number % 2 else WORKS, key=keys[number % 3]
        )
    )
    assert sum(isinstance(one, Declaration) for one in found) == 1
    refused = [one for one in found if isinstance(one, Refused)]
    assert len(refused) == MANY - 1
    assert all("decided on this on 29 August 2025" in str(one) for one in refused)


@pytest.mark.at_week(0)
def test_nobody_decides_on_what_somebody_declared_who_has_left(world: World) -> None:
    membership = named(world)
    declares(world, "other_lead", SISTER)
    asked = [world.inspection.pk]
    assert len(queries.undecided(asked, but=world.people["lead"])) == 1
    end_team_member(membership, by=world.people["lead"], at=world.now)
    assert queries.undecided(asked, but=world.people["lead"]) == []


# ---------- The pages ----------


@pytest.mark.at_week(0)
def test_decide_interest_page(world: World, client: StrictClient) -> None:
    named(world)
    declaration = declares(world, "other_lead", SISTER)
    here = url(world, "decide-interest", declaration.pk)
    client.as_(world.people["lead"])
    home = client.get("/").content.decode()
    assert "Decide what Ross Tummel declared" in home
    assert "Declared on 29 August 2025, today." in home
    assert here in client.get(url(world, "team")).content.decode()
    assert "My sister is a health visitor" in client.get(here).content.decode()

    for typed, sentence in (
        ({}, "Choose what you decide."),
        ({"decision": "apart", "terms": ""}, "Say what they keep away from"),
        ({"decision": "works", "terms": "No visits."}, "You wrote what they keep away from"),
    ):
        answer = client.post(here, typed)
        assert sentence in answer.content.decode()
        assert typed.get("terms", "") in answer.content.decode()
    done = client.post(here, {"decision": "apart", "terms": "No visits."}, follow=True)
    assert done.redirect_chain == [(url(world, "declarations"), 302)]
    assert "Decided. Ross Tummel has been told to read it." in done.content.decode()
    again = client.post(here, {"decision": "not", "terms": ""}, follow=True)
    assert (
        "Isla Dunmore decided on this on 29 August 2025: "
        "Ross Tummel works apart from what they declared." in again.content.decode()
    )
    assert "Decide what Ross Tummel declared" not in client.get("/").content.decode()
    own = client.as_(world.people["other_lead"]).get(url(world)).content.decode()
    assert "Keeps away from: No visits." in own


@pytest.mark.at_week(0)
def test_the_second_of_two_deciders_keeps_what_they_typed_when_it_was_declared_anew(
    world: World, client: StrictClient
) -> None:
    first = declares(world, "inspector", SISTER)
    client.as_(world.people["lead"])
    declares(world, "inspector", "And my brother.")
    answer = client.post(
        url(world, "decide-interest", first.pk),
        {"decision": "apart", "terms": "No health visits at all."},
    )
    assert answer.status_code == 403
    assert "Ewan Sleat has declared anew since." in answer.content.decode()
    assert "No health visits at all." in answer.content.decode()


@pytest.mark.at_week(4)
@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("lead", 200),
        ("programme_manager", 200),
        ("service_manager", 200),
        ("depute", 403),
        ("associate", 403),
        ("coordinator", 403),
        ("panel_chair", 403),
        ("other_lead", 404),
    ],
)
def test_declarations_page_is_for_those_who_decide(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    declaration = declares(world, "inspector", SISTER)
    client.as_(world.people[key])
    for page in (url(world, "declarations"), url(world, "decide-interest", declaration.pk)):
        answer = client.get(page)
        assert answer.status_code == status
        assert ("My sister is" in answer.content.decode()) is (status == 200)


@pytest.mark.at_week(0)
def test_declarations_page_names_who_has_not_declared(world: World, client: StrictClient) -> None:
    named(world)
    shown = client.as_(world.people["lead"]).get(url(world, "declarations")).content.decode()
    assert "Have not declared yet" in shown
    assert "Ross Tummel" in shown
    assert INTERESTS["associate"] in shown
    assert TERMS in shown


@pytest.mark.at_week(4)
def test_team_page_says_where_each_stands_to_those_who_may_know(
    world: World, client: StrictClient
) -> None:
    named(world)
    declares(world, "inspector", SISTER)
    apart, waits = "Works apart from what they declared", "Waits for a decision"
    silent, nothing = "Has not declared yet", "Nothing to declare"
    sees_what = {
        "lead": (True, True, True),
        "associate": (True, True, False),
        "depute": (True, False, False),
        "volunteer": (False, False, False),
        "coordinator": (False, False, False),
    }
    for key, (stands, terms, may_decide) in sees_what.items():
        shown = client.as_(world.people[key]).get(url(world, "team")).content.decode()
        assert [words in shown for words in (apart, waits, silent, nothing)] == [stands] * 4, key
        assert (TERMS in shown) is terms, key
        assert ("Decide what Ewan Sleat declared" in shown) is may_decide, key


@pytest.mark.at_week(14)
def test_a_decision_against_it_closes_at_once_and_loses_nothing_that_is_being_typed(
    world: World, client: StrictClient
) -> None:
    page = reverse("evaluations:record-evidence", args=[world.inspection.reference])
    client.as_(world.people["inspector"])
    assert client.get(page).status_code == 200
    decides(declares(world, "inspector", SISTER), world, NOT)
    typed = "What the health visitors said on the last day of fieldwork."
    answer = client.post(page, {"text": typed})
    assert answer.status_code == 403
    shown = answer.content.decode()
    assert "that you do not take part in the inspection of Glenmarrow" in shown
    assert typed in shown
    assert client.get(url(world)).status_code == 200
    assert "does not take part" in client.get(url(world)).content.decode()


# ---------- What naming somebody warns of ----------


@pytest.mark.at_week(0)
def test_name_team_member_warns_of_what_is_known_from_before(
    world: World, client: StrictClient
) -> None:
    earlier = world.inspection
    Inspection.objects.filter(pk=earlier.pk).update(state="closed", notified_on=earlier.planned_for)
    new = plan_inspection(
        world.area,
        method=method(),
        planned_for=earlier.planned_for + timedelta(days=735),
        requested_on=None,
        timetable_approved_on=None,
        by=world.people["programme_manager"],
        at=world.now,
    )
    client.as_(world.people["programme_manager"])
    page = reverse("inspections:name-team-member", args=[new.reference])
    shown = client.post(
        page,
        {"person": world.people["associate"].pk, "role": "strategic_inspector", "until": ""},
    ).content.decode()
    assert (
        f"Neil Orrin declared an interest on an earlier inspection, Glenmarrow ({earlier.reference})."
        in shown
    )
    assert INTERESTS["associate"] not in shown
    assert rules.interests_of_naming(new, person=world.people["inspector"]) == []


@pytest.mark.at_week(4)
def test_associates_come_from_another_area(world: World) -> None:
    person = world.people["associate"]
    assert person.agency is not None
    world.area.agencies.add(person.agency)
    verdict = rules.associates_come_from_elsewhere(
        world.inspection, agency=person.agency, name=person.name, role=Role.ASSOCIATE_ASSESSOR
    )
    assert verdict.sentence == (
        "Neil Orrin belongs to Care Inspectorate, which is inspected here. "
        "Associate assessors come from another area."
    )
    known = rules.interests_of_naming(world.inspection, person=person)
    assert known[0] == "Neil Orrin belongs to Care Inspectorate, which is inspected in Glenmarrow."


@pytest.mark.at_week(4)
def test_who_worked_for_the_partnership_before_is_said(world: World) -> None:
    other = Inspection(area=world.area, pk=0)
    known = rules.interests_of_naming(other, person=world.people["coordinator"])
    assert known[-1] == (
        f"Morag Finlas was of the partnership on an earlier inspection, {world.inspection}."
    )


# ---------- The clock ----------


@pytest.mark.at_week(0)
def test_the_clock_reminds_once_after_three_working_days(world: World) -> None:
    named(world)  # on a Friday
    letters = Letter.objects.filter(template="inspections/asked_to_declare")
    before = letters.count()
    for days, more in ((0, 0), (4, 0), (5, 1), (6, 1)):
        at = world.now + timedelta(days=days)
        with time_machine.travel(at):
            remind_to_declare_interests(now=at)
        assert letters.count() == before + more, days
    assert record.last_sentence() == (
        "Ross Tummel was reminded, as strategic inspector, to declare whether there is a conflict of interest."
    )


# ---------- What it costs ----------

LIST_QUERIES = 2


@pytest.mark.at_week(0)
def test_declarations_cost_the_same_for_one_and_for_three(
    world: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    def ask() -> None:
        with django_assert_num_queries(LIST_QUERIES):
            assert [str(one.person.agency) for one in queries.declarations_of(world.inspection)]
            found = queries.undecided([world.inspection.pk], but=world.people["lead"])
            assert all(one.person.name for one in found)

    ask()
    for key in ("inspector", "depute", "associate"):
        declares(world, key, SISTER)
    ask()
