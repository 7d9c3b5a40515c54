"""Which pages put on record that they were read: everything personal, everything not yet public, everything taken along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from audit.models import Event, is_reading
from audit.narrate import known, narrate
from inspections.models import Inspection
from tests.client import StrictClient
from tests.house import addresses
from workspace.example.world import World

PERSONAL = "names and addresses of people, or what they declared"
EMBARGOED = "words or levels that are not public yet"
TAKEN = "leaves the system as a file"

# (page): what it shows, and the event by which its reading is on record.
RECORDED = {
    "accounts:people": (PERSONAL, "accounts.people_read"),
    "accounts:person": (PERSONAL, "accounts.person_read"),
    "documents:document": (TAKEN, "documents.document_read"),
    "evaluations:evaluation": (EMBARGOED, "evaluations.evaluations_read"),
    "evaluations:evaluations": (EMBARGOED, "evaluations.evaluations_read"),
    "evaluations:evidence": (EMBARGOED, "evaluations.evidence_read"),
    "evaluations:evidence-item": (EMBARGOED, "evaluations.evidence_read"),
    "evaluations:export-evidence": (TAKEN, "evaluations.evidence_taken"),
    "evaluations:evidence-versions": (EMBARGOED, "evaluations.evidence_read"),
    "evaluations:evaluation-versions": (EMBARGOED, "evaluations.evaluations_read"),
    "inspections:decide-interest": (PERSONAL, "inspections.declarations_read"),
    "inspections:declarations": (PERSONAL, "inspections.declarations_read"),
    "inspections:letters": (PERSONAL, "inspections.letters_read"),
    "workspace:as-at": (EMBARGOED, "workspace.moment_read"),
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
# (page that only reads): why nobody needs to know who read it.
NOT_RECORDED = {
    "accounts:agencies": "Names of agencies.",
    "accounts:agency": "The name of an agency and of its areas.",
    "accounts:agency-sign-ins": "Names of agencies, before anybody has signed in.",
    "accounts:second-factor": "One's own account.",
    "accounts:sessions": "One's own sessions.",
    "accounts:signing-in": "One's own account.",
    "accounts:still-you": "One's own account.",
    "evaluations:evidence-coverage": "Counts of passages, and none of their words.",
    "evaluations:answer-versions": "The partnership's own words about itself, seen by the partnership alone.",
    "evaluations:own-evaluation-versions": "One's own words, seen by nobody else.",
    "evaluations:receipt": "Titles and fingerprints of what the partnership itself sent in.",
    "evaluations:self-evaluation": "The partnership's own words about itself, shared with the team once they are sent in.",
    "inspections:area": "School holidays.",
    "inspections:areas": "Names of areas.",
    "inspections:feed": "Dates, to whoever holds the secret address.",
    "inspections:feeds": "One's own calendars.",
    "inspections:leave": "Days away without a reason, of oneself or of people whose days one keeps.",
    "inspections:log": "Sentences without particulars; it is the record itself.",
    "inspections:readings": "It is the record itself.",
    "inspections:step": "Dates.",
    "inspections:team": "Roles and designations, which both sides are given on the first day.",
    "inspections:timetable": "Dates.",
    "inspections:timetable-version": "Dates, and why they changed.",
    "inspections:timetable-versions": "Dates, and why they changed.",
    "inspections:who-is-free": "Days of colleagues without a reason, before those who plan with them.",
    "inspections:timetable-csv": "Dates.",
    "inspections:timetable-ics": "Dates.",
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
    "workspace:gallery": "Invented.",
    "workspace:healthz": "Whether the product answers.",
    "workspace:help": "Whom to ask.",
    "workspace:home": "One's own next deeds.",
    "workspace:method": "Public.",
    "workspace:overview": "States, dates and counts.",
    "workspace:privacy": "Public.",
    "workspace:programme": "States and dates.",
}


def _ours() -> dict[str, addresses.Address]:
    return {name: found for name, found in addresses.named().items() if found.is_ours}


def test_every_page_that_only_reads_says_whether_its_reading_is_on_record() -> None:
    reading = {name for name, found in _ours().items() if found.methods == {"GET"}}
    assert reading - set(RECORDED) - set(NOT_RECORDED) == set()
    assert set(NOT_RECORDED) <= reading
    assert not set(RECORDED) & set(NOT_RECORDED)


def test_the_pages_that_may_write_to_the_record_are_those_of_the_table() -> None:
    may = {name for name, found in _ours().items() if getattr(found.view, "records_reading", False)}
    assert may == set(RECORDED)


def test_an_event_of_a_reading_is_known_by_its_name() -> None:
    assert {name for name in known() if is_reading(name)} == {name for _, name in RECORDED.values()}


# At which moment, and by whom, each page is opened.
OPENED = [
    ("evaluations:evaluation", "lead", 26, {"group": "1.1"}),
    ("evaluations:evaluations", "lead", 26, {}),
    ("workspace:as-at", "panel_chair", 26, {}),
    ("evaluations:evidence", "inspector", 26, {}),
    ("evaluations:evidence-item", "inspector", 26, {"number": 1}),
    ("inspections:declarations", "lead", 26, {}),
    ("inspections:letters", "coordinator", 26, {}),
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
