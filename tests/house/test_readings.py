"""Which pages put on record that they were read: everything personal, everything not yet public, everything taken along."""

from __future__ import annotations

import inspect
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from audit.models import Event, is_reading
from audit.narrate import known, narrate
from evaluations.models import Evaluation
from inspections.models import Inspection
from reports.models import Point
from tests.client import StrictClient
from tests.house import addresses
from workspace.example.world import World

PERSONAL = "names and addresses of people, what they declared, or a matter of concern"
EMBARGOED = "words or levels that are not public yet"
NEVER_PUBLIC = "words that are shared between the two sides and never public"
TEAM_ALONE = "words that the inspection team keeps for itself"
TAKEN = "leaves the system as a file"

# (page): what it shows, and the event by which its reading is on record.
RECORDED = {
    "accounts:people": (PERSONAL, "accounts.people_read"),
    "accounts:person": (PERSONAL, "accounts.person_read"),
    "concerns:concern": (PERSONAL, "concerns.concern_read"),
    "concerns:decide-concern": (PERSONAL, "concerns.concern_read"),
    "documents:document": (TAKEN, "documents.document_read"),
    "evaluations:answer-question": (NEVER_PUBLIC, "evaluations.self_evaluation_read"),
    "evaluations:answer-versions": (NEVER_PUBLIC, "evaluations.self_evaluation_read"),
    "evaluations:submit-self-evaluation": (NEVER_PUBLIC, "evaluations.self_evaluation_read"),
    "evaluations:confirm-evaluation": (EMBARGOED, "evaluations.evaluations_read"),
    "evaluations:propose-evaluation": (EMBARGOED, "evaluations.evaluations_read"),
    "evaluations:share-evaluations": (EMBARGOED, "evaluations.evaluations_read"),
    "evaluations:write-evaluation": (EMBARGOED, "evaluations.evaluations_read"),
    "evaluations:revise-evidence": (EMBARGOED, "evaluations.evidence_read"),
    "evaluations:evaluation": (EMBARGOED, "evaluations.evaluations_read"),
    "evaluations:evaluations": (EMBARGOED, "evaluations.evaluations_read"),
    "evaluations:evidence": (EMBARGOED, "evaluations.evidence_read"),
    "evaluations:evidence-item": (EMBARGOED, "evaluations.evidence_read"),
    "evaluations:export-evidence": (TAKEN, "evaluations.evidence_taken"),
    "evaluations:evidence-versions": (EMBARGOED, "evaluations.evidence_read"),
    "evaluations:evaluation-versions": (EMBARGOED, "evaluations.evaluations_read"),
    "meetings:meeting": (NEVER_PUBLIC, "meetings.meeting_read"),
    "meetings:meeting-mode": (NEVER_PUBLIC, "meetings.meeting_read"),
    "meetings:meeting-record": (NEVER_PUBLIC, "meetings.meeting_read"),
    "meetings:meeting-record-versions": (NEVER_PUBLIC, "meetings.meeting_read"),
    "meetings:change-decision": (NEVER_PUBLIC, "meetings.meeting_read"),
    "meetings:withdraw-decision": (NEVER_PUBLIC, "meetings.meeting_read"),
    "meetings:record-attendance": (PERSONAL, "meetings.meeting_read"),
    "meetings:set-agenda": (TEAM_ALONE, "meetings.meeting_read"),
    "meetings:write-meeting-notes": (TEAM_ALONE, "meetings.meeting_read"),
    "meetings:write-meeting-record": (NEVER_PUBLIC, "meetings.meeting_read"),
    "inspections:decide-interest": (PERSONAL, "inspections.declarations_read"),
    "inspections:declarations": (PERSONAL, "inspections.declarations_read"),
    "inspections:make-joining-code": (PERSONAL, "inspections.addresses_read"),
    "inspections:name-addressees": (PERSONAL, "inspections.addresses_read"),
    "inspections:notify-partnership": (PERSONAL, "inspections.addresses_read"),
    "inspections:team": (PERSONAL, "inspections.addresses_read"),
    "inspections:letters": (PERSONAL, "inspections.letters_read"),
    "inspections:correspondence": (PERSONAL, "inspections.correspondence_read"),
    "inspections:correct-correspondence": (PERSONAL, "inspections.correspondence_read"),
    "workspace:as-at": (EMBARGOED, "workspace.moment_read"),
    "reports:add-point": (EMBARGOED, "reports.report_read"),
    "reports:answer-comment": (EMBARGOED, "reports.report_read"),
    "reports:comment-on-draft": (EMBARGOED, "reports.report_read"),
    "reports:correct-comment": (EMBARGOED, "reports.report_read"),
    "reports:decide-follow-up": (EMBARGOED, "reports.report_read"),
    "reports:remove-comment": (EMBARGOED, "reports.report_read"),
    "reports:remove-point": (EMBARGOED, "reports.report_read"),
    "reports:revise-point": (EMBARGOED, "reports.report_read"),
    "reports:comments": (EMBARGOED, "reports.report_read"),
    "reports:draft": (EMBARGOED, "reports.report_read"),
    "reports:narrative-versions": (EMBARGOED, "reports.report_read"),
    "reports:point-versions": (EMBARGOED, "reports.report_read"),
    "reports:section-versions": (EMBARGOED, "reports.report_read"),
    "reports:preview": (EMBARGOED, "reports.report_read"),
    "reports:question": (EMBARGOED, "reports.report_read"),
    "reports:write-narrative": (EMBARGOED, "reports.report_read"),
    "reports:write-section": (EMBARGOED, "reports.report_read"),
}
# Pages that say who opened them where that was in vain: the link of an invitation is somebody else's, or is spent.
IN_VAIN = {"accounts:accept-office-invitation", "inspections:accept-invitation"}
# (page that can be opened): why nobody needs to know who read it.
NOT_RECORDED = {
    "accounts:agencies": "Names of agencies.",
    "accounts:agency": "The name of an agency and of its areas.",
    "accounts:agency-sign-ins": "Names of agencies, before anybody has signed in.",
    "accounts:second-factor": "One's own account.",
    "inspections:address-proof": "One's own part.",
    "accounts:sessions": "One's own sessions.",
    "accounts:told": "One's own letters.",
    "accounts:told-letter": "One's own letter.",
    "accounts:signing-in": "One's own account.",
    "accounts:still-you": "One's own account.",
    "concerns:concerns": "Numbers, days and states, and no word of any.",
    "evaluations:evidence-coverage": "Counts of passages, and none of their words.",
    "evaluations:own-evaluation-versions": "One's own words, seen by nobody else.",
    "evaluations:receipt": "Titles and fingerprints of what the partnership itself sent in.",
    "evaluations:self-evaluation": "Which questions are written and how long their answers are, and none of their words.",
    "inspections:area": "School holidays.",
    "inspections:areas": "Names of areas.",
    "inspections:feed": "Dates, to whoever holds the secret address.",
    "inspections:feeds": "One's own calendars.",
    "inspections:leave": "Days away without a reason, of oneself or of people whose days one keeps.",
    "inspections:log": "Sentences without particulars; it is the record itself.",
    "inspections:readings": "It is the record itself.",
    "inspections:step": "Dates.",
    "inspections:timetable": "Dates.",
    "inspections:timetable-version": "Dates, and why they changed.",
    "inspections:timetable-versions": "Dates, and why they changed.",
    "inspections:who-is-free": "Days of colleagues without a reason, before those who plan with them.",
    "inspections:timetable-csv": "Dates.",
    "inspections:timetable-ics": "Dates.",
    "onsite:sessions": "Hours, rooms and who of the team takes part: the plan that each of them works by.",
    "onsite:session": "Where and when to be, and with whom, before those who are asked to be there.",
    "onsite:my-day": "One's own days.",
    "onsite:sessions-csv": "Hours, rooms and who of the team takes part.",
    "onsite:rooms": "Addresses of public buildings.",
    "meetings:meetings": "When and where meetings are, which both sides plan together.",
    "reports:published-pdf": "Public.",
    "reports:published-report": "Public.",
    "reports:published-reports": "Public.",
    "reports:published-young-peoples-version": "Public.",
    "reports:report": "States and names of sections, none of their words.",
    "retention:disposal-list": "Kinds, numbers and fingerprints of what goes, none of its words.",
    "retention:inspection-keeping": "Dates and states.",
    "retention:keeping": "Dates, states and counts.",
    "retention:periods": "How long each kind of thing is kept.",
    "retention:subject-access-pack": "Who asked and until when; the pack itself is a document, recorded when it is taken.",
    "workspace:access": "Which roles open which page; nobody's name.",
    "workspace:access-csv": "Which roles open which page; nobody's name.",
    "workspace:access-of-role": "Which roles open which page; nobody's name.",
    "workspace:accessibility": "Public.",
    "workspace:board": "States and dates.",
    "workspace:board-csv": "States and dates.",
    "workspace:gallery": "Invented.",
    "workspace:healthz": "Whether the product answers.",
    "workspace:help": "Whom to ask.",
    "workspace:home": "One's own next deeds.",
    "workspace:method": "Public.",
    "workspace:overview": "States, dates and counts.",
    "workspace:privacy": "Public.",
    "workspace:programme": "States and dates.",
    # Pages that also take a deed, and show before it:
    "meetings:add-decision": "An empty form, and names of people of both sides.",
    "meetings:keep-difference": "An empty form, beside the points of an agenda that both sides have.",
    "onsite:plan-session": "An empty form, and names of the team before those who plan with them.",
    "onsite:change-session": "When, where and with whom a session is, before those who plan it.",
    "onsite:cancel-session": "When a session is, before those who plan it.",
    "onsite:add-room": "An empty form.",
    "onsite:change-room": "The address of a public building, before those who plan with it.",
    "meetings:prepare-meeting": "When and where a meeting is, before those who plan it.",
    "accounts:accept-office-invitation": "The invited person's own address.",
    "accounts:add-agency": "An empty form.",
    "accounts:close-account": "A name, and the parts that end; the addresses stand on the page before, which is recorded.",
    "accounts:choose-letters": "One's own account.",
    "accounts:edit-details": "One's own account.",
    "accounts:end-office": "A name and an office.",
    "accounts:give-office": "A name and the offices.",
    "accounts:invite-office-holder": "An empty form.",
    "accounts:move-person": "A name and an agency.",
    "accounts:remove-agency-sign-in": "The name of an agency.",
    "accounts:rename-agency": "The name of an agency.",
    "accounts:reset-second-factor": "A name.",
    "accounts:set-agency-sign-in": "The address of an agency's server; its secret is never shown again.",
    "concerns:add-to-concern": "An empty form.",
    "concerns:close-concern": "A number, and an empty form.",
    "concerns:raise-concern": "An empty form.",
    "documents:upload-documents": "An empty form.",
    "evaluations:excuse-evaluator": "A name.",
    "evaluations:give-parts": "Which agency writes which question.",
    "evaluations:link-evidence": "Names of files that the partnership itself sent in, before the partnership.",
    "evaluations:open-evaluating": "Names and designations of the team.",
    "evaluations:record-evidence": "An empty form, and titles of files that the partnership sent in.",
    "evaluations:seal-evaluation": "One's own words, seen by nobody else.",
    "inspections:accept-invitation": "The invited person's own address.",
    "inspections:add-election": "Dates.",
    "inspections:add-school-holiday-week": "School holidays.",
    "inspections:add-week": "Dates.",
    "inspections:close-days": "Dates.",
    "inspections:confirm-joined": "A name and a role.",
    "inspections:make-feed": "One's own calendars.",
    "inspections:add-shared-inbox": "An empty form.",
    "inspections:change-areas-of-agency": "Names of areas.",
    "inspections:change-last-day": "A name and a day.",
    "inspections:change-leave": "Days away without a reason, of oneself or of people whose days one keeps.",
    "inspections:change-plan": "Dates.",
    "inspections:declare-interest": "What one declared oneself.",
    "inspections:end-stand-in": "Names and days.",
    "inspections:end-team-member": "A name and a role.",
    "inspections:hand-over-office": "Names of people of the same side.",
    "inspections:import-school-holidays": "School holidays.",
    "inspections:invite-person": "An empty form.",
    "inspections:join-by-code": "An empty form, before anybody has signed in.",
    "inspections:move-step": "Dates.",
    "inspections:name-stand-in": "Names of people of the same side.",
    "inspections:name-team-member": "Names of people of the inspectorates.",
    "inspections:open-next-phase": "Dates, and what must hold first.",
    "inspections:plan-inspection": "An empty form.",
    "inspections:record-correspondence": "An empty form.",
    "inspections:record-leave": "An empty form.",
    "inspections:remove-leave": "Days away without a reason, of oneself or of people whose days one keeps.",
    "inspections:withdraw-invitation": "A name and a role.",
    "inspections:withdraw-plan": "Dates.",
    "reports:approve-report": "A question, and none of the report's words.",
    "reports:attach-young-peoples-version": "An empty form.",
    "reports:begin-report": "A question, and none of the report's words.",
    "reports:finish-report": "A question, and none of the report's words.",
    "reports:issue-draft": "A question, and none of the report's words.",
    "reports:return-comments": "A question, and how many comments there are.",
    "reports:schedule-publication": "Dates, and which steps are not done.",
    "reports:send-report-back": "An empty form.",
    "reports:send-report-to-panel": "A question, and none of the report's words.",
    "retention:approve-disposal": "Kinds and counts of what goes, none of its words.",
    "retention:end-proceedings": "The title of proceedings, before those who recorded it.",
    "retention:lift-legal-hold": "An empty form.",
    "retention:make-subject-access-pack": "An empty form.",
    "retention:place-legal-hold": "An empty form.",
    "retention:record-proceedings": "An empty form.",
    "retention:record-submission": "An empty form.",
    "retention:spare-item": "A kind and the title of one thing that goes, none of its words.",
    "workspace:report-problem": "An empty form.",
}


