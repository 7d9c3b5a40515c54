"""Nobody finds anything of another inspection, wherever they walk: on pages, in exports, in feeds, in files (R53).

Each member of the cast opens whatever their own home leads to, the letter that they were sent and the calendars that they
made, sends the first form of each kind with nothing typed (and takes it back), and reads every body that comes. Beside theirs
stands a whole second inspection with words that stand nowhere else.

Walked fully: every link, each number of each kind of page, each choice of each filter, every export of each such choice and
every file, once the report is published, by the lead and the co-ordinator of Glenmarrow; in week 14 by the co-ordinator.
Every calendar of everybody of either cast is fetched at its secret address. Every address of one inspection is asked for with
the neighbour's reference, and with each of its numbers in one's own, by who can do most on either side.

A sample: everybody else of Glenmarrow, the strangers and the public open two pages of each kind once published and one in
week 14, and no filter; the neighbour's people, in turn, open one of each kind of theirs (its lead and co-ordinator two) and
send no form. What differs between people is which kinds open to them, so each kind is opened by each of them; rows of one kind
come from one query. The lead alone opens some 550 pages in 25 seconds: walked so by all of both casts it would take a
quarter of an hour, and all of this is to take some four minutes of one core. Filters are chosen one at a time for the same
reason. Offices of the programme see both inspections: on a page of the one they find nothing of the other. A PDF is
read where pdftotext is installed.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from accounts.models import User
from accounts.models.sent_invitation import hash_of
from core.verdicts import Refused
from documents.models import Document
from evaluations.enums import Direction, SourceType
from evaluations.models import EvidenceLink
from evaluations.queries import evidence
from inspections.actions.correspondence import record_correspondence
from inspections.actions.feeds import make_feed, revoke_feed
from inspections.actions.shared_inboxes import add_shared_inbox
from inspections.models import (
    CalendarFeed,
    Declaration,
    Inspection,
    Invitation,
    Membership,
    StandIn,
)
from inspections.queries import log
from meetings.enums import Side
from meetings.models import Decision, Difference, Meeting
from reports.models import Edition, FactComment, Point
from retention.actions.proceedings import record_proceedings
from tests import neighbour as beside
from tests.cast import STRANGERS
from tests.house import addresses, doors
from tests.neighbour import PLACE, SURNAME, WORK
from workspace.example import cast
from workspace.example.world import World

pytestmark = pytest.mark.slow

OFFICES = {person.key for person in cast.OFFICES}
LINK = re.compile(r"""(?:href|src|action)="([^"#]*)""")
SELECT = re.compile(r"""<select[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>""", re.S)
OPTION = re.compile(r"""<option value="([^"]+)\"""")
FORM = re.compile(r"""<form[^>]*\bmethod="get"[^>]*>.*?</form>""", re.S | re.I)
# How many pages of one kind somebody opens. What differs between people is which kinds open to them.
AT_MOST = 2
EVERY = sys.maxsize
ALWAYS_A_SAMPLE = {
    "workspace:report-problem"
}  # each page leads to its own, and it shows nothing of it
SENT = " (sent empty)"
NOT_WALKED = {"account_logout"}  # the walk would end there
# What an office sees of every inspection, because it works for all of them; and what is closed to it all the same.
OPEN_TO_MANAGER = ("inspections.Declaration",)
CLOSED_TO_CHAIR = (
    "inspections.Declaration",
    "concerns.Concern",
    "concerns.ConcernNote",
    "concerns.ConcernDecision",
    "evaluations.Answer",
    "evaluations.ReceiptLine",
    "inspections.NotificationLetter",
)
# Whoever plans a team sees on which days somebody is elsewhere and where that is, so that nobody is in two places (docs/adr/0008):
# on this one page the place and the reference of the other inspection, and not a word of its work or a name of its partnership.
PLANS_TEAMS = ("lead", "support_officer")
WHERE_PEOPLE_ARE = "inspections:who-is-free"


