"""Nobody finds anything of another inspection, wherever they walk: on pages, in exports, in feeds, in files (R53).

Each member of the cast opens whatever their own home leads to, sends every form that they are offered (and takes it back),
and reads every body that comes. Beside theirs stands a whole second inspection with words that stand nowhere else.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from documents.models import Document
from evaluations.enums import Direction, SourceType
from evaluations.models import EvidenceLink
from evaluations.queries import evidence
from inspections.models import Invitation, Membership
from inspections.queries import log
from reports.models import Edition, FactComment, Point
from tests import neighbour as beside
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
# One of the team and one of the partnership open every number, every filter and every export of each filter. The others
# open so many pages of one kind each: what differs between people is which kinds open to them.
WALK_ALL = ("lead", "coordinator")
AT_MOST = 2
ALWAYS_A_SAMPLE = {
    "workspace:report-problem"
}  # each page leads to its own, and it shows nothing of it
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
    "inspections:leave",
    "inspections:letters",
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
    "workspace:access-csv",
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
    "inspections:letters",
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
    "workspace:access-csv",
    "workspace:help",
    "workspace:home",
    "workspace:overview",
    "workspace:programme",
}


def words_in(answer: Any) -> str:
    """All that a body says: of a page its source, of a table its cells, of a PDF its text, of any package its parts."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            return "\n".join(
                package.read(name).decode("utf-8", "replace") for name in package.namelist()
            )
    if body.startswith(b"%PDF") and (program := shutil.which("pdftotext")):
        done = subprocess.run([program, "-", "-"], input=body, capture_output=True, check=True)
        return done.stdout.decode()
    return unescape(body.decode("utf-8", "replace"))


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


