"""Adding to a concern, deciding on it, confirming and closing it: by whom, when, and once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from audit.models import Event
from audit.narrate import narrate
from concerns.actions.concerns import (
    acknowledge_concern,
    add_to_concern,
    close_concern,
    decide_concern,
)
from concerns.enums import ConcernState, Referral
from concerns.models import Concern, ConcernDecision, ConcernNote
from core.models import Letter
from core.verdicts import Refused
from inspections.actions.team import end_team_member
from inspections.models import Membership, StandIn
from tests.client import StrictClient
from tests.concerns.raised import ADDED, CASE, REASON, acknowledged, decided, raised
from tests.jobs import run_jobs
from workspace.example import cast
from workspace.example.world import World

pytestmark = pytest.mark.at_week(14)
EVERYBODY = [person.key for person in cast.EVERYBODY]
RECEIVE = {"concerns_lead", "participation_coordinator"}  # the holder, and who stands in


def _url(world: World, deed: str, concern: Concern) -> str:
    return reverse(f"concerns:{deed}", args=[world.inspection.reference, concern.number])


def _add(world: World, concern: Concern, by: str, token: object = None) -> object:
    return add_to_concern(
        concern, words=ADDED, form_token=token or uuid4(), by=world.people[by], at=world.now
    )


# ---------- Adding ----------


@pytest.mark.parametrize("key", EVERYBODY)
def test_add_to_concern_is_for_whoever_raised_it(world: World, key: str) -> None:
    concern = raised(world, by="police_inspector")
    if key == "police_inspector":
        _add(world, concern, key)
        return
    with pytest.raises(Refused, match=r"Only (whoever raised C-002 adds to it|the inspectors)"):
        _add(world, concern, key)


def test_add_to_concern_edits_nothing_and_counts_once(world: World) -> None:
    concern, token = raised(world), uuid4()
    assert _add(world, concern, "inspector", token) == _add(world, concern, "inspector", token)
    now = Concern.objects.get(pk=concern.pk)
    assert (now.words, now.version, now.notes.count()) == (concern.words, 2, 1)
    assert narrate(Event.objects.newest_first()[0]) == "Ewan Sleat added words to concern C-002."


def test_add_to_concern_ends_with_the_concern(world: World) -> None:
    concern = raised(world)
    decided(world, concern, Referral.NOT)
    with pytest.raises(
        Refused, match=r"C-002 has ended\. Raise what is new as a concern of its own"
    ):
        _add(world, concern, "inspector")


def test_add_to_concern_on_the_page(world: World, client: StrictClient) -> None:
    concern = raised(world)
    client.as_(world.people["inspector"])
    url = _url(world, "add-to-concern", concern)
    assert "Write what you add." in client.post(url, {"words": " "}).content.decode()
    sent = {"words": ADDED, "form_token": str(uuid4())}
    assert "Your words are added." in client.post(url, sent, follow=True).content.decode()
    assert "are added already" in client.post(url, sent, follow=True).content.decode()
    for _ in range(2):  # back, more words, and a double click
        client.post(url, sent | {"words": f"{ADDED} Again today."})
    assert list(concern.notes.values_list("words", flat=True)) == [ADDED, f"{ADDED} Again today."]


# ---------- Deciding ----------


@pytest.mark.parametrize("key", EVERYBODY)
def test_decide_concern_is_for_the_inspection_lead_alone(world: World, key: str) -> None:
    concern = raised(world)
    if key == "lead":
        assert decided(world, concern).state == ConcernState.REFERRED
        return
    with pytest.raises(Refused, match="Only the inspection lead decides"):
        decide_concern(
            concern,
            referral=Referral.REFER,
            reason=REASON,
            based_on=1,
            by=world.people[key],
            at=world.now,
        )


@pytest.mark.parametrize("referral", list(Referral))
def test_decide_concern_is_final(world: World, client: StrictClient, referral: Referral) -> None:
    concern = decided(world, raised(world), referral)
    before = ConcernDecision.objects.values().get(concern=concern)
    with pytest.raises(Refused, match=r"Isla Dunmore decided on C-002 on .*\. A decision is final"):
        decided(world, concern, Referral.NOT)

    client.as_(world.people["lead"])
    sent = {"referral": "not", "reason": "Another.", "based_on": concern.version}
    page = client.post(_url(world, "decide-concern", concern), sent, follow=True)
    assert "A decision is final." in page.content.decode()
    assert ConcernDecision.objects.values().get(concern=concern) == before


def test_decide_concern_tells_whom_it_concerns(world: World) -> None:
    concern = raised(world)
    run_jobs()
    before = set(Letter.objects.values_list("pk", flat=True))
    decided(world, concern)
    run_jobs()
    told = dict(Letter.objects.exclude(pk__in=before).values_list("to", "subject"))
    assert told == {
        world.people["inspector"].email: "Glenmarrow: a concern of yours is decided on",
        world.people["concerns_lead"].email: "Glenmarrow: a concern waits for you",
        world.people["participation_coordinator"].email: "Glenmarrow: a concern waits for you",
    }


def test_decide_concern_not_to_refer_tells_the_partnership_nothing(world: World) -> None:
    concern = raised(world)
    run_jobs()
    before = set(Letter.objects.values_list("pk", flat=True))
    decided(world, concern, Referral.NOT)
    run_jobs()
    told = Letter.objects.exclude(pk__in=before).values_list("to", flat=True)
    assert list(told) == [world.people["inspector"].email]


def test_decide_concern_shows_words_that_were_added_meanwhile(
    world: World, client: StrictClient
) -> None:
    concern = raised(world)
    client.as_(world.people["lead"])
    url = _url(world, "decide-concern", concern)
    sent = {"referral": "refer", "reason": REASON, "based_on": concern.version}
    _add(world, concern, "inspector")

    page = client.post(url, sent).content.decode()
    assert "Words were added to this concern after you opened this page." in page
    assert ADDED in page
    assert REASON in page
    again = client.post(url, sent | {"based_on": concern.version + 1}, follow=True)
    assert "C-002 is decided." in again.content.decode()


def test_decide_concern_refers_to_nobody_where_nobody_is_named(world: World) -> None:
    """R16: there is somebody to refer it to."""
    StandIn.objects.get()
    part = Membership.objects.get(inspection=world.inspection, person=world.people["concerns_lead"])
    end_team_member(part, by=world.people["lead"], at=world.now)
    concern = raised(world)
    with pytest.raises(Refused) as refusal:
        decided(world, concern)
    assert refusal.value.verdict.source == "R16"
    assert decided(world, concern, Referral.NOT).state == ConcernState.NOT_REFERRED


def test_decide_concern_says_what_is_missing(world: World, client: StrictClient) -> None:
    concern = raised(world)
    client.as_(world.people["lead"])
    page = client.post(_url(world, "decide-concern", concern), {"based_on": "x"}).content.decode()
    assert "Choose whether the concern is referred." in page
    assert "Write why. The decision and its reason cannot be changed." in page


# ---------- Confirming ----------


@pytest.mark.parametrize("key", EVERYBODY)
def test_acknowledge_concern_is_for_whoever_receives_it(world: World, key: str) -> None:
    concern = decided(world, raised(world))
    if key in RECEIVE:
        found = acknowledge_concern(concern, by=world.people[key], at=world.now)
        assert found.state == ConcernState.ACKNOWLEDGED
        return
    with pytest.raises(Refused, match="lead for concerns confirms that a concern has arrived"):
        acknowledge_concern(concern, by=world.people[key], at=world.now)


def test_acknowledge_concern_twice_is_done_once(world: World, client: StrictClient) -> None:
    concern = decided(world, raised(world))
    client.as_(world.people["concerns_lead"])
    url = _url(world, "acknowledge-concern", concern)
    assert "You have confirmed C-002." in client.post(url, follow=True).content.decode()
    assert "Ailsa Corran confirmed C-002 on" in client.post(url, follow=True).content.decode()
    assert Event.objects.filter(name="concerns.concern_acknowledged").count() == 2


def test_acknowledge_concern_that_is_not_referred_is_refused(
    world: World, client: StrictClient
) -> None:
    concern = raised(world)
    with pytest.raises(Refused, match="C-002 was not referred"):
        acknowledge_concern(concern, by=world.people["concerns_lead"], at=world.now)
    client.as_(world.people["concerns_lead"])
    assert client.post(_url(world, "acknowledge-concern", concern)).status_code == 403


# ---------- Closing ----------


@pytest.mark.parametrize("key", EVERYBODY)
def test_close_concern_is_for_the_lead_and_whoever_receives_it(world: World, key: str) -> None:
    concern = acknowledged(world, raised(world))
    if key in {*RECEIVE, "lead"}:
        found = close_concern(concern, case_reference=CASE, by=world.people[key], at=world.now)
        assert (found.state, found.closed_by) == (ConcernState.CLOSED, world.people[key])
        return
    with pytest.raises(Refused, match="or the inspection lead closes a concern"):
        close_concern(concern, case_reference=CASE, by=world.people[key], at=world.now)


def test_close_concern_on_the_page(world: World, client: StrictClient) -> None:
    concern = acknowledged(world, raised(world))
    client.as_(world.people["concerns_lead"])
    url = _url(world, "close-concern", concern)
    page = client.post(url, {"case_reference": ""}).content.decode()
    assert "Write the reference of the case on the local system." in page
    sent = {"case_reference": CASE}
    assert "C-002 is closed." in client.post(url, sent, follow=True).content.decode()
    assert "Ailsa Corran closed C-002 on" in client.post(url, sent, follow=True).content.decode()


@pytest.mark.parametrize("stand", [ConcernState.RAISED, ConcernState.REFERRED])
def test_close_concern_waits_until_it_has_arrived(world: World, stand: ConcernState) -> None:
    concern = raised(world)
    if stand == ConcernState.REFERRED:
        decided(world, concern)
    with pytest.raises(Refused, match="closed once the partnership's lead for concerns has conf"):
        close_concern(concern, case_reference=CASE, by=world.people["lead"], at=world.now)


# ---------- What stands ----------


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (Concern, {"words": "Another."}),
        (Concern, {"is_immediate": True}),
        (ConcernNote, {"words": "Another."}),
        (ConcernDecision, {"reason": "Another."}),
        (ConcernDecision, {"referral": Referral.NOT}),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else next(iter(one)),
)
def test_the_database_refuses_to_change_what_was_said_and_decided(
    world: World, model: Any, changed: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=r"never changed\."), transaction.atomic():
        model.objects.update(**changed)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL replaces by an update")
@pytest.mark.parametrize("model", [Concern, ConcernNote, ConcernDecision])
@pytest.mark.parametrize("column", ["id", "another"])
def test_the_database_refuses_to_replace_what_was_said_and_decided(
    world: World, model: Any, column: str
) -> None:
    """Neither in its own place nor by a row of another number that takes it."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    number = "id" if column == "id" else "id + 1000"
    with (
        pytest.raises(IntegrityError, match=r"never changed\."),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT OR REPLACE INTO {table} (id, {', '.join(columns)}) "
            f"SELECT {number}, {', '.join(columns)} FROM {table}"
        )