@pytest.fixture
def other(world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> World:
    """The neighbour, notified three weeks after Glenmarrow. Its report is under embargo when Glenmarrow's is published."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.startswith("zeal")]
    return beside.beside(world, notified_on=date(2025, 9, 22))


# Rooms, exports, feeds and files: a walk that comes to none of these proves nothing. (Deeds whose moment has gone by have no link.)
REACHED_IN_WEEK_14 = {
    "concerns:concern",
    "concerns:concerns",
    "concerns:raise-concern",
    "accounts:agencies",
    "accounts:agency",
    "accounts:people",
    "accounts:person",
    "accounts:set-agency-sign-in",
    "documents:document",
    "evaluations:answer-question",
    "evaluations:evidence",
    "evaluations:evidence-coverage",
    "evaluations:evidence-item",
    "evaluations:export-evidence",
    "evaluations:receipt",
    "evaluations:record-evidence",
    "evaluations:self-evaluation",
    "inspections:feed",
    "inspections:feeds",
    "inspections:leave",
    "inspections:letters",
    "inspections:make-feed",
    "inspections:timetable-version",
    "inspections:timetable-versions",
    "inspections:move-step",
    "inspections:log",
    "inspections:name-stand-in",
    "inspections:name-team-member",
    "inspections:readings",
    "inspections:step",
    "inspections:team",
    "inspections:timetable",
    "inspections:timetable-csv",
    "inspections:timetable-ics",
    "inspections:who-is-free",
    "onsite:my-day",
    "onsite:rooms",
    "onsite:session",
    "onsite:sessions",
    "onsite:sessions-csv",
    "workspace:access-csv",
    "workspace:board",
    "workspace:board-csv",
    "workspace:help",
    "workspace:home",
    "workspace:overview",
    "workspace:programme",
}
REACHED_WHEN_PUBLISHED = {
    "concerns:concern",
    "concerns:concerns",
    "concerns:raise-concern",
    "accounts:people",
    "accounts:person",
    "documents:document",
    "evaluations:evaluation",
    "evaluations:evaluations",
    "evaluations:evidence",
    "evaluations:evidence-coverage",
    "evaluations:evidence-item",
    "evaluations:export-evidence",
    "evaluations:receipt",
    "evaluations:self-evaluation",
    "inspections:declarations",
    "inspections:declare-interest",
    "inspections:feed",
    "inspections:feeds",
    "inspections:letters",
    "inspections:make-feed",
    "inspections:timetable-version",
    "inspections:timetable-versions",
    "inspections:log",
    "inspections:name-team-member",
    "inspections:step",
    "inspections:team",
    "inspections:timetable",
    "inspections:timetable-csv",
    "inspections:timetable-ics",
    "reports:comments",
    "reports:draft",
    "reports:preview",
    "reports:published-pdf",
    "reports:published-report",
    "reports:published-reports",
    "reports:published-young-peoples-version",
    "reports:report",
    "retention:inspection-keeping",
    "retention:keeping",
    "retention:periods",
    "onsite:my-day",
    "onsite:rooms",
    "onsite:session",
    "onsite:sessions",
    "onsite:sessions-csv",
    "workspace:access-csv",
    "workspace:board",
    "workspace:board-csv",
    "workspace:help",
    "workspace:home",
    "workspace:overview",
    "workspace:programme",
}


def words_in(answer: Any) -> str:
    """All that a body says: a page's source, a table's cells, a calendar's lines, a PDF's text, any package's parts."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            return "\n".join(
                package.read(name).decode("utf-8", "replace") for name in package.namelist()
            )
    if body.startswith(b"%PDF") and (program := shutil.which("pdftotext")):
        done = subprocess.run([program, "-", "-"], input=body, capture_output=True, check=True)
        return done.stdout.decode()
    said = unescape(body.decode("utf-8", "replace"))
    return said.replace("\r\n ", "")  # a calendar breaks its lines within words (RFC 5545)


def _name_of(path: str) -> str | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.view_name


def _filters(address: str, said: str) -> list[str]:
    """The page again with each choice of each of its filters, one at a time. None of a page that is filtered already."""
    if urlsplit(address).query:
        return []
    return [
        f"?{name}={quote(unescape(value))}"
        for form in FORM.findall(said)
        for name, options in SELECT.findall(form)
        for value in OPTION.findall(options)
    ]