def _ours() -> dict[str, addresses.Address]:
    return {name: found for name, found in addresses.named().items() if found.is_ours}


def test_every_page_that_can_be_opened_says_whether_its_reading_is_on_record() -> None:
    """Also one that takes a deed: it shows first what the deed is about."""
    reading = {name for name, found in _ours().items() if "GET" in found.methods}
    assert reading - set(RECORDED) - set(NOT_RECORDED) == set()
    assert set(NOT_RECORDED) <= reading
    assert not set(RECORDED) & set(NOT_RECORDED)


def test_the_pages_that_may_write_to_the_record_are_those_of_the_table() -> None:
    may = {name for name, found in _ours().items() if getattr(found.view, "records_reading", False)}
    assert may == set(RECORDED) | IN_VAIN


def test_an_event_of_a_reading_is_known_by_its_name() -> None:
    assert {name for name in known() if is_reading(name)} == {name for _, name in RECORDED.values()}


# How a view puts its reading on record.
WRITES_IT_DOWN = re.compile(r"\b(read_\w+|take_\w+|_?on_record|_show)\(")


def test_every_page_of_the_table_puts_its_reading_on_record() -> None:
    silent = [
        name
        for name in RECORDED
        if not WRITES_IT_DOWN.search(inspect.getsource(_ours()[name].view))
    ]
    assert silent == []