def walk(client: Client, *also: str, all: bool = False) -> Iterator[tuple[str, str]]:
    """Every kind of page that can be reached, with what it says; and what each form answers to nothing typed.

    It begins at home, at the public's page, and at what somebody knows ``also`` (a letter keeps its link). With ``all``
    it opens every page of each kind, whatever its number and whatever its filter, else ``AT_MOST`` of each.
    """
    waiting = ["/", reverse("reports:published-reports"), *also]
    seen, opened = set(waiting), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        name = _name_of(urlsplit(address).path)
        is_sample = opened[name] < AT_MOST
        if (
            name is None
            or name in NOT_WALKED
            or not (is_sample or (all and name not in ALWAYS_A_SAMPLE))
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
            if is_page and all:
                found += _filters(address, said)
        if (
            is_sample
            and "POST" in addresses.named()[name].methods
            and addresses.named()[name].is_ours
        ):
            yield f"{address} (sent empty)", _sent_empty(client, address)
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


def finds(
    client: Client,
    *words: str,
    reached: set[str],
    also: str,
    where_people_are: bool = False,
    all: bool = False,
) -> list[str]:
    """Where somebody finds any of these words. The addresses that they reach are added to ``reached``."""
    anywhere, found = re.compile("|".join(map(re.escape, words))), []
    on_that_page = re.compile(f"{WORK}|{SURNAME}") if where_people_are else anywhere
    for address, said in walk(client, also, all=all):
        name = str(_name_of(urlsplit(address).path))
        reached.add(name)
        looked_for = on_that_page if name == WHERE_PEOPLE_ARE else anywhere
        if hit := looked_for.search(said):
            found.append(f"{address}: {said[max(0, hit.start() - 60) : hit.end() + 60]!r}")
    return found


def signed_in(world: World, key: str) -> Client:
    """A client of this member of the cast; of the public for the public."""
    client = Client()
    if key != doors.PUBLIC:
        client.force_login(world.people[key], backend="accounts.backends.DeskBackend")
    return client


@pytest.mark.parametrize(
    "must_be_reached",
    [
        pytest.param(REACHED_IN_WEEK_14, marks=pytest.mark.at_week(14), id="in week 14"),
        pytest.param(REACHED_WHEN_PUBLISHED, marks=pytest.mark.at_week(36), id="once published"),
    ],
)
def test_nobody_finds_anything_of_another_inspection(
    world: World, other: World, must_be_reached: set[str]
) -> None:
    everything = (WORK, PLACE, SURNAME, other.inspection.reference)
    faults: dict[str, list[str]] = {}
    reached: set[str] = set()
    letters = reverse("inspections:letters", args=[world.inspection.reference])
    for key in doors.COLUMNS:
        if key not in OFFICES:
            faults[key] = finds(
                signed_in(world, key),
                *everything,
                reached=reached,
                also=letters,
                where_people_are=key in PLANS_TEAMS,
                all=key in WALK_ALL,
            )
    # The programme manager knows that it runs and who is in it, decides on what its team declared, and reads nothing of the work.
    manager = signed_in(world, "programme_manager")
    of_the_work = [
        f"{beside.word_of(model)} "
        for model in beside.inside()
        if model._meta.label not in OPEN_TO_MANAGER
    ]
    faults["programme_manager"] = finds(manager, *of_the_work, reached=reached, also=letters)
    closed = [f"{beside.word_of(apps.get_model(label))} " for label in CLOSED_TO_CHAIR]
    chair = signed_in(world, "panel_chair")
    faults["panel_chair"] = finds(chair, *closed, reached=reached, also=letters)
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
def test_the_words_are_there_for_those_who_may_read_them(world: World, other: World) -> None:
    """The walk would find them: whoever works on the neighbour does, and nothing of Glenmarrow's in turn."""
    read = {
        "lead": ("evaluations.EvidenceItem", "evaluations.SealedEvaluation", "reports.Section"),
        "coordinator": ("evaluations.Answer", "documents.Document"),
    }
    known_of_us = [person.name for person in cast.PARTNERSHIP] + [world.inspection.reference]
    public = re.compile(r"^/reports/")
    for key, labels in read.items():
        said = list(walk(signed_in(other, key)))
        whole = "\n".join(words for _, words in said)
        missing = [label for label in labels if beside.word_of(apps.get_model(label)) not in whole]
        assert not missing, f"{key} does not read {missing}"
        found = [
            f"{address}: {word}"
            for address, words in said
            for word in known_of_us
            if not public.match(address) and word in words and f"/{word}/" not in words
        ]
        assert not found, "\n".join(found[:10])


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


@pytest.mark.at_week(36)
def test_an_identifier_that_was_changed_by_hand_leads_nowhere(world: World, other: World) -> None:
    """The neighbour's reference with its own numbers, and one's own reference with the neighbour's numbers: 404."""
    faults = []
    keys = ("lead", "inspector", "volunteer", "support_officer", "coordinator", "local_reader")
    clients = {key: signed_in(world, key) for key in keys}
    for name, address in addresses.named().items():
        if not address.is_ours:
            continue
        for url in _changed(name, address.parts, world, other):
            for key, client in clients.items():
                for method in sorted(address.methods):
                    with transaction.atomic():
                        status = getattr(client, method.lower())(url).status_code
                        transaction.set_rollback(True)
                    if status != 404:
                        faults.append(f"{key} gets {status} from {method} {url}")
    assert not faults, f"{len(faults)}:\n" + "\n".join(faults[:40])


def _numbers(other: World) -> dict[str, Any]:
    """What can stand in an address and belongs to one inspection: the neighbour's."""
    inside = {"inspection": other.inspection}
    edition = Edition.objects.filter(report__inspection=other.inspection).last()
    link = EvidenceLink.objects.filter(document__in=_rows(Document)).first()
    found = {
        "membership": Membership.objects.filter(**inside).last(),
        "invitation": Invitation.objects.filter(**inside).last(),
        "evaluator": other.inspection.evaluators.last(),
        "point": Point.objects.filter(report__inspection=other.inspection).last(),
        "comment": FactComment.objects.filter(report__inspection=other.inspection).last(),
        "link": link,
    }
    assert edition and all(found.values()), found
    return {part: row.pk for part, row in found.items() if row}


def _rows(model: Any) -> Any:
    return beside.rows_of(model)


def _changed(name: str, parts: tuple[str, ...], world: World, other: World) -> Iterator[str]:
    """The address with the neighbour's identifiers, in each way in which a hand could change it."""
    theirs = _numbers(other)
    if name == "documents:document":
        for document in _rows(Document):
            yield reverse(name, kwargs={"public_id": document.public_id})
    if name == "documents:upload-documents":
        for holder, number in (
            ("evaluations.selfevaluation", other.inspection.reference),
            ("inspections.inspection", other.inspection.pk),
            ("reports.report", other.inspection.report.pk),
        ):
            yield reverse(name, kwargs={"holder_type": holder, "holder_id": number})
    if "reference" not in parts:
        return
    given = {part: doors.PARTS[part](world) for part in parts if part in doors.PARTS}
    given |= doors.CHOICES[name](world) if name in doors.CHOICES else {}
    numbers = {part: theirs[part] for part in parts if part in theirs}
    yield reverse(name, kwargs={**given, **numbers, "reference": other.inspection.reference})


@pytest.mark.at_week(36)
def test_a_number_of_another_inspection_is_no_number_of_ones_own(
    world: World, other: World
) -> None:
    """One's own reference, and the neighbour's number in it: as if it did not exist, also for who leads one's own."""
    theirs, faults = _numbers(other), []
    for name, address in addresses.named().items():
        numbers = {part: theirs[part] for part in address.parts if part in theirs}
        if not address.is_ours or "reference" not in address.parts or not numbers:
            continue
        given = {part: doors.PARTS[part](world) for part in address.parts if part in doors.PARTS}
        url = reverse(name, kwargs={**given, **numbers})
        for key in ("lead", "coordinator", "support_officer"):
            for method in sorted(address.methods):
                with transaction.atomic():
                    answer = getattr(signed_in(world, key), method.lower())(url)
                    transaction.set_rollback(True)
                said = words_in(answer)
                if answer.status_code == 200 or WORK in said or SURNAME in said:
                    faults.append(f"{key} gets {answer.status_code} from {method} {url}")
    assert not faults, "\n".join(faults)