def walk(
    client: Client, *also: str, most: int = AT_MOST, sends: bool = True
) -> Iterator[tuple[str, str]]:
    """Every kind of page that can be reached, with what it says; and what each form answers to nothing typed.

    It begins at home, at the public's page, and at what somebody knows ``also`` (a letter keeps its link, a calendar program
    its address). It opens so many pages of each kind; ``EVERY`` also those of each number and each filter.
    """
    waiting = ["/", reverse("reports:published-reports"), *also]
    seen, opened = set(waiting), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        name = _name_of(urlsplit(address).path)
        is_sample, is_first = opened[name] < min(most, AT_MOST), not opened[name]
        if (
            name is None
            or name in NOT_WALKED
            or not (is_sample or (most is EVERY and name not in ALWAYS_A_SAMPLE))
        ):
            continue
        opened[name] += 1
        answer = client.get(address)
        assert answer.status_code < 500 or answer.status_code == 503, address
        if answer.status_code in (301, 302):
            found = [answer["Location"]]
        else:
            said = words_in(answer)
            yield address, said
            is_page = answer.get("Content-Type", "").startswith("text/html")
            found = LINK.findall(said) if is_page else []
            if is_page and most is EVERY:
                found += _filters(address, said)
        known = addresses.named()[name]
        if sends and is_first and "POST" in known.methods and known.is_ours:
            yield f"{address}{SENT}", _sent_empty(client, address)
        for link in found:
            onward = urljoin(address, unescape(link))
            again = urlsplit(address).query and urlsplit(onward)[2] == urlsplit(address).path
            if again and urlsplit(onward).query:
                continue  # a filtered page offers every other filter together with its own
            if onward.startswith("/") and not onward.startswith("/static/") and onward not in seen:
                seen.add(onward)
                waiting.append(onward)


def _sent_empty(client: Client, address: str) -> str:
    """What the form of this address answers when nothing was typed. Whatever that did is taken back."""
    kept, client.cookies = client.cookies, deepcopy(client.cookies)  # a deed may end the session
    with transaction.atomic():
        answer = client.post(address, {"nothing": "typed"})
        said = words_in(answer)
        transaction.set_rollback(True)
    client.cookies = kept
    return said


Judge = Callable[[str], "re.Pattern[str] | None"]


def finds(
    client: Client, judge: Judge, *also: str, reached: set[str], most: int = AT_MOST
) -> list[str]:
    """Where somebody finds what the ``judge`` says may not stand there. What they reach is added to ``reached``."""
    found = []
    for address, said in walk(client, *also, most=most):
        path = urlsplit(address.removesuffix(SENT)).path
        reached.add(str(_name_of(path)))
        looked_for = judge(path)
        if looked_for and (hit := looked_for.search(said)):
            found.append(f"{address}: {said[max(0, hit.start() - 60) : hit.end() + 60]!r}")
    return found


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def _nothing_beyond(key: str, everything: re.Pattern[str]) -> Judge:
    """Nothing anywhere; but whoever plans a team sees where people are, on the one page that says it."""

    def judge(path: str) -> re.Pattern[str]:
        is_that_page = key in PLANS_TEAMS and _name_of(path) == WHERE_PEOPLE_ARE
        return _any_of(WORK, SURNAME) if is_that_page else everything

    return judge


def _closed_to_office(here: str, everything: re.Pattern[str], *closed: str) -> Judge:
    """On each page of one inspection nothing of the other; elsewhere nothing of what is closed to this office."""
    elsewhere = _any_of(*closed) if closed else None
    return lambda path: everything if f"/{here}/" in path else elsewhere


def calendars(side: World, person: User) -> list[str]:
    """The addresses that this person's calendar program knows: one of everything, and one of each inspection of theirs."""
    chosen = [None, *Inspection.objects.visible_to(person).filter(pk=side.inspection.pk)]
    secrets = [make_feed(one, by=person, at=side.now) for one in chosen]
    return [reverse("inspections:feed", args=[secret]) for secret in secrets]


def signed_in(world: World, key: str) -> Client:
    """A client of this member of the cast; of the public for the public."""
    client = Client()
    if key != doors.PUBLIC:
        client.force_login(world.people[key], backend="accounts.backends.DeskBackend")
    return client