# At which moment, and by whom, each page is opened.
OPENED = [
    ("evaluations:answer-question", "inspector", 24, {"number": 1}),
    ("evaluations:answer-versions", "coordinator", 24, {"number": 1, "part": "how_good"}),
    ("evaluations:confirm-evaluation", "panel_chair", 24, {"group": "1.1"}),
    ("evaluations:revise-evidence", "lead", 24, {"number": 1}),
    ("inspections:team", "coordinator", 24, {}),
    ("reports:add-point", "lead", 24, {"number": 1}),
    ("reports:revise-point", "lead", 24, {"point": 1}),
    ("meetings:meeting", "coordinator", 24, {"key": "end_phase_one"}),
    ("meetings:meeting-mode", "lead", 24, {"key": "end_phase_one"}),
    ("meetings:meeting-record", "coordinator", 24, {"key": "end_phase_one"}),
    ("evaluations:evaluation", "lead", 26, {"group": "1.1"}),
    ("evaluations:evaluations", "lead", 26, {}),
    ("workspace:as-at", "panel_chair", 26, {}),
    ("evaluations:evidence", "inspector", 26, {}),
    ("evaluations:evidence-item", "inspector", 26, {"number": 1}),
    ("inspections:declarations", "lead", 26, {}),
    ("inspections:letters", "coordinator", 26, {}),
    ("inspections:correspondence", "coordinator", 26, {}),
    ("reports:preview", "panel_chair", 31, {}),
    ("reports:question", "lead", 31, {"number": 1}),
    ("reports:write-narrative", "lead", 31, {"number": 1}),
    ("reports:write-section", "lead", 31, {"key": "summary"}),
    ("reports:draft", "coordinator", 31, {}),
    ("reports:comments", "coordinator", 31, {}),
]


