"""The co-ordinator's first day, through the pages alone: a code instead of a letter, the health board's part, a stand-in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail as outbox

from accounts.models import Agency, User
from audit.models import Event
from audit.record import broken_links
from evaluations.models import Answer, Question
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.world import World

COORDINATOR, NURSE = "rona.brae@glenmarrow.example", "una.skene@glenmarrow.example"
PASSWORD = "seven other glens"


class Browser:
    """One browser, signed in or not, and the address of the inspection."""

    def __init__(self, world: World, person: User | None = None) -> None:
        self.client, self.base = StrictClient(), f"/inspections/{world.inspection.reference}/"
        if person:
            self.client.as_(person)

    def does(self, path: str, typed: dict[str, Any] | None = None, *, reads: str) -> str:
        """Send the form and read the sentence on the page that follows."""
        return self._reads(self.client.post(self._path(path), typed or {}, follow=True), reads)

    def reads(self, path: str, words: str = "") -> str:
        return self._reads(self.client.get(self._path(path), follow=True), words)

    def is_refused(self, path: str, status: int, words: str = "") -> None:
        response = self.client.get(self._path(path))
        assert response.status_code == status
        assert words in response.content.decode()

    def _path(self, path: str) -> str:
        return path if path.startswith("/") else self.base + path

    def _reads(self, response: Any, words: str) -> str:
        page = str(response.content.decode())
        assert response.status_code == 200, page
        assert words in page, page
        return page


def invitation_of(name: str, page: str) -> str:
    """The number of somebody's open invitation on the page of the team."""
    found = re.search(
        rf"invitations/(\d+)/withdraw/\">Withdraw<[^>]+> the invitation of {name}", page
    )
    assert found, page
    return found[1]


def link_sent_to(address: str, starts_with: str) -> str:
    """The path of such a link in the newest letter to that address that has one."""
    run_jobs()
    letters = "".join(one.body for one in outbox.outbox if one.to == [address])
    links = re.findall(rf"http://testserver({re.escape(starts_with)}\S+)", letters)
    assert links, letters
    return str(links[-1])


@pytest.mark.at_week(2, weekday=1)
def test_the_coordinators_first_day(world: World) -> None:
    council = Agency.objects.get(name="Glenmarrow Council").pk
    board = Agency.objects.get(name="NHS Glenmarrow")

    # The support officer invites; the letter does not arrive; a code is read out and typed, once wrongly.
    support = Browser(world, world.people["support_officer"])
    who = {"name": "Rona Brae", "email": COORDINATOR, "agency": council}
    team = support.does(
        "invite/", {**who, "role": "inspection_coordinator"}, reads="The invitation is on its way"
    )
    number = invitation_of("Rona Brae", team)
    shown = support.does(f"invitations/{number}/code/", reads="Read it out now")
    code = re.search(r'id="code">([^<]+)<', shown)
    assert code
    coordinator = Browser(world)
    coordinator.reads("/account/login/", "join with it")
    coordinator.does(
        "/join/", {"email": COORDINATOR, "code": "2222 2222 2222"}, reads="do not go together"
    )
    coordinator.does("/join/", {"email": COORDINATOR, "code": code[1]}, reads="invites Rona Brae")
    link = coordinator.client.post("/join/", {"email": COORDINATOR, "code": code[1]})["Location"]
    coordinator.does(
        link, {"password": PASSWORD, "again": PASSWORD}, reads="You have joined as inspection"
    )
    Browser(world).is_refused(link, 410, "This invitation has been used.")
    # By a code alone nothing opens yet; then she opens the letter to her address.
    coordinator.is_refused("invite/", 403, "You joined Glenmarrow (JI-2026-001) by a code.")
    coordinator.does(link_sent_to(COORDINATOR, "/account/confirm"), reads="You have confirmed")

    # On the same day she invites the board's contributor, takes a slip back, and gives the board its part.
    slip = coordinator.does(
        "invite/",
        {"name": "Wrong Person", "email": "x@y.example", "agency": council, "role": "contributor"},
        reads="on its way",
    )
    coordinator.does(
        f"invitations/{invitation_of('Wrong Person', slip)}/withdraw/",
        {"reason": "A slip"},
        reads="Its link opens nothing any more.",
    )
    coordinator.does(
        "invite/",
        {"name": "Una Skene", "email": NURSE, "agency": board.pk, "role": "contributor"},
        reads="on its way",
    )
    coordinator.does(
        "self-evaluation/give/",
        {"question_2": [board.pk]},
        reads="The questions are given out.",
    )
    coordinator.does(
        "self-evaluation/5/", {"how_good": "What only the council has written."}, reads="is saved"
    )

    # The contributor joins by the letter, sees the board's part and nothing else, and writes it.
    nurse = Browser(world)
    nurse.does(
        link_sent_to(NURSE, "/join/"),
        {"password": PASSWORD, "again": PASSWORD},
        reads="You have joined as contributor",
    )
    nurse.reads("/", "Joint self-evaluation: question 2")
    room = nurse.reads("self-evaluation/", "Given to NHS Glenmarrow")
    assert "question 5" not in room
    nurse.is_refused("self-evaluation/5/", 403, "Question 5 is not given to NHS Glenmarrow.")
    nurse.is_refused("self-evaluation/submit/", 403)
    nurse.is_refused("self-evaluation/give/", 403)
    nurse.is_refused("evidence/", 403)
    nurse.does("self-evaluation/2/", {"how_good": "Help comes early."}, reads="is saved")
    assert Answer.objects.get(question=Question.objects.get(number=2)).changed_by.email == NURSE

    # A stand-in takes over for some days; then the office goes to another person, and the old holder is out.
    me = world.inspection.memberships.get(person__email=COORDINATOR).pk
    una = User.objects.get(email=NURSE).pk
    coordinator.does(
        f"team/{me}/stand-in/",
        {"person": una, "starts_on": "9 September 2025", "until": "19 September 2025"},
        reads="Una Skene stands in for Rona Brae.",
    )
    nurse.reads("self-evaluation/5/", "What only the council has written.")
    nurse.does(
        "self-evaluation/give/",
        {"question_2": [board.pk], "question_3": [board.pk]},
        reads="The questions are given out.",
    )
    assert Event.objects.latest("number").by_name == "Una Skene, also standing in for Rona Brae"
    coordinator.does(
        f"team/{me}/hand-over/", {"person": una}, reads="Una Skene is inspection co-ordinator now."
    )
    coordinator.is_refused("team/", 403, "Your part in this inspection as inspection co-ordinator")
    nurse.reads("self-evaluation/", "The five questions")
    assert list(broken_links()) == []