@pytest.mark.parametrize(
    ("must_be_reached", "walk_all", "most"),
    [
        pytest.param(
            REACHED_IN_WEEK_14, {"coordinator"}, 1, marks=pytest.mark.at_week(14), id="in week 14"
        ),
        pytest.param(
            REACHED_WHEN_PUBLISHED,
            {"lead", "coordinator"},
            AT_MOST,
            marks=pytest.mark.at_week(36),
            id="once published",
        ),
    ],
)
def test_nobody_finds_anything_of_another_inspection(
    world: World, other: World, must_be_reached: set[str], walk_all: set[str], most: int
) -> None:
    here = world.inspection.reference
    everything = _any_of(WORK, PLACE, SURNAME, other.inspection.reference)
    # The programme manager knows that it runs and who is in it, decides on what its team declared, and reads nothing of the work.
    of_the_work = [
        f"{beside.word_of(model)} "
        for model in beside.inside()
        if model._meta.label not in OPEN_TO_MANAGER
    ]
    closed = [f"{beside.word_of(apps.get_model(label))} " for label in CLOSED_TO_CHAIR]
    judges = {
        "programme_manager": _closed_to_office(here, everything, *of_the_work),
        "panel_chair": _closed_to_office(here, everything, *closed),
        "service_manager": _closed_to_office(here, everything),  # who reads all of both
    }
    letters = reverse("inspections:letters", args=[here])
    faults: dict[str, list[str]] = {}
    reached: set[str] = set()
    for key in doors.COLUMNS:
        theirs = calendars(world, world.people[key]) if key in world.people else []
        faults[key] = finds(
            signed_in(world, key),
            judges.get(key) or _nothing_beyond(key, everything),
            letters,
            *theirs,
            reached=reached,
            most=EVERY if key in walk_all else most,
        )
    assert not any(faults.values()), "\n".join(
        f"{key} finds {fault}" for key, found in faults.items() for fault in found[:8]
    )
    lacking = must_be_reached - reached
    assert not lacking, f"Nobody came to {sorted(lacking)}."


@pytest.mark.at_week(14)
def test_only_those_who_plan_teams_see_where_people_are(world: World, other: World) -> None:
    """The one exception is one, and nobody else's."""
    page = reverse(WHERE_PEOPLE_ARE)
    see = {key for key in doors.COLUMNS if PLACE in words_in(signed_in(world, key).get(page))}
    assert see == {*PLANS_TEAMS, "programme_manager", "service_manager"}


@pytest.mark.at_week(36)
def test_those_of_the_neighbour_read_their_own_words_and_none_of_glenmarrow(
    world: World, other: World
) -> None:
    """The walk would find the words: whoever works on the neighbour does. What is published of Glenmarrow is everybody's."""
    beside.plant_here()
    # The story addresses the letters of both to the same names.
    addressed = " ".join(other.inspection.addressees.values_list("name", flat=True))
    of_us = [person.name for person in cast.PARTNERSHIP if person.name not in addressed]
    everything = _any_of(beside.WORK_HERE, world.inspection.reference, *of_us)
    read = {
        "lead": ("evaluations.EvidenceItem", "evaluations.SealedEvaluation", "reports.Section"),
        "coordinator": ("evaluations.Answer", "documents.Document"),
    }
    letters = reverse("inspections:letters", args=[other.inspection.reference])
    faults = []
    for person in (*cast.TEAM, *cast.PARTNERSHIP):
        key, theirs = person.key, calendars(other, other.people[person.key])
        is_read = key in read
        steps = walk(
            signed_in(other, key), letters, *theirs, most=AT_MOST if is_read else 1, sends=is_read
        )
        said = list(steps)
        whole = "\n".join(words for _, words in said)
        missing = [
            label
            for label in read.get(key, ())
            if beside.word_of(apps.get_model(label)) not in whole
        ]
        assert not missing, f"{key} does not read {missing}"
        faults += [
            f"{key} finds {address}: {hit[0]}"
            for address, words in said
            if not address.startswith("/reports/") and (hit := everything.search(words))
        ]
    assert not faults, "\n".join(faults[:40])


@pytest.mark.at_week(14)
def test_a_calendar_has_the_dates_of_whoever_made_it_whoever_opens_it(
    world: World, other: World
) -> None:
    """By its secret address: as nobody, as somebody of the other inspection, as somebody who sees both."""
    nobody, of_both = Client(), signed_in(world, "service_manager")
    for side, beyond in ((world, other), (other, world)):
        of_the_other = signed_in(beyond, "lead")
        ours, theirs = (f"{one.inspection.area}: " for one in (side, beyond))
        for key, person in side.people.items():
            is_office, is_stranger = key in OFFICES, key in STRANGERS
            found = calendars(side, person)
            assert len(found) == (1 if is_stranger else 2)
            for address, is_of_all in zip(found, (True, False), strict=False):
                # Who opens it makes no difference, so a few calendars are opened by more than one.
                for reader in (
                    (nobody, of_both, of_the_other)
                    if key in ("lead", "service_manager")
                    else (of_the_other,)
                ):
                    said = words_in(reader.get(address))
                    has_theirs = is_office and is_of_all
                    assert (ours in said) is not is_stranger, f"{key} {address}"
                    assert (theirs in said) is has_theirs, f"{key} {address}"
                    assert (beyond.inspection.reference in said) is has_theirs, f"{key} {address}"