def _once(world: World, client: StrictClient, name: str, who: str, parts: dict[str, Any]) -> str:
    """Open the page three times in a quarter of an hour, and once after it; the sentence of what was recorded."""
    event = RECORDED[name][1]
    if "point" in parts:
        parts = {"point": Point.objects.filter(report__inspection=world.inspection).last().pk}
    url = reverse(name, kwargs={"reference": world.inspection.reference, **parts})
    client.as_(world.people[who])
    before = Event.objects.count()
    for minutes in (0, 5, 14):
        with time_machine.travel(world.now + timedelta(hours=1, minutes=minutes)):
            assert client.get(url).status_code == 200
    assert Event.objects.count() == before + 1, name
    with time_machine.travel(world.now + timedelta(hours=1, minutes=16)):
        client.get(url)
    assert Event.objects.count() == before + 2, name
    last = Event.objects.newest_first()[0]
    assert (last.name, last.by_id) == (event, world.people[who].pk)
    return narrate(last)


def _opened(week: int) -> list[tuple[str, str, dict[str, Any]]]:
    return [(name, who, parts) for name, who, at, parts in OPENED if at == week]


@pytest.mark.at_week(26)
def test_readings_are_recorded_once_for_a_sitting(world: World, client: StrictClient) -> None:
    said = {name: _once(world, client, name, who, parts) for name, who, parts in _opened(26)}
    lead, inspector = world.people["lead"].name, world.people["inspector"].name
    assert said["evaluations:evaluations"] == f"{lead} read the evaluations."
    assert said["evaluations:evidence"] == f"{inspector} read the list of evidence."


