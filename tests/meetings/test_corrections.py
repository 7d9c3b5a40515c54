"""What was recorded wrongly is corrected or withdrawn until both sides have confirmed it; what it said before is kept."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from core.verdicts import Refused
from meetings import permissions, queries, rules
from meetings.actions.decisions import (
    add_decision,
    change_decision,
    complete_decision,
    withdraw_decision,
)
from meetings.actions.differences import keep_difference, withdraw_difference
from meetings.actions.record import (
    Typed,
    confirm_meeting_record,
    propose_meeting_record,
    record_attendance,
    write_meeting_record,
)
from meetings.enums import Side
from meetings.models import Decision, Difference, Meeting
from tests.client import StrictClient
from tests.meetings.places import at, said, the
from workspace.example.world import World

KEY = "emerging_themes"
WORDS, BETTER = "Show the duty log of three months", "Show the duty log of six months"
REASON = "It was wished for, and not decided"
the_day = pytest.mark.at_week(14, weekday=2)


def add(world: World, *, person: str = "chief_officer") -> Decision:
    return add_decision(
        the(world, KEY),
        words=WORDS,
        person=world.people[person],
        due_on=world.day(15, 4),
        by=world.people["lead"],
        at=world.now,
    )


def change(world: World, decision: Decision, **other: Any) -> Decision:
    stands = {"words": WORDS, "person": world.people["chief_officer"], "due_on": world.day(15, 4)}
    return change_decision(decision, **stands | other, by=world.people["lead"], at=world.now)


def recorded(world: World) -> Meeting:
    """Its record is written, and both sides are asked to confirm it."""
    meeting, lead = the(world, KEY), world.people["lead"]
    texts = {
        item.pk: Typed(f"About {item.words}", item.version) for item in meeting.agenda.shared()
    }
    record_attendance(
        meeting, people={Side.TEAM: [lead]}, others={}, based_on=0, by=lead, at=world.now
    )
    write_meeting_record(meeting, texts=texts, by=lead, at=world.now)
    return propose_meeting_record(the(world, KEY), by=lead, at=world.now)


def differs(world: World) -> Difference:
    return keep_difference(
        the(world, KEY),
        item=None,
        words="We see it otherwise.",
        by=world.people["coordinator"],
        at=world.now,
    )


# ---------- A decision ----------


@the_day
def test_change_decision_keeps_what_it_said_and_makes_the_next_version(world: World) -> None:
    recorded(world)
    decision = add(world)
    before = the(world, KEY).record_version
    confirm_meeting_record(
        the(world, KEY), version=before, by=world.people["coordinator"], at=world.now
    )
    changed = change(world, decision, words=BETTER, person=world.people["coordinator"])
    assert (changed.words, changed.person) == (BETTER, world.people["coordinator"])
    assert {one.words for one in decision.history.all()} == {WORDS, BETTER}
    assert the(world, KEY).record_version == before + 1
    assert not queries.confirmations_of(the(world, KEY))
    event = Event.objects.last()
    assert event is not None
    assert event.name == "meetings.decision_changed"
    assert BETTER not in str(event.details)
    assert "cleared what the partnership had confirmed" in str(event.details)


@the_day
def test_change_decision_to_the_same_is_not_recorded(world: World) -> None:
    decision = add(world)
    before = Event.objects.count()
    change(world, decision)
    assert Event.objects.count() == before
    assert decision.history.count() == 1


@the_day
@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"due_on": (14, 1)}, "choose that day or a later one"),
        ({"person": "volunteer"}, "Choose somebody who works on the inspection of Glenmarrow"),
    ],
)
def test_change_decision_asks_what_adding_asks(
    world: World, other: dict[str, Any], sentence: str
) -> None:
    decision = add(world)
    given = {
        "due_on": lambda value: world.day(*value),
        "person": lambda value: world.people[value],
    }
    typed = {key: given[key](value) for key, value in other.items()}
    with pytest.raises(Refused, match=sentence):
        change(world, decision, **typed)


@the_day
def test_change_decision_of_somebody_who_has_gone_leaves_it_with_them(world: World) -> None:
    """A slip of the pen is put right without finding somebody else first."""
    decision = add(world)
    world.inspection.memberships.filter(person=decision.person).update(
        ended_at=world.now, ended_by=world.people["lead"]
    )
    assert change(world, decision, words=BETTER).words == BETTER


@the_day
def test_may_change_decision_and_may_withdraw_decision(world: World) -> None:
    for rule in (rules.may_change_decision, rules.may_withdraw_decision):
        decision = add(world)
        assert rule(decision)
        complete_decision(decision, by=world.people["lead"], at=world.now)
        decision.refresh_from_db()
        assert "so it stays as it was done" in rule(decision).sentence
        decision.delete()
    withdrawn = withdraw_decision(add(world), reason=REASON, by=world.people["lead"], at=world.now)
    assert "This decision was withdrawn on" in rules.may_change_decision(withdrawn).sentence
    assert "This decision was withdrawn on" in rules.may_complete_decision(withdrawn).sentence
    assert not rules.stands(withdrawn)
    recorded(world)
    decision = add(world)
    for who in ("lead", "coordinator"):
        meeting = the(world, KEY)
        confirm_meeting_record(
            meeting, version=meeting.record_version, by=world.people[who], at=world.now
        )
    decision.meeting = the(world, KEY)
    assert "Bring what turned out since to the next meeting" in (
        rules.may_change_decision(decision).sentence
    )


@the_day
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", True),
        ("depute", True),
        ("support_officer", True),
        ("coordinator", False),
        ("chief_officer", False),
        ("inspector", False),
    ],
)
def test_can_change_decision_and_can_withdraw_decision(world: World, who: str, may: bool) -> None:
    decision = add(world)
    assert bool(permissions.can_change_decision(world.people[who], decision)) is may
    assert bool(permissions.can_withdraw_decision(world.people[who], decision)) is may


@the_day
def test_withdraw_decision_takes_it_from_the_record_and_from_the_home(
    world: World, client: StrictClient
) -> None:
    recorded(world)
    decision = add(world)
    assert WORDS in said(client.as_(world.people["chief_officer"]).get("/"))
    assert WORDS in said(client.get(at(world, "meeting-record", KEY)))
    withdraw_decision(decision, reason=REASON, by=world.people["lead"], at=world.now)
    assert WORDS not in said(client.get("/"))
    assert WORDS not in said(client.get(at(world, "meeting-record", KEY)))
    assert REASON not in said(client.get(at(world, "meeting", KEY)))
    team = said(client.as_(world.people["lead"]).get(at(world, "meeting", KEY)))
    assert REASON in team and "Withdrawn" in team
    with pytest.raises(Refused, match="was withdrawn on"):
        complete_decision(decision, by=world.people["lead"], at=world.now)
    assert add(world).pk != decision.pk


@the_day
def test_change_decision_page(world: World, client: StrictClient) -> None:
    decision = add(world)
    url = at(world, "change-decision", KEY, decision=decision.pk)
    client.as_(world.people["lead"])
    assert WORDS in said(client.get(url))
    form = {
        "words": BETTER,
        "person": str(decision.person_id),
        "due_on": f"{decision.due_on:%d/%m/%Y}",
    }
    early = client.post(url, form | {"due_on": f"{world.day(13, 4):%d/%m/%Y}"})
    assert "choose that day or a later one" in said(early) and BETTER in said(early)
    assert client.post(url, form).url == at(world, "meeting", KEY)
    assert BETTER in said(client.get(at(world, "meeting", KEY)))
    assert client.as_(world.people["coordinator"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


@the_day
def test_withdraw_decision_page(world: World, client: StrictClient) -> None:
    url = at(world, "withdraw-decision", KEY, decision=add(world).pk)
    client.as_(world.people["lead"])
    assert WORDS in said(client.get(url))
    assert "Write why it is withdrawn." in said(client.post(url, {"reason": ""}))
    assert client.post(url, {"reason": REASON}).url == at(world, "meeting", KEY)
    assert "was withdrawn on" in said(client.post(url, {"reason": REASON}, follow=True))
    assert client.as_(world.people["coordinator"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


# ---------- A difference ----------


@the_day
def test_withdraw_difference_by_the_side_that_said_it(world: World) -> None:
    recorded(world)
    difference = differs(world)
    for who in ("lead", "depute"):
        with pytest.raises(Refused, match="The partnership said this, and withdraws it itself"):
            withdraw_difference(difference, by=world.people[who], at=world.now)
    before = the(world, KEY).record_version
    withdraw_difference(difference, by=world.people["coordinator"], at=world.now)
    assert the(world, KEY).record_version == before + 1
    assert not the(world, KEY).differences.in_force().exists()
    assert the(world, KEY).differences.exists()
    with pytest.raises(Refused, match="already"):
        withdraw_difference(difference, by=world.people["coordinator"], at=world.now)


@the_day
def test_may_withdraw_difference(world: World) -> None:
    recorded(world)
    difference = differs(world)
    assert rules.may_withdraw_difference(difference, side=Side.PARTNERSHIP)
    assert not rules.may_withdraw_difference(difference, side=Side.TEAM)


@the_day
@pytest.mark.parametrize(
    ("who", "may"), [("coordinator", True), ("chief_officer", False), ("lead", False)]
)
def test_can_withdraw_difference(world: World, who: str, may: bool) -> None:
    recorded(world)
    difference = differs(world)
    assert bool(permissions.can_withdraw_difference(world.people[who], difference)) is may


@the_day
def test_withdraw_difference_button(world: World, client: StrictClient) -> None:
    recorded(world)
    difference = differs(world)
    url = at(world, "withdraw-difference", KEY, difference=difference.pk)
    assert client.as_(world.people["lead"]).post(url).status_code == 403
    assert "Withdraw it" not in said(client.get(at(world, "meeting-record", KEY)))
    client.as_(world.people["coordinator"])
    assert "Withdraw it" in said(client.get(at(world, "meeting-record", KEY)))
    assert client.post(url).url == at(world, "meeting-record", KEY)
    assert "already" in said(client.post(url, follow=True))
    assert "We see it otherwise." not in said(client.get(at(world, "meeting-record", KEY)))
    assert client.as_(world.people["other_coordinator"]).post(url).status_code == 404


# ---------- Versions ----------


@the_day
def test_record_versions_say_what_each_said_and_the_partnership_no_draft(world: World) -> None:
    meeting = recorded(world)
    drafts = the(world, KEY).record_version
    decision = add(world)
    change(world, decision, words=BETTER)
    team = queries.record_versions(the(world, KEY), all_of_them=True)
    assert [one.number for one in team] == list(range(drafts + 2, 0, -1))
    assert BETTER in team[0].fields["Decisions"]
    assert WORDS in team[1].fields["Decisions"]
    assert world.people["lead"].name_and_designation in team[0].fields["Who was there"]
    partnership = queries.record_versions(the(world, KEY), all_of_them=False)
    assert [one.number for one in partnership] == [drafts + 2, drafts + 1, drafts]
    internal = [item.words for item in meeting.agenda.all() if item.is_internal]
    assert all(words not in str(one.fields) for words in internal for one in team)
    assert queries.record_version_of(meeting) == drafts + 2
    assert dict(queries.record_words(the(world, KEY))) == team[0].fields


@the_day
def test_record_versions_page(world: World, client: StrictClient) -> None:
    recorded(world)
    change(world, add(world), words=BETTER)
    url = at(world, "meeting-record-versions", KEY)
    for who in ("lead", "coordinator"):
        page = said(client.as_(world.people[who]).get(url))
        assert "Earlier versions of the record of M2 Emerging themes" in page
        assert "six" in page
    assert client.as_(world.people["health_contributor"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


@the_day
def test_a_record_that_changed_before_it_was_confirmed_shows_what_changed(
    world: World, client: StrictClient
) -> None:
    recorded(world)
    client.as_(world.people["coordinator"])
    read = the(world, KEY).record_version
    add(world)
    typed = {"version": read, "has_read": "on"}
    page = client.post(at(world, "confirm-meeting-record", KEY), typed, follow=True)
    assert "Nothing was confirmed: what changed stands below." in said(page)
    assert WORDS in said(page)
    assert page.redirect_chain[-1][0].endswith(f"versions/?older={read}&newer={read + 1}")
    assert not queries.confirmations_of(the(world, KEY))