@pytest.mark.at_week(14)
def test_a_calendar_that_is_not_ones_own_cannot_be_had_and_one_taken_back_opens_nothing(
    world: World, other: World
) -> None:
    there = other.inspection
    secret = make_feed(None, by=other.people["lead"], at=world.now)
    not_ours = CalendarFeed.objects.get()
    for key, person in world.people.items():
        if key in OFFICES:
            continue
        client = signed_in(world, key)
        with pytest.raises(Refused):
            make_feed(there, by=person, at=world.now)
        answer = client.post(reverse("inspections:make-feed"), {"inspection": str(there.pk)})
        assert "/calendar/" not in words_in(answer)
        client.post(reverse("inspections:revoke-feed", args=[not_ours.pk]))
        assert list(CalendarFeed.objects.all()) == [not_ours], key
        # Of an inspection that they worked on once, the address goes on and has no date any more.
        once = CalendarFeed.objects.create(
            person=person, inspection=there, secret_hash=hash_of(key), made_at=world.now
        )
        address = reverse("inspections:feed", args=[key])
        said = words_in(client.get(address))
        assert "BEGIN:VCALENDAR" in said
        assert "VEVENT" not in said
        assert not _any_of(PLACE, there.reference).search(said), key
        revoke_feed(once, by=person, at=world.now)
        assert {one.get(address).status_code for one in (client, Client())} == {404}, key
    revoke_feed(not_ours, by=other.people["lead"], at=world.now)
    address = reverse("inspections:feed", args=[secret])
    assert {signed_in(other, key).get(address).status_code for key in ("lead", "inspector")} == {
        404
    }


@pytest.mark.at_week(36)
def test_no_filter_reaches_beyond_its_inspection(world: World, other: World) -> None:
    """Each choice of each filter of the evidence, of its export and of the log, with the neighbour's rows beside it."""
    here, there = world.inspection, other.inspection
    for inspection in (here, there):
        framework = evidence.framework_of(inspection)
        chosen = [
            *({"indicator": one.number} for one in framework.indicators.all()),
            *({"question": str(one.number)} for one in framework.questions.all()),
            *({"source": source} for source in SourceType.values),
            *({"direction": direction} for direction in Direction.values),
            *({"order": order} for order in evidence.EVIDENCE_ORDERS),
        ]
        sizes = Counter[str]()
        for one in chosen:
            for item in evidence.evidence_list(inspection, **one):
                assert item.inspection_id == inspection.pk, one
                sizes[next(iter(one))] += 1
        assert set(sizes) == {"indicator", "question", "source", "direction", "order"}

        choices = log.log_choices(inspection)
        asked: list[dict[str, Any]] = [
            {},
            {"readings": "only"},
            {"readings": "too"},
            {"since": date(2025, 1, 1)},
            *({"what": what} for what, _ in choices.what),
            *({"who": who, "readings": "too"} for who, _ in choices.who),
        ]
        for one in asked:
            for event in log.log_events(inspection, **one):
                assert event.inspection_reference == inspection.reference, one


@pytest.fixture
def numbers(other: World) -> dict[str, Any]:
    """What can stand in an address and belongs to one inspection: the neighbour's."""
    inside = {"inspection": other.inspection}
    coordinator = other.people["coordinator"]
    edition = Edition.objects.filter(report__inspection=other.inspection).last()
    found = {
        "membership": Membership.objects.filter(**inside).last(),
        "invitation": Invitation.objects.filter(**inside).last(),
        "declaration": Declaration.objects.filter(**inside).last(),
        "stand_in": StandIn.objects.filter(membership__inspection=other.inspection).last(),
        "inbox": add_shared_inbox(
            other.inspection,
            email="children@strathvennel.example",
            agency=coordinator.agency,
            by=coordinator,
            at=other.now,
        ),
        "proceedings": record_proceedings(
            other.inspection, title=WORK, by=other.people["programme_manager"], at=other.now
        ),
        "decision": Decision.objects.filter(meeting__inspection=other.inspection).last(),
        "difference": Difference.objects.create(
            meeting=Meeting.objects.filter(**inside)[0],
            side=Side.PARTNERSHIP,
            words=WORK,
            kept_at=other.now,
            kept_by=coordinator,
        ),
        "entry": record_correspondence(
            other.inspection,
            happened_on=other.now.date(),
            direction="to_us",
            means="call",
            with_whom=WORK,
            about=WORK,
            words=WORK,
            by=other.people["lead"],
            at=other.now,
        ),
        "room": other.inspection.onsite_rooms.last(),
        "session": other.inspection.sessions.last(),
        "evaluator": other.inspection.evaluators.last(),
        "point": Point.objects.filter(report__inspection=other.inspection).last(),
        "comment": FactComment.objects.filter(report__inspection=other.inspection).last(),
        "link": EvidenceLink.objects.filter(document__in=beside.rows_of(Document)).first(),
    }
    assert edition and all(found.values()), found
    parts = {part for _, address in _of_one_inspection() for part in address.parts}
    assert parts == set(found) | COUNTED_IN_EACH, "Each identifier is here, or counts anew."
    return {part: row.pk for part, row in found.items() if row}


