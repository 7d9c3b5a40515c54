"""Marking a step as done, and moving it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.replanning import move_step
from inspections.actions.steps import complete_step
from inspections.enums import StepState
from inspections.models import Inspection, Step
from tests.client import StrictClient
from tests.inspections import moves, record
from tests.inspections.record import undone
from workspace.example.cast import PASSWORD
from workspace.example.world import World


def step(key: str) -> Step:
    return Step.objects.select_related("inspection__area").get(key=key)


def url(page: str, key: str) -> str:
    return reverse(f"inspections:{page}", args=[Inspection.objects.get().reference, key])


# ---------- Done ----------


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("key", "on", "sentence"),
    [
        ("pir_due", date(2025, 9, 5), ""),
        ("start_meeting", date(2025, 9, 24), ""),
        (
            "start_meeting",
            date(2025, 9, 23),
            "“M0 Start meeting: process and scope and expectations” is on 24 September 2025. "
            "Mark it as done that day or later, or move it first.",
        ),
        ("staff_survey", date(2025, 9, 29), ""),
        (
            "staff_survey",
            date(2025, 9, 26),
            "“Staff survey open” begins on 29 September 2025. "
            "Mark it as done once it has begun, or move it first.",
        ),
        ("publication", date(2030, 1, 1), "Publishing the report marks this step by itself."),
        (
            "self_evaluation_due",
            date(2030, 1, 1),
            "Sending in the joint self-evaluation marks this step by itself.",
        ),
        (
            "notification",
            date(2025, 9, 5),
            "“Notification letter to the five addressees” is done already.",
        ),
    ],
)
def test_may_complete_step(world: World, key: str, on: date, sentence: str) -> None:
    assert rules.may_complete_step(step(key), on=on).sentence == sentence


@pytest.mark.at_week(1)
def test_can_complete_step(world: World) -> None:
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_complete_step(person, step("pir_due"), on=date(2025, 9, 5))
    }
    assert allowed == {"lead", "depute", "support_officer"}


@pytest.mark.at_week(1)
def test_complete_step(world: World) -> None:
    before = record.count()
    complete_step(step("pack_sent"), by=world.people["depute"], at=world.now)
    done = step("pack_sent")
    assert (done.state, done.done_by, done.done_at) == (
        StepState.DONE,
        world.people["depute"],
        world.now,
    )
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Hamish Torrin marked “Document pack sent with the pre-inspection return” as done."
    )
    with pytest.raises(Refused, match="is done already"):
        complete_step(done, by=world.people["lead"], at=world.now)
    assert record.count() == before + 1


@pytest.mark.at_week(1)
def test_complete_step_page_twice_is_once(world: World, client: StrictClient) -> None:
    client.as_(world.people["support_officer"])
    first = client.post(url("complete-step", "pack_sent"), follow=True)
    assert "pre-inspection return” is marked as done." in first.content.decode()
    before = record.count()
    second = client.post(url("complete-step", "pack_sent"), follow=True)
    assert "is marked as done already." in second.content.decode()
    assert record.count() == before


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("person", "key", "status"),
    [
        ("inspector", "pack_sent", 403),
        ("other_lead", "pack_sent", 404),
        ("lead", "start_meeting", 403),
        ("lead", "no_such_step", 404),
    ],
)
def test_complete_step_page_refuses(
    world: World, client: StrictClient, person: str, key: str, status: int
) -> None:
    response = client.as_(world.people[person]).post(url("complete-step", key))
    assert response.status_code == status
    assert not Step.objects.filter(key=key, state=StepState.DONE).exists()


@pytest.mark.at_week(1)
def test_complete_step_by_a_link_does_nothing_and_says_so_beside_its_button(
    world: World, client: StrictClient
) -> None:
    response = client.as_(world.people["lead"]).get(url("complete-step", "pir_due"), follow=True)
    assert response.redirect_chain == [(url("step", "pir_due"), 302)]
    assert "Nothing was done" in response.content.decode()
    assert Step.objects.get(key="pir_due").state == StepState.UPCOMING


@pytest.mark.at_week(1)
def test_complete_step_after_signing_in_again_leads_back_to_its_button(
    world: World, client: StrictClient
) -> None:
    deed = url("complete-step", "pir_due")
    refused = client.post(deed)
    assert refused.status_code == 401
    signed_in = client.post(
        reverse("account_login") + f"?next={deed}",
        {"login": world.people["lead"].email, "password": PASSWORD},
        follow=True,
    )
    assert signed_in.redirect_chain[-1] == (url("step", "pir_due"), 302)
    assert "Press the button again." in signed_in.content.decode()


# ---------- Moved ----------


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("key", "starts_on", "ends_on", "sentence", "source"),
    [
        ("pir_due", date(2025, 10, 22), date(2025, 10, 22), "", ""),
        (
            "pir_due",
            date(2025, 10, 25),
            date(2025, 10, 25),
            "Saturday 25 October 2025 is a weekend or a public holiday. Choose a working day.",
            "",
        ),
        (
            "end_phase_one",
            date(2025, 11, 24),
            date(2025, 11, 24),
            "“M1 End of phase one: scope and rationale; areas of uncertainty; planned activity” belongs to phase one, "
            "weeks 1 to 11, from Monday 1 September 2025 to Sunday 23 November 2025; Monday 24 November 2025 is in week 12, "
            "which is phase two. Choose days in those weeks.",
            "R7",
        ),
        (
            "staff_survey",
            date(2025, 11, 17),
            date(2025, 11, 28),
            "“Staff survey open” belongs to phase one, weeks 1 to 11, from Monday 1 September 2025 to Sunday "
            "23 November 2025; Friday 28 November 2025 is in week 12, which is phase two. Choose days in those weeks.",
            "R7",
        ),
        (
            "emerging_themes",
            date(2025, 8, 25),
            date(2025, 8, 25),
            "“M2 Emerging themes: records and three surveys; agree best evidence for what is uncertain” belongs to phase "
            "two, weeks 12 to 19, from Monday 24 November 2025 to Sunday 1 February 2026; Monday 25 August 2025 is in no "
            "counted week. Choose days in those weeks.",
            "R7",
        ),
        (
            "fieldwork_children",
            date(2025, 11, 26),
            date(2025, 11, 27),
            "“On-site days 4 and 5: children and young people; parents and carers” would start before the on-site days "
            "before it end.",
            "R9",
        ),
        (
            "draft_to_partnership",
            date(2026, 5, 19),
            date(2026, 5, 19),
            "",  # what follows it moves with it
            "",
        ),
        (
            "report_drafting",
            date(2026, 2, 9),
            date(2026, 6, 10),
            "The report is published on Tuesday 9 June 2026, and “Report drafting”, which comes before it, would end on "
            "Wednesday 10 June 2026. Move the other one first, or choose another day.",
            "",
        ),
        (
            "fieldwork_staff",
            date(2026, 1, 17),
            date(2026, 1, 23),
            "Saturday 17 January 2026 is at a weekend. On-site days begin and end on a working day.",
            "R11",
        ),
        (
            "fieldwork_staff",
            date(2026, 1, 19),
            date(2026, 1, 25),
            "Sunday 25 January 2026 is at a weekend. On-site days begin and end on a working day.",
            "R11",
        ),
        # What only warns is allowed.
        ("records_reading", date(2025, 12, 2), date(2025, 12, 4), "", ""),
        ("publication", date(2026, 6, 22), date(2026, 6, 22), "", ""),
        ("staff_survey", date(2025, 10, 25), date(2025, 11, 2), "", ""),
        (
            "staff_survey",
            date(2025, 10, 6),
            date(2025, 10, 3),
            "The last day is before the first day.",
            "",
        ),
        ("fieldwork_staff", date(2026, 1, 19), date(2026, 1, 23), "", ""),
        (
            "fieldwork_staff",
            date(2026, 1, 19),
            date(2026, 1, 26),
            "“On-site days 6 to 10: staff; managers; leaders; further engagement” takes 5 working days; "
            "6 lie between these dates. The on-site days are ten in all.",
            "R9",
        ),
        (
            "fieldwork_staff",
            date(2025, 9, 15),
            date(2025, 9, 19),
            "On-site days are in phase two, weeks 12 to 19.",
            "R9",
        ),
        (
            "fieldwork_staff",
            date(2025, 12, 22),
            date(2025, 12, 26),
            "Monday 22 December 2025 is in a school-holiday week of Glenmarrow, which takes no number. "
            "Choose a week that counts.",
            "R11",
        ),
        (
            "notification",
            date(2025, 9, 2),
            date(2025, 9, 2),
            "“Notification letter to the five addressees” is done and does not move any more.",
            "",
        ),
        ("action_plan_due", date(2026, 12, 1), date(2026, 12, 1), "", ""),
    ],
)
def test_may_move_step(
    world: World, key: str, starts_on: date, ends_on: date, sentence: str, source: str
) -> None:
    found = rules.may_move_step(step(key), starts_on=starts_on, ends_on=ends_on)
    verdict = found and moves.verdict(step(key), starts_on, ends_on)
    assert (verdict.sentence, verdict.source) == (sentence, source)


@pytest.mark.at_week(1)
def test_move_step_keeps_publication_last(world: World) -> None:
    """What comes after a step that moves on is moved on with it; a step cannot come before what it follows."""
    publication = step("publication").starts_on
    day_after = date.fromordinal(publication.toordinal() + 1)
    late = moves.plan(step("comments_answered"), day_after, day_after)
    assert {"embargo_copy", "publication"} <= late.keys
    assert late.stands["publication"].starts_on > late.stands["embargo_copy"].starts_on > day_after
    early = step("panel").starts_on
    verdict = moves.verdict(step("publication"), early, early)
    assert "comes before “Publication of report" in verdict.sentence
    assert verdict.source == "R12"
    assert moves.verdict(step("publication"), day_after, day_after)


@pytest.mark.at_week(1)
def test_can_move_step(world: World) -> None:
    allowed = {
        key
        for key, person in world.people.items()
        if permissions.can_move_step(person, step("pir_due"))
    }
    assert allowed == {"lead"}
    refusal = permissions.can_move_step(world.people["depute"], step("pir_due"))
    assert refusal.sentence == "Only the inspection lead moves a date."


@pytest.mark.at_week(1)
def test_move_step_keeps_the_old_dates_and_the_reason(world: World) -> None:
    before, old = record.count(), step("fieldwork_staff")
    move_step(
        old,
        starts_on=date(2026, 1, 19),
        ends_on=date(2026, 1, 23),
        reason="snow closed the roads",
        by=world.people["lead"],
        at=world.now,
    )
    moved = step("fieldwork_staff")
    assert (moved.starts_on, moved.ends_on) == (date(2026, 1, 19), date(2026, 1, 23))
    assert moved.days == [f"2026-01-{day}" for day in range(19, 24)]
    assert moved.note == "Moved: snow closed the roads"
    assert record.count() == before + 1
    assert "to 19 January 2026 to 23 January 2026" in record.last_sentence()
    assert "snow closed the roads" in record.last_sentence()
    assert moved.week == queries.week_of(moved.inspection, moved.starts_on)
    assert moved.history.count() == 1


@pytest.mark.at_week(1)
def test_move_step_that_fails_leaves_nothing_behind(world: World) -> None:
    before, old = record.count(), step("pir_due").starts_on
    undone(
        lambda: move_step(
            step("pir_due"),
            starts_on=date(2025, 10, 22),
            ends_on=date(2025, 10, 22),
            reason="why",
            by=world.people["lead"],
            at=world.now,
        )
    )
    assert (step("pir_due").starts_on, record.count()) == (old, before)


@pytest.mark.at_week(1)
def test_move_step_page_twice_is_once(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    assert "New date" in client.get(url("move-step", "pir_due")).content.decode()
    typed = {"starts_on": "22 October 2025", "reason": "The council asked for two days."}
    first = moves.release(client, url("move-step", "pir_due"), typed)
    assert "“Pre-inspection return comes back” has moved." in first
    before = record.count()
    second = client.post(url("move-step", "pir_due"), typed, follow=True)
    assert "stands on these dates already." in second.content.decode()
    assert record.count() == before


@pytest.mark.at_week(1)
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts_on": "22 October 2025", "reason": ""}, "Write the reason."),
        ({"starts_on": "25 October 2025", "reason": "x"}, "is a weekend or a public holiday"),
        ({"starts_on": "", "reason": "x"}, "Write the new date."),
    ],
)
def test_move_step_with_a_bad_form(
    world: World, client: StrictClient, typed: dict[str, Any], sentence: str
) -> None:
    old = step("pir_due").starts_on
    client.as_(world.people["lead"])
    response = client.post(url("move-step", "pir_due"), typed)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert step("pir_due").starts_on == old


@pytest.mark.at_week(1)
@pytest.mark.parametrize(("key", "status"), [("depute", 403), ("other_lead", 404)])
def test_move_step_page_refuses(world: World, client: StrictClient, key: str, status: int) -> None:
    response = client.as_(world.people[key]).get(url("move-step", "pir_due"))
    assert response.status_code == status
    if status == 403:
        assert "Only the inspection lead moves a date." in response.content.decode()


# ---------- The timetable pages ----------


@pytest.mark.at_week(0)
def test_timetable_page_before_notification_is_a_draft(world: World, client: StrictClient) -> None:
    address = reverse("inspections:timetable", args=[Inspection.objects.get().reference])
    page = client.as_(world.people["lead"]).get(address).content.decode()
    assert "This is how the dates would fall if the letter goes on" in page
    assert "complete/" not in page


@pytest.mark.at_week(2)
def test_timetable_page_offers_what_the_person_may_do(world: World, client: StrictClient) -> None:
    address = reverse("inspections:timetable", args=[Inspection.objects.get().reference])
    page = client.as_(world.people["lead"]).get(address).content.decode()
    assert url("step", "pack_sent") in page
    assert url("move-step", "start_meeting") in page
    assert url("move-step", "notification") not in page
    page = client.as_(world.people["inspector"]).get(address).content.decode()
    assert url("step", "pack_sent") in page
    assert "/move/" not in page


@pytest.mark.at_week(2)
@pytest.mark.parametrize(
    ("person", "key", "says", "offers"),
    [
        ("lead", "pack_sent", "Document pack sent", {"complete-step", "move-step"}),
        ("lead", "start_meeting", "Mark it as done that day or later", {"move-step"}),
        ("lead", "publication", "Publishing the report marks this step", {"move-step"}),
        ("support_officer", "pack_sent", "Document pack sent", {"complete-step"}),
        ("coordinator", "pack_sent", "marks a step as done.", set()),
    ],
)
def test_step_page_offers_what_the_person_may_do(
    world: World, client: StrictClient, person: str, key: str, says: str, offers: set[str]
) -> None:
    page = client.as_(world.people[person]).get(url("step", key)).content.decode()
    assert says in page
    assert {deed for deed in ("complete-step", "move-step") if url(deed, key) in page} == offers


@pytest.mark.at_week(2)
@pytest.mark.parametrize(
    ("name", "kind", "start"),
    [
        ("timetable-ics", "text/calendar; charset=utf-8", "BEGIN:VCALENDAR"),
        ("timetable-csv", "text/csv; charset=utf-8", "week,starts on"),
    ],
)
def test_timetable_files(
    world: World, client: StrictClient, name: str, kind: str, start: str
) -> None:
    address = reverse(f"inspections:{name}", args=[Inspection.objects.get().reference])
    response = client.as_(world.people["coordinator"]).get(address)
    assert response["Content-Type"] == kind
    assert response.content.decode().startswith(start)
    assert client.as_(world.people["other_lead"]).get(address).status_code == 404


@pytest.mark.at_week(1)
def test_timetable_csv_is_no_spreadsheet_formula(world: World, client: StrictClient) -> None:
    Step.objects.filter(key="pir_due").update(note="=HYPERLINK(1)")
    address = reverse("inspections:timetable-csv", args=[Inspection.objects.get().reference])
    assert "'=HYPERLINK(1)" in client.as_(world.people["lead"]).get(address).content.decode()


@pytest.mark.at_week(8)
def test_onsite_days_do_not_move_to_before_the_first_week(world: World) -> None:
    step = world.inspection.steps.get(key="fieldwork_children")

    verdict = rules.may_move_step(step, starts_on=date(2025, 8, 14), ends_on=date(2025, 8, 15))

    assert str(verdict) == "On-site days are in phase two, weeks 12 to 19."
