"""Planning, changing and cancelling a session: the rules one by one, the deeds, their pages, and two who meet."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from audit.models import Event
from audit.narrate import narrate
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from inspections.actions.leave import record_leave
from inspections.actions.team import end_team_member
from inspections.models import Inspection
from onsite import permissions, queries, rules
from onsite.actions.sessions import cancel_session, change_session, plan_session
from onsite.enums import SessionKind
from onsite.models import Session
from onsite.queries import Plan
from tests.at_once import MANY, at_once
from tests.client import StrictClient
from tests.onsite.places import a_plan, at, new_room, planned, room, said, the, typed
from workspace.example import sessions as story
from workspace.example.world import World

pytestmark = [pytest.mark.at_week(11)]


def _change(session: Session, plan: Plan, world: World, *, based_on: int | None = None) -> Session:
    return change_session(
        session,
        plan=plan,
        based_on=session.version if based_on is None else based_on,
        by=world.people["support_officer"],
        at=world.now,
    )


# ---------- The rules ----------


@pytest.mark.parametrize(
    ("day", "on", "sentence"),
    [
        (8, 0, ""),
        (11, 0, "There is no day 11 on site: the inspection has ten days there."),
        (0, 0, "There is no day 0 on site"),
        (8, 1, "which has gone by. Choose a later one."),
    ],
)
def test_is_a_day_to_come(world: World, day: int, on: int, sentence: str) -> None:
    days = queries.days_of(world.inspection)
    verdict = rules.is_a_day_to_come(days, day=day, on=days[8].date + timedelta(days=on))
    assert bool(verdict) is not bool(sentence)
    assert sentence in verdict.sentence


@pytest.mark.parametrize(
    ("begins", "ends", "about", "sentence"),
    [
        (time(7), time(21), "", ""),
        (time(10), time(10), "ends", "which is not after 10:00"),
        (time(11), time(10), "ends", "It would end at 10:00"),
        (time(6, 59), time(10), "begins", "No session begins before 07:00."),
        (time(20), time(21, 1), "ends", "No session ends after 21:00."),
    ],
)
def test_hours_hold(begins: time, ends: time, about: str, sentence: str) -> None:
    verdict = rules.hours_hold(begins, ends)
    assert (bool(verdict), verdict.about) == (not sentence, about)
    assert sentence in verdict.sentence


def test_is_somewhere(world: World) -> None:
    assert rules.is_somewhere(a_plan(world), world.inspection)
    for kind in SessionKind:
        nowhere = rules.is_somewhere(a_plan(world, room=None, kind=kind), world.inspection)
        assert bool(nowhere) is (kind in (SessionKind.TEAM, SessionKind.TRAVEL)), kind
    other = room(world)
    other.inspection_id = 0
    assert "Choose one of the rooms of this inspection" in str(
        rules.is_somewhere(a_plan(world, room=other), world.inspection)
    )


@pytest.mark.parametrize(
    ("begins", "ends", "free"),
    [
        (time(9), time(10), True),
        (time(9), time(10, 1), False),
        (time(10), time(11), False),
        (time(10, 20), time(10, 40), False),
        (time(8), time(12), False),
        (time(11), time(12), True),
    ],
)
def test_room_and_people_are_in_one_session_at_a_time(
    world: World, begins: time, ends: time, free: bool
) -> None:
    planned(world)
    here = queries.planned_on(world.inspection, 8)
    somebody_else = a_plan(world, begins=begins, ends=ends, people=("depute",))
    verdict = rules.room_is_free(somebody_else, here)
    assert bool(verdict) is free
    elsewhere = a_plan(
        world,
        begins=begins,
        ends=ends,
        room=new_room(world, "Next door", address=story.HEADQUARTERS),
    )
    assert bool(rules.people_are_free(elsewhere, here)) is free
    assert rules.people_are_free(somebody_else, here)
    assert rules.room_is_free(elsewhere, here)
    if not free:
        assert "is taken from 10:00 to 11:00 that day by “Interview with a head teacher”" in str(
            verdict
        )
        assert "Ewan Sleat is at “Interview with a head teacher”" in str(
            rules.people_are_free(elsewhere, here)
        )


@pytest.mark.parametrize(
    ("begins", "ends", "free"),
    [
        (time(11, 30), time(12), True),
        (time(11, 29), time(12), False),
        (time(9), time(9, 30), True),
        (time(9), time(9, 31), False),
    ],
)
def test_people_have_the_time_for_the_way(
    world: World, begins: time, ends: time, free: bool
) -> None:
    """Ten minutes from the base to the one, twenty to the other: thirty between them."""
    planned(world, room=new_room(world, "School", minutes=10))
    far = new_room(world, "Clinic", minutes=20)
    verdict = rules.people_are_free(
        a_plan(world, begins=begins, ends=ends, room=far), queries.planned_on(world.inspection, 8)
    )
    assert bool(verdict) is free
    if not free:
        assert "and the way to Clinic takes 30 minutes: there are 29 between." in str(verdict)


def test_the_way_is_the_same_both_ways_and_none_within_one_address(world: World) -> None:
    one, other = new_room(world, "School", minutes=10), new_room(world, "Clinic", minutes=20)
    assert one.minutes_to(other) == other.minutes_to(one) == 30
    upstairs = new_room(world, "School, upstairs", minutes=12, address="  school, EXAMPLE Square ")
    assert one.minutes_to(upstairs) == one.minutes_to(one) == 0


def test_travel_fills_the_way_between_two_rooms(world: World) -> None:
    planned(world)
    planned(
        world,
        kind=SessionKind.TRAVEL,
        title="To Kirkmuir",
        room=None,
        begins=time(11),
        ends=time(11, 25),
    )
    assert planned(
        world, room=room(world, story.HEALTH), begins=time(11, 25), ends=time(12), title="There"
    )


def test_everybody_is_there(world: World) -> None:
    there, day = queries.presence(world.inspection), queries.days_of(world.inspection)[8].date
    assert rules.everybody_is_there(a_plan(world), there, on=day)
    assert "Morag Finlas has no part in the team on" in str(
        rules.everybody_is_there(a_plan(world, people=("coordinator",)), there, on=day)
    )
    volunteer = a_plan(world, people=("lead", "volunteer"))
    assert rules.everybody_is_there(volunteer, there, on=day)
    late = rules.everybody_is_there(volunteer, there, on=world.day(41, 0))
    assert "Skye Maree has no part in the team on Monday" in str(late)


def test_everybody_is_there_but_whoever_is_away(world: World) -> None:
    person, day = world.people["inspector"], queries.days_of(world.inspection)[8].date
    record_leave(person, starts_on=day, ends_on=day, words="", by=person, at=world.now)
    with pytest.raises(
        Refused, match=r"Ewan Sleat is away on .*Choose another day, or somebody else"
    ):
        planned(world)
    assert planned(world, day=9)


def test_everybody_is_there_but_whoever_has_left_the_team(world: World) -> None:
    member = world.inspection.memberships.get(person=world.people["inspector"])
    end_team_member(member, by=world.people["lead"], at=world.now)
    with pytest.raises(Refused, match="Ewan Sleat has no part in the team"):
        planned(world)


def test_volunteers_are_not_alone(world: World) -> None:
    there = queries.presence(world.inspection)
    assert not rules.volunteers_are_not_alone(a_plan(world, people=("volunteer",)), there)
    assert rules.volunteers_are_not_alone(
        a_plan(world, people=("volunteer", "participation_lead")), there
    )
    with pytest.raises(Refused, match="A young inspection volunteer is not on their own"):
        planned(world, people=("volunteer",))


def test_may_plan_session(world: World) -> None:
    last = max(day.date for day in queries.days_of(world.inspection).values())
    assert rules.may_plan_session(world.inspection, on=last)
    late = rules.may_plan_session(world.inspection, on=last + timedelta(days=1))
    assert "The last day on site was" in str(late)
    assert "has no days on site yet" in str(rules.may_plan_session(_without_steps(world), on=last))


def _without_steps(world: World) -> Inspection:
    world.inspection.steps.update(days=[])
    return world.inspection


def test_may_change_and_cancel_session_until_its_day_has_gone_by(world: World) -> None:
    session, day = the(world), queries.days_of(world.inspection)[7].date
    for may in (rules.may_change_session, rules.may_cancel_session):
        assert may(session, on=day)
        assert "has gone by, so it stays" in str(may(session, on=day + timedelta(days=1)))
    cancelled = cancel_session(session, reason="Ill", by=world.people["lead"], at=world.now)
    for may in (rules.may_change_session, rules.may_cancel_session):
        assert "was cancelled on" in str(may(cancelled, on=day))


@pytest.mark.parametrize(
    ("who", "may", "without"),
    [
        ("lead", True, True),
        ("depute", True, True),
        ("support_officer", True, True),
        ("participation_lead", True, False),
        ("inspector", False, False),
        ("associate", False, False),
        ("volunteer", False, False),
        ("service_manager", False, False),
        ("programme_manager", False, False),
        ("coordinator", False, False),
    ],
)
def test_can_plan_session(world: World, who: str, may: bool, without: bool) -> None:
    person, on = world.people[who], world.now.date()
    people = [world.people["lead"]]
    assert bool(permissions.can_plan_session(person, world.inspection, on=on)) is may
    assert bool(permissions.can_add_room(person, world.inspection, on=on)) is may
    assert bool(permissions.can_change_room(person, room(world), on=on)) is may
    assert bool(permissions.can_plan_with(person, world.inspection, people)) is without
    assert bool(permissions.can_change_session(person, the(world), on=on)) is (may and without)
    assert bool(permissions.can_cancel_session(person, the(world), on=on)) is (may and without)
    theirs = the(world, "Young people who have left care")
    assert bool(permissions.can_change_session(person, theirs, on=on)) is may


# ---------- The deeds ----------


def test_plan_session_is_on_record_without_what_it_is_about(world: World) -> None:
    session = planned(world, people=("inspector", "depute"))
    assert [one.name for one in session.people] == ["Ewan Sleat", "Hamish Torrin"]
    assert session.lead == world.people["inspector"]
    event = Event.objects.last()
    assert event is not None
    assert "planned a session on site: day 8, Wednesday" in narrate(event)
    assert "10:00 to 11:00" in narrate(event)
    assert "head teacher" not in str(event.details)


def test_plan_session_twice_is_one(world: World) -> None:
    first, events = planned(world), Event.objects.count()
    assert planned(world) == first
    assert Event.objects.count() == events


def test_plan_session_that_clashes_leaves_nothing(world: World) -> None:
    planned(world)
    before = Session.objects.count(), Event.objects.count()
    with pytest.raises(Refused, match="is taken from 10:00 to 11:00"):
        planned(world, people=("depute",))
    with pytest.raises(Refused, match="Only the inspection lead, the depute"):
        planned(world, by="inspector", day=9)
    with pytest.raises(Refused, match="without a young inspection volunteer"):
        planned(world, by="participation_lead", day=9)
    assert (Session.objects.count(), Event.objects.count()) == before
    assert planned(world, by="participation_lead", day=9, people=("lead", "volunteer"))


@pytest.mark.django_db(transaction=True)
def test_plan_session_by_six_at_once_in_one_room_is_one_and_five_are_told(world: World) -> None:
    found = at_once(lambda number: planned(world, title=f"Session {number}"))

    assert len([one for one in found if isinstance(one, Session)]) == 1
    told = [one for one in found if isinstance(one, Refused)]
    assert len(told) == MANY - 1, found
    assert all("is taken from 10:00 to 11:00 that day by “Session" in str(one) for one in told)
    assert world.inspection.sessions.filter(day=8).count() == 1


def test_change_session_moves_it_and_a_second_time_changes_nothing(world: World) -> None:
    session = planned(world)
    moved = _change(session, a_plan(world, day=9), world)
    assert (moved.day, moved.version) == (9, 2)
    event = Event.objects.last()
    assert event is not None
    assert "It was day 8" in narrate(event)
    assert "and is day 9" in narrate(event)
    events = Event.objects.count()
    assert _change(moved, a_plan(world, day=9), world, based_on=1).version == 2
    assert Event.objects.count() == events


def test_change_session_never_overwrites_what_was_saved_meanwhile(world: World) -> None:
    session = planned(world)
    _change(session, a_plan(world, day=9), world)
    with pytest.raises(SavedMeanwhile, match="the session “Interview with a head teacher”"):
        _change(session, a_plan(world, day=10), world, based_on=1)


def test_change_session_clashes_with_others_and_not_with_itself(world: World) -> None:
    session = planned(world)
    assert _change(session, a_plan(world, ends=time(11, 30)), world).ends == time(11, 30)
    other = planned(world, day=9)
    with pytest.raises(Refused, match="that day by “Interview with a head teacher”"):
        _change(other, a_plan(world, begins=time(11), ends=time(12)), world)


def test_change_session_to_nothing_with_a_volunteer_is_not_the_participation_leads(
    world: World,
) -> None:
    session = planned(world, people=("lead", "volunteer"))
    with pytest.raises(Refused, match="without a young inspection volunteer"):
        change_session(
            session,
            plan=a_plan(world, people=("lead",)),
            based_on=1,
            by=world.people["participation_lead"],
            at=world.now,
        )


def test_cancel_session_frees_its_room_and_its_people(world: World) -> None:
    session = cancel_session(planned(world), reason="Ill", by=world.people["lead"], at=world.now)
    assert (session.is_cancelled, session.cancellation_reason) == (True, "Ill")
    assert session.stand.moves == {}
    event = Event.objects.last()
    assert event is not None
    assert "cancelled a session on site: day 8" in narrate(event)
    assert planned(world) != session


def test_a_session_moves_with_the_days_of_the_timetable(world: World) -> None:
    step = world.inspection.steps.get(key="fieldwork_staff")
    before = queries.days_of(world.inspection)[7].date
    step.days = [(date.fromisoformat(day) + timedelta(days=7)).isoformat() for day in step.days]
    step.save()
    assert queries.days_of(world.inspection)[the(world).day].date == before + timedelta(days=7)


@pytest.mark.parametrize(
    "wrong",
    [
        {"begins": time(12), "ends": time(11)},
        {"day": 0},
        {"room": None},
        {"cancellation_reason": "Ill"},
        {"state": "cancelled"},
    ],
)
def test_the_database_keeps_no_session_that_makes_no_sense(
    world: World, wrong: dict[str, Any]
) -> None:
    session = planned(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**wrong)


# ---------- The pages ----------


def test_plan_session_page(world: World, client: StrictClient) -> None:
    url = at(world, "plan-session")
    client.as_(world.people["support_officer"])
    words = said(client.get(f"{url}?day=8&begins=10:00"))
    assert '<option value="8" selected>' in words
    assert "Ewan Sleat" in words
    people = [str(world.people["depute"].pk)]
    answer = client.post(url, typed(world, people=people))
    assert answer.url == at(world, "sessions")
    assert "is planned for Wednesday" in said(client.get(answer.url))
    assert "is planned already" in said(client.post(url, typed(world, people=people), follow=True))
    assert Session.objects.filter(title="Interview with a head teacher").count() == 1
    assert client.as_(world.people["inspector"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": ""}, "Choose the day on site."),
        ({"day": "11"}, "Select a valid choice"),
        ({"begins": "noonish"}, "“noonish” is no time of day."),
        ({"ends": "9:00"}, "It would end at 09:00, which is not after 10:00."),
        ({"begins": "6:00"}, "No session begins before 07:00."),
        ({"title": ""}, "Write what it is."),
        ({"room": ""}, "Choose the room. Only travel and time of the team need none."),
        ({"lead": ""}, "Choose who leads it."),
    ],
)
def test_plan_session_says_what_is_wrong_and_loses_nothing(
    world: World, client: StrictClient, wrong: dict[str, str], sentence: str
) -> None:
    client.as_(world.people["support_officer"])
    page = client.post(at(world, "plan-session"), typed(world, asked="Eight of them") | wrong)
    assert page.status_code == 200
    assert sentence in said(page)
    assert "Eight of them" in said(page)
    assert not Session.objects.filter(title="Interview with a head teacher").exists()


def test_plan_session_says_who_is_where_when_it_clashes(world: World, client: StrictClient) -> None:
    planned(world)
    client.as_(world.people["support_officer"])
    page = client.post(
        at(world, "plan-session"),
        typed(
            world,
            title="Another",
            room=str(room(world, story.YOUTH).pk),
            begins="11:05",
            ends="12:00",
        ),
    )
    words = said(page)
    assert "Ewan Sleat is at “Interview with a head teacher” in Headquarters, room 2.14" in words
    assert "and the way to Glenmarrow youth club takes 15 minutes: there are 5 between." in words
    assert "Another" in words


def test_change_session_page(world: World, client: StrictClient) -> None:
    session = planned(world)
    url = at(world, "change-session", session=session.pk)
    client.as_(world.people["depute"])
    assert "Interview with a head teacher" in said(client.get(url))
    answer = client.post(url, typed(world, day="9", based_on="1"))
    assert answer.url == at(world, "sessions")
    session.refresh_from_db()
    assert session.day == 9
    stale = client.post(url, typed(world, day="10", based_on="1"))
    assert stale.status_code == 409
    assert "Nothing was overwritten" in said(stale)
    assert client.as_(world.people["inspector"]).get(url).status_code == 403
    assert client.as_(world.people["coordinator"]).get(url).status_code == 404
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


def test_change_session_by_dragging_keeps_all_but_day_and_hour(
    world: World, client: StrictClient
) -> None:
    session = planned(
        world,
        begins=time(10, 15),
        ends=time(11, 45),
        people=("inspector", "depute"),
        is_shared=True,
        asked="Two of them",
    )
    url = at(world, "change-session", session=session.pk)
    client.as_(world.people["support_officer"])
    dragged = {"dragged": "yes", "day": "9", "hour": "14", "based_on": "1"}
    assert client.post(url, dragged).url == at(world, "sessions")
    moved = the(world, "Interview with a head teacher")
    assert (moved.day, moved.begins, moved.ends) == (9, time(14, 15), time(15, 45))
    assert moved.lead == world.people["inspector"]
    assert set(moved.people) == {world.people["inspector"], world.people["depute"]}
    assert (moved.is_shared, moved.asked) == (True, "Two of them")
    assert client.post(url, dragged).status_code == 302  # a second time it is there already
    assert client.post(url, dragged | {"hour": "9"}).status_code == 409


@pytest.mark.parametrize(
    ("dragged", "sentence"),
    [
        ({"day": "9", "hour": "21"}, "No session ends after 21:00."),
        ({"day": "9", "hour": "23"}, "No session ends after 21:00."),
        ({"day": "99", "hour": "10"}, "Select a valid choice"),
        ({"day": "8", "hour": "13"}, "Ewan Sleat is at “Another”"),
    ],
)
def test_change_session_by_dragging_says_why_not_in_the_whole_form(
    world: World, client: StrictClient, dragged: dict[str, str], sentence: str
) -> None:
    session = planned(world)
    planned(world, title="Another", begins=time(13), ends=time(14), room=room(world, story.RECORDS))
    url = at(world, "change-session", session=session.pk)
    client.as_(world.people["support_officer"])
    page = client.post(url, {"dragged": "yes", "based_on": "1"} | dragged)
    assert page.status_code == 200
    assert sentence in said(page)
    assert "Interview with a head teacher" in said(page)
    session.refresh_from_db()
    assert (session.day, session.begins) == (8, time(10))


def test_cancel_session_page(world: World, client: StrictClient) -> None:
    session = planned(world)
    url = at(world, "cancel-session", session=session.pk)
    client.as_(world.people["lead"])
    assert "Wednesday" in said(client.get(url))
    assert "Write why it is cancelled." in said(client.post(url, {"reason": ""}))
    assert client.post(url, {"reason": "Ill"}).url == at(world, "sessions")
    again = client.post(url, {"reason": "Ill"}, follow=True)
    assert "was cancelled on" in said(again)
    assert client.as_(world.people["inspector"]).get(url).status_code == 302
    other = at(world, "cancel-session", session=the(world).pk)
    assert client.get(other).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


def test_a_session_of_a_day_gone_by_is_neither_changed_nor_cancelled(
    world: World, client: StrictClient
) -> None:
    session = the(world)
    with time_machine.travel(world.now + timedelta(days=60), tick=False):
        client.as_(world.people["lead"])
        for name in ("change-session", "cancel-session"):
            page = client.get(at(world, name, session=session.pk))
            assert page.status_code == 403
            assert "has gone by" in said(page)
        assert client.get(at(world, "plan-session")).status_code == 403


def test_a_session_of_another_inspection_is_not_found(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    for name in ("session", "change-session", "cancel-session"):
        assert client.get(at(world, name, session=999_999)).status_code == 404


def test_plan_session_is_refused_to_nobody_by_their_own_row(world: World) -> None:
    """Planning through the action with people of another side is refused as well."""
    with pytest.raises(Refused, match="has no part in the team"):
        plan_session(
            world.inspection,
            plan=a_plan(world, people=("coordinator",)),
            by=world.people["lead"],
            at=world.now,
        )