@pytest.mark.at_week(24)
def test_readings_of_pages_that_take_a_deed_are_recorded_once_for_a_sitting(
    world: World, client: StrictClient
) -> None:
    said = {name: _once(world, client, name, who, parts) for name, who, parts in _opened(24)}
    lead, chair = world.people["lead"].name, world.people["panel_chair"].name
    group = Evaluation.objects.get(inspection=world.inspection, group__key="1.1").group.spoken
    assert said["evaluations:revise-evidence"] == f"{lead} read evidence E-001."
    assert said["evaluations:confirm-evaluation"] == f"{chair} read the evaluation of {group}."
    asked_by = world.people["coordinator"].name
    m1 = "M1 End of phase one"
    assert said["meetings:meeting-record"] == f"{asked_by} read the record of {m1}."
    assert said["reports:revise-point"].startswith(f"{lead} read question ")


@pytest.mark.at_week(24)
def test_a_form_that_is_shown_again_was_read(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    url = reverse("evaluations:revise-evidence", args=[world.inspection.reference, 1])
    before = Event.objects.count()
    assert client.post(url, {"nothing": "typed"}).status_code == 200
    assert Event.objects.count() == before + 1
    assert Event.objects.newest_first()[0].name == "evaluations.evidence_read"


@pytest.mark.at_week(24)
def test_the_team_is_read_by_nobody_who_sees_no_addresses(
    world: World, client: StrictClient
) -> None:
    client.as_(world.people["local_reader"])
    before = Event.objects.count()
    client.get(reverse("inspections:team", args=[world.inspection.reference]))
    assert Event.objects.count() == before


@pytest.mark.at_week(31)
def test_readings_of_the_report_are_recorded_once_for_a_sitting(
    world: World, client: StrictClient
) -> None:
    said = {name: _once(world, client, name, who, parts) for name, who, parts in _opened(31)}
    chair = world.people["panel_chair"].name
    assert said["reports:preview"] == f"{chair} read the report as it stands."


@pytest.mark.slow
@pytest.mark.at_week(36)
def test_nobody_asks_who_reads_a_published_report(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    before = Event.objects.count()
    client.get(reverse("reports:preview", args=[world.inspection.reference]))
    assert Event.objects.count() == before


@pytest.mark.at_week(26)
def test_taking_evidence_along_is_recorded_each_time(world: World, client: StrictClient) -> None:
    client.as_(world.people["inspector"])
    url = reverse("evaluations:export-evidence", args=[world.inspection.reference, "csv"])
    before = Event.objects.count()
    client.head(url)
    assert Event.objects.count() == before
    client.get(url)
    client.get(url)
    assert Event.objects.count() == before + 2
    assert "along as a CSV file." in narrate(Event.objects.newest_first()[0])


@pytest.mark.at_week(26)
def test_page_is_shown_where_the_record_refuses(
    world: World, client: StrictClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The record is full, gone or busy: the page is there, and the log of the machine says what is missing."""
    client.as_(world.people["lead"])

    def full(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        return execute(
            sql.replace('INTO "audit_event"', 'INTO "audit_event_gone"'), params, many, context
        )

    before = Event.objects.count()
    with connection.execute_wrapper(full):
        page = client.get(reverse("evaluations:evaluations", args=[world.inspection.reference]))
    assert page.status_code == 200
    assert Event.objects.count() == before
    assert "A reading is missing from the record: evaluations.evaluations_read" in caplog.text


@pytest.mark.at_week(26)
def test_log_leaves_readings_out_unless_they_are_asked_for(
    world: World, client: StrictClient
) -> None:
    inspection: Inspection = world.inspection
    client.as_(world.people["inspector"])
    client.get(reverse("evaluations:evidence", args=[inspection.reference]))
    client.as_(world.people["coordinator"])
    client.get(reverse("inspections:letters", args=[inspection.reference]))
    client.as_(world.people["lead"])
    sentence = f"{world.people['inspector'].name} read the list of evidence."
    log = reverse("inspections:log", args=[inspection.reference])

    assert sentence not in client.get(log).content.decode()
    assert sentence in client.get(f"{log}?readings=too").content.decode()
    only = client.get(f"{log}?readings=only").content.decode()
    assert sentence in only
    assert "planned a joint inspection" not in only
    assert sentence in client.get(f"{log}?what=evaluations.evidence_read").content.decode()

    readings = reverse("inspections:readings", args=[inspection.reference])
    assert sentence in client.get(readings).content.decode()
    assert sentence not in client.get(f"{readings}?what=inspections.letters_read").content.decode()
    assert sentence in client.get(f"{readings}?what=nonsense").content.decode()
