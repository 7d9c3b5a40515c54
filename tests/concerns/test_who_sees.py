"""Who sees a concern: the few, each time on record, after a fresh sign-in; and nobody anywhere else (R36)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.queries import letters_to
from audit.models import Event
from audit.narrate import narrate
from concerns.enums import Referral
from concerns.models import Concern
from core.disposal import disposal_of
from tests.cast import KEYS, STRANGERS
from tests.client import StrictClient
from tests.concerns.raised import ADDED, SECRET, acknowledged, decided, raised
from tests.concerns.test_moves import _add
from workspace.example.world import World

pytestmark = pytest.mark.at_week(14)

ALL = {"lead", "depute", "service_manager"}
RECEIVE = {"concerns_lead", "participation_coordinator"}


def _url(world: World, concern: Concern) -> str:
    return reverse("concerns:concern", args=[world.inspection.reference, concern.number])


@pytest.mark.parametrize(
    ("referral", "besides"),
    [(None, set()), (Referral.NOT, set()), (Referral.REFER, RECEIVE)],
    ids=["raised", "not referred", "referred"],
)
def test_concern_is_opened_by_the_few_and_refused_to_colleagues(
    world: World, referral: Referral | None, besides: set[str]
) -> None:
    concern = raised(world, by="volunteer")
    if referral:
        decided(world, concern, referral)
    found = {}
    for key in KEYS:
        client = StrictClient().as_(world.people[key])
        answer = client.get(_url(world, concern))
        found[key] = answer.status_code
        if answer.status_code != 200:
            assert not any(word in answer.content.decode() for word in SECRET)
        if answer.status_code == 403:
            assert "see every concern; whoever raised one sees that one" in answer.content.decode()
    few = {"volunteer"} | ALL | besides
    assert {key for key, status in found.items() if status == 200} == few
    assert {key for key, status in found.items() if status == 404} == set(STRANGERS)


def test_a_number_that_is_not_there_is_refused_alike(world: World, client: StrictClient) -> None:
    """Nobody counts the concerns of others by trying numbers."""
    concern = raised(world)
    client.as_(world.people["associate"])
    there = client.get(_url(world, concern))
    missing = client.get(reverse("concerns:concern", args=[world.inspection.reference, 99]))
    assert there.status_code == missing.status_code == 403
    assert client.as_(world.people["lead"]).get(missing.request["PATH_INFO"]).status_code == 404


@pytest.mark.parametrize(
    ("key", "listed"),
    [
        ("lead", {"C-001", "C-002", "C-003"}),
        ("depute", {"C-001", "C-002", "C-003"}),
        ("service_manager", {"C-001", "C-002", "C-003"}),
        ("volunteer", {"C-002"}),
        ("health_inspector", {"C-001"}),
        ("inspector", set()),
        ("concerns_lead", {"C-001", "C-003"}),
    ],
)
def test_concerns_page_lists_what_each_sees_and_no_word_of_it(
    world: World, client: StrictClient, key: str, listed: set[str]
) -> None:
    raised(world, by="volunteer")
    decided(world, raised(world, by="associate"))
    client.as_(world.people[key])
    page = client.get(reverse("concerns:concerns", args=[world.inspection.reference]))
    said = page.content.decode()
    assert {one for one in ("C-001", "C-002", "C-003") if one in said} == listed
    assert not any(word in said for word in SECRET)


def test_the_list_costs_the_same_for_one_and_three(world: World, client: StrictClient) -> None:
    client.as_(world.people["lead"])
    url = reverse("concerns:concerns", args=[world.inspection.reference])
    costs = []
    for more in (0, 2):
        for _ in range(more):
            raised(world)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_page_costs_the_same_however_much_was_added(world: World, client: StrictClient) -> None:
    concern = raised(world)
    client.as_(world.people["lead"])
    costs = []
    for more in (1, 2):
        for _ in range(more):
            _add(world, concern, "inspector")
        client.get(_url(world, concern))
        with CaptureQueriesContext(connection) as asked:
            assert ADDED in client.get(_url(world, concern)).content.decode()
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_opening_a_concern_asks_for_a_fresh_sign_in(world: World, client: StrictClient) -> None:
    concern = raised(world)
    client.as_(world.people["lead"])
    later = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 60)
    with time_machine.travel(world.now + later, tick=True):
        answer = client.get(_url(world, concern))
        listed = client.get(reverse("concerns:concerns", args=[world.inspection.reference]))
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next={_url(world, concern).replace('/', '%2F')}")
    assert listed.status_code == 200


@pytest.mark.parametrize("page", ["concerns:concern", "concerns:decide-concern"])
def test_opening_a_concern_is_on_record_once_for_a_sitting(
    world: World, client: StrictClient, page: str
) -> None:
    concern = raised(world)
    client.as_(world.people["lead"])
    url = reverse(page, args=[world.inspection.reference, concern.number])
    before = Event.objects.count()
    for _ in range(3):
        assert client.get(url).status_code == 200
    assert Event.objects.count() == before + 1
    assert narrate(Event.objects.newest_first()[0]) == "Isla Dunmore read concern C-002."


ELSEWHERE = (
    "workspace:overview",
    "workspace:as-at",
    "inspections:log",
    "inspections:readings",
    "inspections:team",
    "inspections:timetable-csv",
    "inspections:timetable-ics",
    "concerns:concerns",
    "concerns:raise-concern",
    "evaluations:evidence",
)


def test_no_page_but_its_own_says_a_word_of_a_concern(world: World, client: StrictClient) -> None:
    """Not to those who may read it either: what is shown in one place alone cannot be carried on by another."""
    concern = raised(world, is_immediate=True)
    _add(world, concern, "inspector")
    acknowledged(world, Concern.objects.get(pk=concern.pk))
    for key in ("lead", "service_manager", "inspector", "concerns_lead"):
        client.as_(world.people[key])
        pages = [reverse("workspace:home")]
        pages += [reverse(name, args=[world.inspection.reference]) for name in ELSEWHERE]
        mine = letters_to(world.people[key])
        pages += [reverse("accounts:told")]
        pages += [reverse("accounts:told-letter", args=[letter.pk]) for letter in mine]
        if key == "lead":
            pages.append(reverse("inspections:correspondence", args=[world.inspection.reference]))
        for url in pages:
            answer = client.get(url)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert not [word for word in SECRET if word in body.decode()], url


def test_room_is_in_the_map_of_those_who_may_raise_or_see(world: World) -> None:
    room = reverse("concerns:concerns", args=[world.inspection.reference])
    overview = reverse("workspace:overview", args=[world.inspection.reference])
    for key in KEYS:
        page = StrictClient().as_(world.people[key]).get(overview)
        if page.status_code == 200:
            opens = StrictClient().as_(world.people[key]).get(room).status_code == 200
            assert (f'href="{room}"' in page.content.decode()) == opens, key


def test_a_concern_goes_with_the_inspection_and_all_that_was_added(world: World) -> None:
    concern = raised(world)
    _add(world, concern, "inspector")
    decided(world, Concern.objects.get(pk=concern.pk))
    disposal = disposal_of("concerns.concern")
    rows = disposal.of(world.inspection.reference)
    assert [disposal.title(row) for row in rows] == ["C-001", "C-002"]
    disposal.how(disposal, rows)
    assert not Concern.objects.exists()


@pytest.mark.parametrize(
    ("is_immediate", "says"), [(True, "Yes, or it could not be ruled out"), (False, "No")]
)
def test_concern_says_whether_somebody_is_in_danger(
    world: World, client: StrictClient, is_immediate: bool, says: str
) -> None:
    """And tells everybody but the partnership's lead for concerns to ring them."""
    concern = decided(world, raised(world, is_immediate=is_immediate))
    lead = client.as_(world.people["lead"]).get(_url(world, concern)).content.decode()
    assert f'In danger now</dt><dd class="ds_summary-list__value">{says}</dd>' in lead
    assert ("ring first" in lead) == is_immediate
    theirs = client.as_(world.people["concerns_lead"]).get(_url(world, concern))
    assert "ring first" not in theirs.content.decode()
