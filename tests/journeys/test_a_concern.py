"""A concern by HTTP alone, from a volunteer's telephone to the local case, each person by what their own pages lead to."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from core.models import Letter
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.world import World

BANNER = 'aria-label="Immediate risk"'


def _open(client: StrictClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def _link(page: str, ends: str) -> str:
    """The address on a page that ends so."""
    found = re.search(rf'(?:href|action)="([^"]*/concerns/{ends})"', page)
    assert found, f"No way leads to {ends}."
    return found[1]


def _token(page: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.at_week(14)
def test_a_concern_from_a_telephone_to_the_local_case(world: World) -> None:
    people = {key: StrictClient() for key in ("volunteer", "lead", "concerns_lead", "inspector")}
    for key, client in people.items():
        client.as_(world.people[key])
    volunteer, lead, partner = (people[key] for key in ("volunteer", "lead", "concerns_lead"))
    overview = reverse("workspace:overview", args=[world.inspection.reference])

    # The volunteer finds the room in the map, and says what they heard. They press twice.
    room = _open(volunteer, _link(_open(volunteer, overview), ""))
    raising = _link(room, "raise/")
    sent = {
        "form_token": _token(_open(volunteer, raising)),
        "is_immediate": "yes",
        "words": "G is afraid to go home.",
        "who": "A young person called G.",
        "place": "",
    }
    for _ in range(2):
        listed = volunteer.post(raising, sent, follow=True).content.decode()
    assert "C-002" in listed
    assert "C-003" not in listed

    # The lead is told by letter and at home, reads and refers it.
    run_jobs()
    told = Letter.objects.filter(to=world.people["lead"].email).latest("pk")
    assert told.subject == "Glenmarrow: a concern waits for you"
    home = _open(lead, "/")
    assert BANNER in home
    deciding = _link(home, "2/decide/")
    page = _open(lead, deciding)
    assert "G is afraid to go home." in page
    version = re.search(r'name="based_on" value="(\d+)"', page)
    assert version
    decision = {"based_on": version[1], "referral": "refer", "reason": "G may be harmed."}
    assert "C-002 is decided." in lead.post(deciding, decision, follow=True).content.decode()

    # The partnership's lead for concerns finds it at home, confirms it, and closes it with the local case.
    page = _open(partner, _link(_open(partner, "/"), "2/"))
    confirmed = partner.post(_link(page, "2/confirm/"), follow=True).content.decode()
    assert "You have confirmed C-002." in confirmed
    closed = partner.post(
        _link(confirmed, "2/close/"), {"case_reference": "LOCAL-5"}, follow=True
    ).content.decode()
    assert "C-002 is closed." in closed

    # It has ended: no banner, and a colleague never learned of it.
    assert BANNER not in _open(lead, "/")
    assert "C-002" not in _open(people["inspector"], room_of(world))
    assert "LOCAL-5" in _open(volunteer, _link(_open(volunteer, room_of(world)), "2/"))


def room_of(world: World) -> str:
    """The room of concerns."""
    return reverse("concerns:concerns", args=[world.inspection.reference])
