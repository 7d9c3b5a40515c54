"""Who was there, what was said, the team's notes, and what each side confirms."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from audit.models import Event
from audit.narrate import narrate
from audit.proof import look_for_anchor
from core.models import Letter
from core.verdicts import Refused
from core.versions import SavedMeanwhile
from documents.models import Document
from inspections.enums import StepState
from inspections.rules import may_move_step
from meetings import exports, permissions, queries, rules
from meetings.actions.preparation import prepare_meeting
from meetings.actions.record import (
    Typed,
    confirm_meeting_record,
    keep_record,
    propose_meeting_record,
    record_attendance,
    write_meeting_notes,
    write_meeting_record,
)
from meetings.enums import MeetingState, PartOfMeeting, Side
from meetings.models import AgendaItem, Meeting, MeetingNotes
from tests.client import StrictClient
from tests.jobs import run_jobs
from tests.meetings.places import at, said, the
from workspace.example.world import World

KEY = "emerging_themes"  # prepared in week 13, and on the Wednesday of week 14
DONE = "end_phase_one"  # recorded on the Wednesday of week 11, confirmed in week 12
the_day = pytest.mark.at_week(14, weekday=2)
the_day_before = pytest.mark.at_week(14, weekday=1)
to_confirm = pytest.mark.at_week(11, weekday=3)


def _attend(world: World, *, based_on: int = 0, **changed: Any) -> None:
    typed = {
        "people": {Side.TEAM: [world.people["lead"]]},
        "others": {Side.PARTNERSHIP: ["Head of education"]},
    }
    record_attendance(
        the(world, KEY), **typed | changed, based_on=based_on, by=world.people["lead"], at=world.now
    )


def _item(world: World, key: str = KEY) -> AgendaItem:
    found = the(world, key).agenda.shared().first()
    assert found is not None
    return found


def _write(
    world: World, text: str, version: int = 0, *, who: str = "depute", key: str = KEY
) -> Any:
    texts = {_item(world, key).pk: Typed(text, version)}
    return write_meeting_record(the(world, key), texts=texts, by=world.people[who], at=world.now)


def _confirm(world: World, who: str, version: int | None = None, key: str = DONE) -> None:
    meeting = the(world, key)
    confirm_meeting_record(
        meeting,
        version=meeting.record_version if version is None else version,
        by=world.people[who],
        at=world.now,
    )


# ---------- Nothing before its day ----------


@the_day_before
def test_nothing_is_recorded_before_its_day(world: World) -> None:
    for deed in (_attend, lambda world: _write(world, "Too early.")):
        with pytest.raises(Refused, match="Record it on that day or later, or move it first"):
            deed(world)
    assert the(world, KEY).state == MeetingState.PREPARED
    assert not the(world, KEY).attendances.exists()


# ---------- Who was there ----------


@the_day
def test_record_attendance_holds_people_and_designations_of_either_side(world: World) -> None:
    _attend(world)
    there = queries.attendance_of(the(world, KEY))
    assert [one.words for one in there["Inspection team"]] == ["Isla Dunmore, Inspection lead"]
    assert [one.words for one in there["Partnership"]] == ["Head of education"]
    events = Event.objects.count()
    _attend(world)
    assert Event.objects.count() == events
    with pytest.raises(SavedMeanwhile, match="who was there"):
        _attend(world, people={})
    _attend(world, people={}, based_on=1)
    assert set(queries.attendance_of(the(world, KEY))) == {"Partnership"}


@the_day
def test_may_record_attendance(world: World) -> None:
    today = world.now.date()
    assert rules.may_record_attendance(the(world, KEY), on=today)
    assert "nothing of it changes" in str(rules.may_record_attendance(the(world, DONE), on=today))


@the_day
def test_record_attendance_page(world: World, client: StrictClient) -> None:
    url, lead = at(world, "record-attendance", KEY), world.people["lead"]
    client.as_(world.people["support_officer"])
    assert "Isla Dunmore" in said(client.get(url))
    empty = client.post(url, {"based_on": "0"})
    assert "Say who was there: tick at least one person" in said(empty)
    long = client.post(url, {"based_on": "0", "team_others": "y" * 201})
    assert "has 201 characters. Shorten the line to 200" in said(long)
    form = {"based_on": "0", "team": [str(lead.pk)], "partnership_others": "Two young people\n\n"}
    assert client.post(url, form).url == at(world, "meeting", KEY)
    assert the(world, KEY).attendances.count() == 2
    met = client.post(url, form | {"team": []})
    assert met.status_code == 409
    assert client.as_(world.people["inspector"]).get(url).status_code == 403
    assert client.as_(world.people["coordinator"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


# ---------- What was said ----------


@the_day
def test_write_meeting_record_begins_the_record(world: World) -> None:
    _write(world, "Children know whom to ask.")
    meeting = the(world, KEY)
    assert (meeting.state, meeting.record_version) == (MeetingState.RECORDED, 1)
    assert (_item(world).record, _item(world).version) == ("Children know whom to ask.", 1)
    event = Event.objects.last()
    assert event is not None
    assert narrate(event).endswith("wrote version 1 of the record of M2 Emerging themes.")
    events = Event.objects.count()
    _write(world, "Children know whom to ask.")
    assert Event.objects.count() == events


@the_day
def test_write_meeting_record_never_overwrites(world: World) -> None:
    _write(world, "First words.")
    met = _write(world, "Other words.", 0, who="lead")
    assert [item.pk for item in met.conflicts] == [_item(world).pk]
    untouched = _write(world, "", 0, who="lead")
    assert [item.pk for item in untouched.untouched] == [_item(world).pk]
    assert _item(world).record == "First words."
    assert the(world, KEY).record_version == 1


@the_day
def test_may_write_meeting_record(world: World) -> None:
    today = world.now.date()
    meeting = the(world, KEY)
    assert rules.may_write_meeting_record(meeting, on=today)
    meeting.agenda.all().delete()
    assert "Set the agenda first." in str(rules.may_write_meeting_record(meeting, on=today))


@the_day
def test_write_meeting_record_page_keeps_both_texts_where_two_met(
    world: World, client: StrictClient
) -> None:
    url, items = at(world, "write-meeting-record", KEY), list(the(world, KEY).agenda.shared())
    client.as_(world.people["lead"])
    assert items[0].words in said(client.get(url))
    _write(world, "Theirs.")
    form: dict[str, Any] = {
        name: value
        for item in items
        for name, value in ((f"record_{item.pk}", ""), (f"record_{item.pk}_based_on", "0"))
    }
    page = client.post(
        url, form | {f"record_{items[0].pk}": "Mine.", f"record_{items[1].pk}": "Second."}
    )
    assert page.status_code == 409
    assert "Theirs." in said(page)
    assert "Mine." in said(page)
    assert AgendaItem.objects.get(pk=items[1].pk).record == "Second."
    again = client.post(
        url,
        form
        | {f"record_{items[0].pk}": "Theirs. Mine.", f"record_{items[0].pk}_based_on": "1"}
        | {f"record_{items[1].pk}": "Second.", f"record_{items[1].pk}_based_on": "1"},
    )
    assert again.url == at(world, "meeting-record", KEY)
    assert _item(world).record == "Theirs. Mine."
    long = client.post(url, form | {f"record_{items[0].pk}": "z" * 10_001})
    assert "characters are too many" in said(long)
    assert client.as_(world.people["inspector"]).get(url).status_code == 403
    assert client.as_(world.people["coordinator"]).get(url).status_code == 403
    assert client.as_(world.people["other_lead"]).get(url).status_code == 404


# ---------- The team's own notes ----------


@the_day_before
def test_write_meeting_notes_is_for_the_team_and_leaves_the_record(world: World) -> None:
    def note(text: str, based_on: int, who: str = "inspector") -> MeetingNotes | None:
        return write_meeting_notes(
            the(world, KEY), text=text, based_on=based_on, by=world.people[who], at=world.now
        )

    assert note("", 0) is None
    assert note("Ask about weekends.", 0) is not None
    with pytest.raises(SavedMeanwhile, match="the team's notes"):
        note("Something else.", 0, "lead")
    for who in ("coordinator", "volunteer", "panel_chair"):
        with pytest.raises(Refused, match="see the team's own notes"):
            note("Mine.", 1, who)
    assert the(world, KEY).record_version == 0


@the_day_before
def test_may_write_meeting_notes(world: World) -> None:
    assert rules.may_write_meeting_notes(the(world, KEY))
    assert not rules.may_write_meeting_notes(the(world, DONE))


@the_day_before
def test_write_meeting_notes_page(world: World, client: StrictClient) -> None:
    url = at(world, "write-meeting-notes", KEY)
    client.as_(world.people["associate"])
    assert client.get(url).status_code == 200
    form = {"text": "For us alone.", "based_on": "0"}
    assert client.post(url, form).url == at(world, "meeting", KEY)
    assert client.post(url, form | {"text": "Another."}).status_code == 409
    assert client.as_(world.people["coordinator"]).get(url).status_code == 403
    assert client.as_(world.people["other_coordinator"]).get(url).status_code == 404


# ---------- Asking both sides ----------


@the_day
def test_propose_meeting_record_waits_for_words_and_for_who_was_there(world: World) -> None:
    assert "Write its record first." in str(rules.may_propose_meeting_record(the(world, KEY)))
    _write(world, "Something.")
    assert "Nobody has recorded yet who was" in str(
        rules.may_propose_meeting_record(the(world, KEY))
    )
    _attend(world)
    propose_meeting_record(the(world, KEY), by=world.people["depute"], at=world.now)
    assert "asked to confirm" in str(rules.may_propose_meeting_record(the(world, KEY)))
    run_jobs()
    told = Letter.objects.filter(
        template="meetings/meeting_record_proposed", key__contains=f"meeting:{the(world, KEY).pk}:"
    )
    assert set(told.values_list("to", flat=True)) == {
        world.people[who].email for who in ("lead", "depute", "coordinator")
    }


@the_day
def test_propose_meeting_record_button(world: World, client: StrictClient) -> None:
    url = at(world, "propose-meeting-record", KEY)
    client.as_(world.people["depute"])
    assert client.post(url).status_code == 403
    _write(world, "Something.")
    _attend(world)
    assert client.post(url).url == at(world, "meeting-record", KEY)
    assert the(world, KEY).state == MeetingState.PROPOSED
    assert "asked to confirm" in said(client.post(url, follow=True))
    assert client.as_(world.people["coordinator"]).post(url).status_code == 403


# ---------- Confirming ----------


@to_confirm
def test_confirm_meeting_record_by_both_settles_it(world: World) -> None:
    _confirm(world, "depute")
    assert the(world, DONE).state == MeetingState.PROPOSED
    with pytest.raises(Refused, match=r"for the inspection team on .* already"):
        _confirm(world, "lead")
    _confirm(world, "coordinator")
    meeting = the(world, DONE)
    assert (meeting.state, meeting.settled_at) == (MeetingState.SETTLED, world.now)
    event = Event.objects.last()
    assert event is not None
    assert narrate(event).endswith("for the partnership, and both sides have now confirmed it.")
    assert "nothing of it changes any more" in str(rules.is_open(meeting))


@to_confirm
def test_confirm_meeting_record_is_of_the_version_that_was_read(world: World) -> None:
    with pytest.raises(Refused, match="The record was changed after you opened it"):
        _confirm(world, "coordinator", version=1)
    assert not the(world, DONE).confirmations.exists()


@to_confirm
def test_a_change_after_one_side_confirmed_clears_that_and_tells_both(world: World) -> None:
    _confirm(world, "coordinator")
    run_jobs()
    before = Letter.objects.filter(template="meetings/meeting_record_proposed").count()
    version = the(world, DONE).record_version
    saved = _write(world, "Said better.", 1, key=DONE)
    assert saved.written
    meeting = the(world, DONE)
    assert (meeting.state, meeting.record_version) == (MeetingState.PROPOSED, version + 1)
    assert queries.confirmations_of(meeting) == {}
    assert meeting.confirmations.get().cleared_at == world.now
    event = Event.objects.last()
    assert event is not None
    assert narrate(event).endswith(
        f"wrote version {version + 1} of the record of M1 End of phase one, "
        "which cleared what the partnership had confirmed."
    )
    run_jobs()
    letters = Letter.objects.filter(template="meetings/meeting_record_proposed")
    assert letters.count() == before + 3
    assert "was changed after a side had confirmed it" in letters.order_by("-pk")[0].body


@to_confirm
def test_may_confirm_meeting_record(world: World) -> None:
    meeting = the(world, DONE)
    assert all(rules.may_confirm_meeting_record(meeting, side=side) for side in Side)
    meeting.state = MeetingState.RECORDED
    assert "still being written" in str(rules.may_confirm_meeting_record(meeting, side=Side.TEAM))


@to_confirm
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", True),
        ("depute", True),
        ("coordinator", True),
        ("participation_lead", False),
        ("support_officer", False),
        ("inspector", False),
        ("service_manager", False),
        ("participation_coordinator", False),
        ("chief_officer", False),
        ("health_contributor", False),
    ],
)
def test_can_confirm_meeting_record(world: World, who: str, may: bool) -> None:
    person = world.people[who]
    assert bool(permissions.can_confirm_meeting_record(person, the(world, DONE))) is may


@to_confirm
def test_confirm_meeting_record_page(world: World, client: StrictClient) -> None:
    page, url = at(world, "meeting-record", DONE), at(world, "confirm-meeting-record", DONE)
    version = str(the(world, DONE).record_version)
    client.as_(world.people["coordinator"])
    assert "I have read this record, and it is right" in said(client.get(page))
    assert "to go on" in said(client.post(url, {"version": version}))
    old = client.post(url, {"version": "1", "has_read": "on"}, follow=True)
    assert "The record was changed after you opened it" in said(old)
    assert client.post(url, {"version": version, "has_read": "on"}).url == page
    assert "already" in said(client.post(url, {"version": version, "has_read": "on"}, follow=True))
    assert client.as_(world.people["chief_officer"]).post(url).status_code == 403
    assert client.as_(world.people["other_coordinator"]).post(url).status_code == 404


# ---------- Read and printed ----------


@the_day
def test_the_partnership_reads_no_record_before_it_is_asked_to_confirm_it(
    world: World, client: StrictClient
) -> None:
    _write(world, "A draft of the team.")
    client.as_(world.people["coordinator"])
    assert client.get(at(world, "meeting-record", KEY)).status_code == 403
    for name in ("meeting", "meeting-mode"):
        words = said(client.get(at(world, name, KEY)))
        assert "A draft of the team." not in words
    assert "still writing this record" in said(client.get(at(world, "meeting", KEY)))
    assert "A draft of the team." in said(
        client.as_(world.people["inspector"]).get(at(world, "meeting-record", KEY))
    )


@pytest.mark.at_week(12)
def test_a_settled_record_is_drawn_once_with_its_anchor(world: World, client: StrictClient) -> None:
    run_jobs()
    meeting = the(world, DONE)
    assert meeting.document is not None
    anchor = exports.record_anchor(meeting)
    assert anchor is not None
    page = exports.record_page(meeting)
    assert anchor.text in page
    assert "We do not see what audits lead to as uncertain" in page
    assert "Where the self-evaluation and the first documents differ" not in page
    number = Document.objects.count()
    keep_record(meeting, pdf=b"%PDF-1.7 other", at=world.now)
    assert Document.objects.count() == number
    for who in ("lead", "coordinator", "service_manager"):
        words = said(client.as_(world.people[who]).get(at(world, "meeting-record", DONE)))
        assert anchor.text in words
        assert exports.record_url(meeting) in words
        answer: Any = client.get(exports.record_url(meeting))
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert (
        client.as_(world.people["other_lead"]).get(exports.record_url(meeting)).status_code == 404
    )


@pytest.mark.at_week(13)
def test_nobody_of_the_partnership_is_sent_notes_or_points_of_the_team(
    world: World, client: StrictClient
) -> None:
    inside = (
        "Where the self-evaluation and the first documents differ",
        "Ask about weekends before waits",
    )
    for who in ("coordinator", "participation_coordinator", "chief_officer"):
        client.as_(world.people[who])
        for name in ("meeting", "meeting-record", "meeting-mode"):
            words = said(client.get(at(world, name, DONE)))
            assert not [one for one in inside if one in words]
    client.as_(world.people["lead"])
    assert all(one in said(client.get(at(world, "meeting", DONE))) for one in inside)
    for name in ("meeting-record", "meeting-mode"):
        assert not [one for one in inside if one in said(client.get(at(world, name, DONE)))]


@pytest.mark.at_week(12)
def test_the_anchor_is_the_event_of_the_confirmation_that_settled_the_record(
    world: World, client: StrictClient
) -> None:
    """Whatever is recorded afterwards: the page and the print carry the number and the hash of that one event."""
    meeting = the(world, DONE)
    settled = Event.objects.filter(
        name="meetings.meeting_record_confirmed", subject_id=str(meeting.pk), at=meeting.settled_at
    ).newest_first()[0]
    printed = f"{settled.number}-{settled.hash[:16]}"
    for who in ("coordinator", "lead"):  # each reading is an event of its own
        page = said(client.as_(world.people[who]).get(at(world, "meeting-record", DONE)))
        assert f"<code>{printed}</code>" in page
    assert Event.objects.newest_first()[0].number > settled.number
    assert f"<b>{printed}</b>" in exports.record_page(meeting)
    assert look_for_anchor(printed) == ""


@pytest.mark.at_week(11, weekday=3)
def test_a_record_that_may_still_change_has_no_anchor(world: World, client: StrictClient) -> None:
    meeting = the(world, DONE)
    assert not meeting.is_settled
    confirm_meeting_record(
        meeting, version=meeting.record_version, by=world.people["lead"], at=world.now
    )
    assert exports.record_anchor(the(world, DONE)) is None
    page = client.as_(world.people["lead"]).get(at(world, "meeting-record", DONE))
    assert "Anchor of the record" not in said(page)


@pytest.mark.at_week(12)
def test_a_settled_record_whose_confirmation_is_cut_off_is_found_out(world: World) -> None:
    kept = [deed for deed in queries.deeds_kept() if deed.subject_id == str(the(world, DONE).pk)]
    assert [deed.what for deed in kept] == [
        f"The record of M1 End of phase one of {world.inspection.reference}"
    ]
    assert all(
        Event.objects.filter(
            name=deed.event, subject_type=deed.subject_type, subject_id=deed.subject_id
        ).exists()
        for deed in queries.deeds_kept()
    )


def test_parts_of_a_meeting_have_a_version_each() -> None:
    assert queries.part_version(None, PartOfMeeting.AGENDA) == 0
    assert Meeting().record_version == 0


@the_day
def test_a_meeting_at_which_somebody_was_is_held_and_moves_no_more(world: World) -> None:
    """Else its record, confirmed by both sides, would say another day than the one on which it was held."""
    step = the(world, KEY).step
    if step.state == StepState.UPCOMING:
        _attend(world)
    step.refresh_from_db()
    assert step.state == StepState.DONE
    verdict = may_move_step(step, starts_on=world.day(14, 4), ends_on=world.day(14, 4))
    assert "does not move any more" in verdict.sentence


@to_confirm
def test_another_place_is_a_change_of_the_record_and_clears_what_was_confirmed(
    world: World,
) -> None:
    _confirm(world, "coordinator")
    meeting = the(world, DONE)
    version = meeting.record_version
    prepare_meeting(
        meeting.step,
        begins=time(23, 45),
        place="Somewhere else",
        link="",
        based_on=queries.part_version(meeting, PartOfMeeting.ARRANGEMENTS),
        by=world.people["lead"],
        at=world.now,
    )
    meeting = the(world, DONE)
    assert meeting.record_version == version + 1
    assert not meeting.confirmations.in_force().exists()
    event = Event.objects.latest("number")
    assert "which cleared what the partnership had confirmed" in narrate(event)
