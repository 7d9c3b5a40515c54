"""The pages' common frame: a refusal, an ended session, a page open too long, and what was typed before them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from core.web import page_above
from inspections.enums import InspectionState
from inspections.models import Inspection
from tests.client import StrictClient
from workspace.example.world import World


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/inspections/JI-1/report/schedule/", ("/inspections/JI-1/report/", "report")),
        ("/inspections/JI-1/report/points/4/remove/", ("/inspections/JI-1/report/", "report")),
        ("/inspections/JI-1/report/draft/3/comment/", ("/inspections/JI-1/report/draft/", "draft")),
        ("/inspections/JI-1/notify/", ("/inspections/JI-1/", "overview")),
        (
            "/inspections/JI-1/self-evaluation/submit/",
            ("/inspections/JI-1/self-evaluation/", "self-evaluation"),
        ),
        ("/programme/", None),
        ("/", None),
    ],
)
def test_the_page_above_is_the_nearest_that_only_reads(path: str, above: Any) -> None:
    found = page_above(path)
    assert (found and (found.url, found.words)) == above


@pytest.mark.at_week(14)
def test_a_refusal_shows_what_was_typed_and_no_password(world: World, client: StrictClient) -> None:
    url = reverse("inspections:name-addressees", args=[world.inspection.reference])
    words = "1 High Street, Glenmarrow,\nby the old mill"

    response = client.as_(world.people["lead"]).post(
        url, {"cpp_chair-postal_address": words, "password": "a secret that is long enough"}
    )

    page = response.content.decode()
    assert response.status_code == 403
    assert "by the old mill" in page
    assert "a secret that" not in page
    assert Inspection.objects.get(pk=world.inspection.pk).state == InspectionState.PHASE_TWO


INVITED = {"name": "Ann Lee", "email": "ann@example.org", "role": "lead", "password": "a secret"}
MOVED = {
    "starts_on": "2 December 2025",
    "ends_on": "4 December 2025",
    "reason": "Snow closed the roads.",
    "seen": "0123456789abcdef",
}
PROBLEM = {"what": "The timetable\nis empty.", "where": "/areas/"}
FORMS = [
    ("inspections:invite-person", (), INVITED),
    ("inspections:move-step", ("records_reading",), MOVED),
    ("workspace:report-problem", None, PROBLEM),
    ("evaluations:answer-question", (1,), {"how_good": "Help comes in time.", "based_on": "1"}),
]
HIDDEN = ("password", "seen", "based_on")


def _address(world: World, name: str, parts: tuple[Any, ...] | None) -> str:
    given = [] if parts is None else [world.inspection.reference, *parts]
    return reverse(name, args=given)


def _boxes(response: Any) -> list[str]:
    """What stands in the boxes to copy from."""
    found = re.findall(
        r"<textarea[^>]* readonly>\n(.*?)</textarea>", response.content.decode(), re.S
    )
    return [unescape(words) for words in found]


@pytest.mark.at_week(14)
@pytest.mark.parametrize(("name", "parts", "sent"), FORMS)
def test_a_form_sent_without_a_session_says_so_and_shows_what_was_typed(
    world: World, client: StrictClient, name: str, parts: Any, sent: dict[str, str]
) -> None:
    url = _address(world, name, parts)

    response = client.post(f"{url}?role=lead", sent)

    assert response.status_code == 401
    page = response.content.decode()
    assert "You were signed out before this was sent. Nothing was saved." in page
    assert _boxes(response) == [value for field, value in sent.items() if field not in HIDDEN]
    assert name != "evaluations:answer-question" or "How good are we now?" in page
    assert f'href="/account/login/?next={quote(url, safe="")}%3Frole%3Dlead"' in page


@pytest.mark.at_week(14)
def test_what_was_typed_stands_under_the_labels_of_the_form_and_in_the_words_that_were_chosen(
    world: World, client: StrictClient
) -> None:
    agency = world.people["coordinator"].agency
    sent = {"name": "Ann Lee", "email": "ann@example.org", "role": "contributor"}
    url = _address(world, "inspections:invite-person", ())

    page = client.post(url, {**sent, "agency": str(agency.pk)}).content.decode()

    found = re.findall(r'<label[^>]*for="typed-\d+">(.*?)</label>\s*<textarea[^>]*>\n(.*?)<', page)
    assert [(label, unescape(words)) for label, words in found] == [
        ("Name", "Ann Lee"),
        ("E-mail address", "ann@example.org"),
        ("Role", "Contributor of an agency"),
        ("Agency", str(agency)),
    ]


@pytest.mark.at_week(14)
def test_what_was_chosen_is_named_to_nobody_where_names_are_not_open(
    world: World, client: StrictClient
) -> None:
    person = world.people["inspector"]
    url = _address(world, "inspections:name-team-member", ())
    page = client.post(url, {"person": str(person.pk)})
    assert person.name not in page.content.decode()


@pytest.mark.at_week(14)
@pytest.mark.parametrize(("name", "parts", "sent"), FORMS)
def test_a_form_of_a_page_open_too_long_shows_what_was_typed(
    world: World, name: str, parts: Any, sent: dict[str, str]
) -> None:
    client = StrictClient(enforce_csrf_checks=True).as_(world.people["lead"])
    url = _address(world, name, parts)

    response = client.post(url, sent)

    assert response.status_code == 403
    page = response.content.decode()
    assert "The page was open too long" in page
    assert "Nothing was saved" in page
    assert _boxes(response) == [value for field, value in sent.items() if field not in HIDDEN]
    assert f'href="{url}"' in page


@pytest.mark.at_week(14)
@pytest.mark.parametrize("header", ["Origin", "Referer"])
def test_what_another_site_sent_is_not_shown(world: World, header: str) -> None:
    client = StrictClient(enforce_csrf_checks=True).as_(world.people["lead"])
    client.cookies["csrftoken"] = "x" * 32
    url = _address(world, "workspace:report-problem", None)

    response = client.post(
        url, PROBLEM, headers={header: "https://elsewhere.example"}, secure=header == "Referer"
    )

    assert (response.status_code, _boxes(response)) == (403, [])


@pytest.mark.at_week(14)
def test_only_a_form_that_a_person_sent_is_answered_by_that_page(
    world: World, client: StrictClient
) -> None:
    url = _address(world, "evaluations:answer-question", (1,))
    by_itself = client.post(url, {"how_good": "Help."}, headers={"Accept": "application/json"})
    to_sign_in = f"/account/login/?next={url}"
    assert (by_itself.status_code, by_itself["Location"]) == (302, to_sign_in)
    opened = client.get(url)
    assert (opened.status_code, opened["Location"]) == (302, to_sign_in)


@pytest.mark.at_week(14)
@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/areas/GLE/?a=b", "%2Fareas%2FGLE%2F%3Fa%3Db"),
        ("http://elsewhere.example/areas/", "%2Freport-a-problem%2F"),
        ("http://testserver//elsewhere.example/", "%2Freport-a-problem%2F"),
        ("http://testserver/\\elsewhere.example/", "%2Freport-a-problem%2F"),
        ("http://[", "%2Freport-a-problem%2F"),
    ],
)
def test_signing_in_leads_back_to_the_page_on_which_the_form_stands(
    world: World, client: StrictClient, came_from: str, leads_to: str
) -> None:
    url = _address(world, "workspace:report-problem", None)
    response = client.post(url, PROBLEM, headers={"Referer": came_from})
    assert f'href="/account/login/?next={leads_to}"' in response.content.decode()