# What counts anew in each inspection, or is the same in all: there is no neighbour's to put in its place.
COUNTED_IN_EACH = {"reference", "number", "key", "group", "part", "kind", "paragraph"}


def _of_one_inspection() -> Iterator[tuple[str, addresses.Address]]:
    for name, address in addresses.named().items():
        if address.is_ours and "reference" in address.parts:
            yield name, address


@pytest.mark.at_week(36)
def test_an_identifier_that_was_changed_by_hand_leads_nowhere(
    world: World, other: World, numbers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The neighbour's reference with its own numbers: 404. Which words that page has is no matter, so none is drawn."""
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    faults = []
    keys = ("lead", "coordinator")
    clients = {key: signed_in(world, key) for key in keys}
    for url, methods in _changed(world, other, numbers):
        for key, client in clients.items():
            for method in sorted(methods):
                with transaction.atomic():
                    status = getattr(client, method.lower())(url).status_code
                    transaction.set_rollback(True)
                if status != 404:
                    faults.append(f"{key} gets {status} from {method} {url}")
    assert not faults, f"{len(faults)}:\n" + "\n".join(faults[:40])


def _changed(
    world: World, other: World, numbers: dict[str, Any]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Each address with the neighbour's identifiers, in each way in which a hand could change it."""
    named = addresses.named()
    for document in beside.rows_of(Document):
        name = "documents:document"
        yield reverse(name, kwargs={"public_id": document.public_id}), named[name].methods
    for holder, number in (
        ("evaluations.selfevaluation", other.inspection.reference),
        ("inspections.inspection", other.inspection.pk),
        ("reports.report", other.inspection.report.pk),
    ):
        name = "documents:upload-documents"
        given = {"holder_type": holder, "holder_id": number}
        yield reverse(name, kwargs=given), named[name].methods
    for name, address in _of_one_inspection():
        given = _given(name, address, world, numbers)
        yield (
            reverse(name, kwargs={**given, "reference": other.inspection.reference}),
            address.methods,
        )


def _given(
    name: str, address: addresses.Address, world: World, numbers: dict[str, Any]
) -> dict[str, Any]:
    """What fills this address: Glenmarrow's, with the neighbour's ``numbers`` in their places."""
    given = {part: doors.PARTS[part](world) for part in address.parts if part in doors.PARTS}
    given |= doors.CHOICES[name](world) if name in doors.CHOICES else {}
    return given | {part: numbers[part] for part in address.parts if part in numbers}


@pytest.mark.at_week(36)
def test_a_number_of_another_inspection_is_no_number_of_ones_own(
    world: World, other: World, numbers: dict[str, Any]
) -> None:
    """One's own reference, and the neighbour's number in it: as if it did not exist, also for who leads one's own."""
    faults = []
    keys = ("lead", "coordinator", "support_officer", "service_manager", "programme_manager")
    clients = {key: signed_in(world, key) for key in keys}
    for name, address in _of_one_inspection():
        if not set(address.parts) & set(numbers):
            continue
        url = reverse(name, kwargs=_given(name, address, world, numbers))
        for key, client in clients.items():
            for method in sorted(address.methods):
                with transaction.atomic():
                    answer = getattr(client, method.lower())(url)
                    transaction.set_rollback(True)
                said = words_in(answer)
                if answer.status_code not in (403, 404) or WORK in said or SURNAME in said:
                    faults.append(f"{key} gets {answer.status_code} from {method} {url}")
    assert not faults, "\n".join(faults)
