"""Whether somebody of the team has a conflict of interest: said before anything opens to them, and kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency
from accounts.roles import Role
from core.models import Letter
from core.verdicts import Refused
from documents.holders import Place
from inspections import permissions, queries, rules
from inspections.actions.declarations import decide_interest, declare_interest
from inspections.actions.offices import hand_over_office, name_stand_in
from inspections.actions.team import end_team_member, name_team_member
from inspections.enums import InspectionState, InterestAnswer, InterestDecision
from inspections.models import Declaration, Inspection, Membership
from tests.at_once import MANY, at_once
from tests.client import StrictClient
from tests.house import addresses
from tests.inspections import record
from tests.inspections.declared import declare, declares
from tests.inspections.invited import PASSWORD, invite, link_in_the_post
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

SISTER = "My sister is a health visitor of NHS Glenmarrow."
ASKED = "Say whether you have a conflict of interest"
NOTHING, SOMETHING = InterestAnswer.NOTHING, InterestAnswer.SOMETHING


def url(world: World, page: str = "declare-interest", *args: object) -> str:
    return reverse(f"inspections:{page}", args=[world.inspection.reference, *args])


def named(
    world: World, key: str = "other_lead", role: Role = Role.STRATEGIC_INSPECTOR
) -> Membership:
    return name_team_member(
        world.inspection,
        person=world.people[key],
        role=role,
        until=None,
        by=world.people["programme_manager"],
        at=world.now,
    )


def sees(world: World, key: str = "other_lead") -> bool:
    return Inspection.objects.visible_to(world.people[key]).filter(pk=world.inspection.pk).exists()


def decided(declaration: Declaration, world: World, decision: InterestDecision) -> Declaration:
    return decide_interest(
        declaration,
        decision=decision,
        terms="No visits to them." if decision == InterestDecision.APART else "",
        by=world.people["lead"],
        at=world.now,
    )


# ---------- What opens ----------

EARLIER: list[tuple[list[str | InterestDecision], str, bool]] = [
    ([], "", True),
    ([], SISTER, False),
    ([""], "My brother too.", True),  # what is open stays open until it is decided
    ([SISTER], "", False),  # nobody takes back by themselves what they declared
    ([SISTER, InterestDecision.WORKS], "", True),
    ([SISTER, InterestDecision.APART], "My brother too.", True),
    ([SISTER, InterestDecision.NOT], "", False),
    ([SISTER, InterestDecision.NOT], "My brother too.", False),
]


@pytest.mark.at_week(0)
@pytest.mark.parametrize(("earlier", "words", "opens"), EARLIER)
def test_declare_interest_opens(
    world: World, earlier: list[str | InterestDecision], words: str, opens: bool
) -> None:
    named(world)
    last = None
    for one in earlier:
        if isinstance(one, InterestDecision):
            assert last is not None
            last = decided(last, world, one)
        else:
            last = declares(world, "other_lead", one)
    declares(world, "other_lead", words)
    assert sees(world) is opens


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"answer": SOMETHING}, "declaration_of_something_says_what"),
        ({"answer": NOTHING, "words": "x"}, "declaration_of_something_says_what"),
        ({"answer": NOTHING, "decision": "works"}, "declaration_decision_has_its_by"),
        (
            {"answer": SOMETHING, "words": "x", "opens": True},
            "declaration_opens_by_nothing_or_by_decision",
        ),
    ],
)
def test_declaration_holds_whatever_the_code_does(
    world: World, row: dict[str, Any], name: str
) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Declaration.objects.create(
            inspection=world.inspection,
            person=world.people["other_lead"],
            declared_at=world.now,
            **row,
        )


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"decision": "apart"}, "declaration_apart_has_its_terms"),
        ({"decision": "works", "terms": "x"}, "declaration_apart_has_its_terms"),
        ({"decision": "not", "opens": True}, "declaration_opens_by_nothing_or_by_decision"),
        ({"decision": "works", "by": "other_lead"}, "declaration_decided_by_another"),
    ],
)
def test_decision_holds_whatever_the_code_does(
    world: World, row: dict[str, Any], name: str
) -> None:
    by = world.people[row.pop("by", "lead")]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Declaration.objects.create(
            inspection=world.inspection,
            person=world.people["other_lead"],
            declared_at=world.now,
            answer=SOMETHING,
            words="x",
            decided_at=world.now,
            decided_by=by,
            **row,
        )


# ---------- Who ----------


@pytest.mark.at_week(4)
def test_may_declare_interest(world: World) -> None:
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_declare_interest(person, world.inspection)
    }
    assert allowed == {
        "lead", "depute", "participation_lead", "inspector", "health_inspector", "education_inspector",
        "police_inspector", "associate", "volunteer", "support_officer",
    }  # fmt: skip
    verdict = rules.may_declare_interest(world.inspection, person=world.people["coordinator"])
    assert verdict.sentence == (
        "Only people of the inspection team, and those who stand in for them, declare their interests."
    )
    world.inspection.state = InspectionState.CLOSED
    verdict = rules.may_declare_interest(world.inspection, person=world.people["lead"])
    assert verdict.sentence == (
        "This inspection is closed. Nobody declares interests on it any more."
    )


@pytest.mark.at_week(0)
def test_declare_interest_for_one_part_serves_all_parts_there(world: World) -> None:
    first = named(world)
    declares(world, "other_lead")
    end_team_member(first, by=world.people["lead"], at=world.now)
    assert not sees(world)
    letters = Letter.objects.filter(template="inspections/asked_to_declare").count()
    named(world, role=Role.STRATEGIC_INSPECTOR)
    assert sees(world)
    assert Letter.objects.filter(template="inspections/asked_to_declare").count() == letters


@pytest.mark.at_week(0)
def test_whoever_takes_over_an_office_declares_first(world: World) -> None:
    held = Membership.objects.get(inspection=world.inspection, role=Role.SUPPORT_OFFICER)
    person = world.people["other_lead"]
    hand_over_office(held, to=person, by=world.people["lead"], at=world.now)
    assert not sees(world)
    letter = Letter.objects.get(to=person.email, template="inspections/asked_to_declare")
    assert url(world) in letter.body
    declares(world, "other_lead")
    assert permissions.can_name_team_member(person, world.inspection)


@pytest.mark.at_week(0)
def test_a_stand_in_declares_and_can_before_the_first_day(
    world: World, client: StrictClient
) -> None:
    held = Membership.objects.get(inspection=world.inspection, role=Role.SUPPORT_OFFICER)
    tomorrow = timezone.localdate(world.now) + timedelta(days=1)
    person = world.people["other_lead"]
    stand_in = name_stand_in(
        held, person=person, starts_on=tomorrow, until=None, by=world.people["lead"], at=world.now
    )
    assert client.as_(person).get(url(world)).status_code == 200
    closed = client.get(url(world, "team"))
    assert closed.status_code == 403
    assert ASKED in closed.content.decode()
    stand_in.starts_on = timezone.localdate(world.now)
    stand_in.save()
    assert not sees(world)
    declares(world, "other_lead")
    assert sees(world)


@pytest.mark.at_week(0)
def test_declare_interest_asks_nothing_of_the_partnership_and_of_offices(world: World) -> None:
    assert sees(world, "programme_manager")
    assert sees(world, "panel_chair")


# ---------- The deed ----------


@pytest.mark.at_week(0)
def test_declare_interest(world: World) -> None:
    named(world)
    before = record.count()
    declaration = declares(world, "other_lead", SISTER)
    assert (declaration.person, declaration.declared_at) == (world.people["other_lead"], world.now)
    assert declaration.waits
    assert record.count() == before + 1
    assert record.last_sentence() == "Ross Tummel declared an interest."
    run_jobs()
    told = Letter.objects.filter(
        template="inspections/interest_declared", body__contains="Ross Tummel has"
    )
    assert {one.to for one in told} == {
        world.people[key].email for key in ("programme_manager", "service_manager", "lead")
    }
    assert not any(SISTER in one.body + one.subject for one in Letter.objects.all())
    declares(world, "inspector", SISTER)
    undone(lambda: declares(world, "other_lead", "My brother too."))


@pytest.mark.at_week(0)
def test_declare_interest_never_tells_the_decider_of_their_own(world: World) -> None:
    declares(world, "lead", SISTER)
    run_jobs()
    told = Letter.objects.filter(
        template="inspections/interest_declared", body__contains="Isla Dunmore has"
    )
    assert {one.to for one in told} == {
        world.people[key].email for key in ("programme_manager", "service_manager")
    }


@pytest.mark.at_week(0)
def test_declare_interest_twice_is_one(world: World) -> None:
    named(world)
    declares(world, "other_lead", SISTER)
    with pytest.raises(Refused, match="You declared just this on 29 August 2025"):
        declares(world, "other_lead", SISTER)
    assert Declaration.objects.of(world.people["other_lead"]).count() == 1


@pytest.mark.at_week(0)
@pytest.mark.django_db(transaction=True)
def test_declare_interest_by_several_clicks_at_once_is_one(world: World) -> None:
    named(world)
    person = world.people["other_lead"]
    found = at_once(lambda number: declare(world.inspection, person, SISTER, at=world.now))
    assert sum(isinstance(one, Refused) for one in found) == MANY - 1
    assert Declaration.objects.of(person).count() == 1


# ---------- The pages ----------


@pytest.mark.at_week(0)
def test_declare_interest_page(world: World, client: StrictClient) -> None:
    named(world)
    client.as_(world.people["other_lead"])
    home = client.get("/").content.decode()
    assert ASKED in home
    assert f"Glenmarrow, {world.inspection.reference}." in home
    assert url(world, "timetable") not in home

    shown = client.get(url(world)).content.decode()
    assert "strategic inspector" in shown
    assert "NHS Glenmarrow" in shown
    assert "worked for or with one of these agencies in the last five years" in shown

    faults = [
        ({}, "Choose whether you have something to declare."),
        ({"answer": "something", "words": " "}, "Say what it is."),
        ({"answer": "nothing", "words": SISTER}, "You chose that you have nothing to declare"),
    ]
    for typed, sentence in faults:
        answer = client.post(url(world), typed)
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
        assert str(typed.get("words", "")).strip() in answer.content.decode()
    assert not Declaration.objects.of(world.people["other_lead"]).exists()

    done = client.post(url(world), {"answer": "nothing"}, follow=True)
    assert done.redirect_chain == [(world.inspection.get_absolute_url(), 302)]
    assert "Declared. Glenmarrow is open to you." in done.content.decode()
    again = client.post(url(world), {"answer": "nothing"}, follow=True)
    assert again.redirect_chain == [(url(world, "team"), 302)]
    assert "You declared just this on 29 August 2025" in again.content.decode()
    assert ASKED not in client.get("/").content.decode()


@pytest.mark.at_week(0)
def test_declare_interest_page_of_something(world: World, client: StrictClient) -> None:
    named(world)
    client.as_(world.people["other_lead"])
    done = client.post(url(world), {"answer": "something", "words": SISTER}, follow=True)
    shown = done.content.decode()
    assert done.redirect_chain == [(url(world), 302)]
    assert "Declared. Those who decide have been told." in shown
    assert "Waits for a decision" in shown
    assert "My sister is a health visitor" in shown
    assert "What you declared waits for a decision" in client.get("/").content.decode()
    missing = client.get(url(world, "timetable"))
    assert missing.status_code == 403
    assert "What you declared on 29 August 2025 waits for a decision." in missing.content.decode()


@pytest.mark.at_week(4)
@pytest.mark.parametrize(
    ("key", "status"),
    [("inspector", 200), ("coordinator", 403), ("programme_manager", 403), ("other_lead", 404)],
)
def test_declare_interest_page_is_for_the_team(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    assert client.as_(world.people[key]).get(url(world)).status_code == status


@pytest.mark.at_week(4)
def test_whoever_joins_the_team_by_invitation_begins_by_declaring(
    world: World, client: StrictClient
) -> None:
    agency = Agency.objects.get(name="Education Scotland")
    invite(world, role=Role.PARTNER_INSPECTOR, agency=agency)
    link = link_in_the_post()
    joined = client.post(link, {"password": PASSWORD, "again": PASSWORD}, follow=True)
    assert joined.redirect_chain == [(url(world), 302)]
    assert ASKED in joined.content.decode()
    assert client.get(link, follow=True).redirect_chain == [(url(world), 302)]


# ---------- Nothing opens before ----------

DOORS = (
    "inspections:timetable", "inspections:timetable-ics", "inspections:timetable-csv", "inspections:team",
    "inspections:letters", "inspections:log", "inspections:declarations", "workspace:overview",
    "evaluations:self-evaluation", "evaluations:receipt", "evaluations:evidence", "evaluations:evidence-coverage",
    "evaluations:record-evidence", "evaluations:evaluations", "reports:report",
)  # fmt: skip


@pytest.mark.at_week(14)
def test_nothing_opens_to_somebody_who_has_not_declared(world: World, client: StrictClient) -> None:
    named(world)
    person = world.people["other_lead"]
    client.as_(person)
    for name in DOORS:
        assert set(addresses.named()[name].parts) == {"reference"}
        answer = client.get(reverse(name, args=[world.inspection.reference]))
        assert answer.status_code == 403, name
        assert f"You are named on the team of {world.inspection}." in answer.content.decode()
        assert url(world) in answer.content.decode()
    export = reverse("evaluations:export-evidence", args=[world.inspection.reference, "csv"])
    assert client.get(export).status_code == 403
    for holder, number in (
        ("inspections.inspection", str(world.inspection.pk)),
        ("evaluations.selfevaluation", world.inspection.reference),
        ("evaluations.receipt", world.inspection.reference),
    ):
        assert not Place(holder, number).may_see(person), holder
    assert not permissions.roles_of(person, world.inspection)
    assert not permissions.can_see_who_is_free(person)
    for other in ("/programme/", "/about/help/"):
        assert url(world, "team") not in client.get(other).content.decode()


@pytest.mark.at_week(14)
def test_a_support_officer_keeps_no_days_away_before_they_declare(world: World) -> None:
    held = Membership.objects.get(inspection=world.inspection, role=Role.SUPPORT_OFFICER)
    hand_over_office(held, to=world.people["other_lead"], by=world.people["lead"], at=world.now)
    person, of = world.people["other_lead"], world.people["inspector"]
    assert not permissions.can_record_leave(person, of)
    assert not permissions.roles_beside(person, of)
    declares(world, "other_lead")
    assert permissions.can_record_leave(person, of)
    assert permissions.roles_beside(person, of)


@pytest.mark.at_week(0)
def test_whoever_has_not_declared_is_counted_and_written_to(world: World) -> None:
    held = Membership.objects.get(inspection=world.inspection, role=Role.DEPUTE)
    hand_over_office(held, to=world.people["other_lead"], by=world.people["lead"], at=world.now)
    assert queries.holders_of(world.inspection, Role.DEPUTE) == [world.people["other_lead"]]
    unmet = [line.need.who for line in rules.checklist(world.inspection) if not line.met]
    assert not any("epute" in who for who in unmet)


@pytest.mark.at_week(0)
def test_the_deed_itself_refuses_somebody_who_is_not_of_the_team(world: World) -> None:
    with pytest.raises(Refused, match="Only people of the inspection team"):
        declare_interest(
            world.inspection,
            answer=NOTHING,
            words="",
            by=world.people["other_lead"],
            at=world.now,
        )


def test_home_of_whoever_waits_for_a_decision_names_whom_to_ask(
    world: World, client: StrictClient
) -> None:
    named(world)
    client.as_(world.people["other_lead"])
    client.post(url(world), {"answer": SOMETHING.value, "words": SISTER})
    officer = world.people["support_officer"]
    home = client.get("/").content.decode()
    assert "You need do nothing." in home
    assert f"Questions: {officer.name}, {officer.telephone}, {officer.email}." in home


def test_declare_interest_page_leads_with_what_happens_now(
    world: World, client: StrictClient
) -> None:
    """Whoever has declared something has nothing to do; the form is folded away, and open where it has a fault."""
    named(world)
    client.as_(world.people["other_lead"])
    before = client.get(url(world)).content.decode()
    assert "Your aunt works as a social worker in Glenmarrow." in before
    assert "Declare anew" not in before
    client.post(url(world), {"answer": SOMETHING.value, "words": SISTER})
    page = client.get(url(world)).content.decode()
    assert "You need do nothing." in page
    assert (
        '<details class="ds_details app-gap"><summary class="ds_details__summary">Declare anew'
        in page
    )
    fault = client.post(url(world), {"answer": SOMETHING.value}).content.decode()
    assert '<details class="ds_details app-gap" open>' in fault
