"""One's own sessions: the list, ending them, and a session that turns up in another browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.browsers import browser_in_words
from accounts.networks import network_of
from audit.models import Event
from audit.narrate import narrate
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.cast import PASSWORD
from workspace.example.world import World

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
NEWER_FIREFOX = FIREFOX.replace("145", "146")
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = f"{CHROME.replace('X11; Linux x86_64', 'Windows NT 10.0')} Edg/142.0"

pytestmark = pytest.mark.at_week(0)


def signed_in(world: World, browser: str, key: str = "lead") -> StrictClient:
    """A window of this browser in which this person has signed in."""
    client = StrictClient(headers={"User-Agent": browser})
    typed = {"login": world.people[key].email, "password": PASSWORD}
    assert client.post("/account/login/", typed)["Location"] == "/"
    return client


def last() -> str:
    return narrate(Event.objects.newest_first()[0])


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (CHROME, "Chrome on Linux"),
        (SAFARI, "Safari on an iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8.0", "Some other browser"),
        ("", ""),
    ],
)
def test_a_browser_in_words(user_agent: str, words: str) -> None:
    assert browser_in_words(user_agent) == words
    assert browser_in_words(user_agent + " 12345") in (words, "Some other browser")


def test_sessions_say_when_and_in_what_browser(world: World) -> None:
    alone = signed_in(world, FIREFOX)
    page = alone.get(reverse("accounts:sessions")).content.decode()
    assert "Firefox on Windows" in page
    assert "Sign out everywhere else" not in page
    signed_in(world, SAFARI)
    page = alone.get(reverse("accounts:sessions")).content.decode()
    assert page.index("Firefox on Windows") < page.index("Safari on an iPhone")
    assert "Signed in Friday 29 August 2025 at 18:00" in page
    assert page.count("End it<") == 1


def test_a_session_behind_a_unix_socket_is_on_the_list(world: World, settings: Any) -> None:
    """The web server has no address for whoever speaks through a socket; the proxy says where they are."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    socket = StrictClient(headers={"User-Agent": FIREFOX, "X-Forwarded-For": "203.0.113.9"})
    typed = {"login": world.people["lead"].email, "password": PASSWORD}
    assert socket.post("/account/login/", typed, REMOTE_ADDR="")["Location"] == "/"
    assert UserSession.objects.get().ip == "203.0.113.9"
    here = signed_in(world, SAFARI)
    here.post(reverse("accounts:end-other-sessions"), headers={"X-Forwarded-For": "203.0.113.8"})
    assert socket.get("/").status_code == 302


def test_end_session_elsewhere(world: World) -> None:
    here, there = signed_in(world, FIREFOX), signed_in(world, SAFARI)
    found = UserSession.objects.get(user_agent=SAFARI)
    here.post(reverse("accounts:end-session", args=[found.pk]))
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert last() == "Isla Dunmore ended their session in Safari on an iPhone."


def test_end_session_of_somebody_else_is_not_found(world: World) -> None:
    theirs = signed_in(world, SAFARI, "depute")
    found = UserSession.objects.get()
    answer = signed_in(world, FIREFOX).post(reverse("accounts:end-session", args=[found.pk]))
    assert answer.status_code == 404
    assert theirs.get("/").status_code == 200


def test_signing_out_everywhere_else_ends_all_others_in_one_event(world: World) -> None:
    here, others = signed_in(world, FIREFOX), [signed_in(world, SAFARI), signed_in(world, CHROME)]
    here.post(reverse("accounts:end-other-sessions"))
    assert [one.get("/").status_code for one in others] == [302, 302]
    assert here.get("/").status_code == 200
    assert last() == "Isla Dunmore signed out everywhere else (sessions ended: 2)."


def test_a_new_password_ends_every_other_session(world: World) -> None:
    here, there = signed_in(world, FIREFOX), signed_in(world, SAFARI)
    new = "four loud lochs here"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), typed).status_code == 302
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert last() == "Isla Dunmore changed their password."


def test_a_session_used_in_another_browser_ends_and_goes_on_record(world: World) -> None:
    owner = signed_in(world, FIREFOX)
    owner.defaults["HTTP_USER_AGENT"] = NEWER_FIREFOX
    assert owner.get("/").status_code == 200  # an update is no other browser

    thief = StrictClient(headers={"User-Agent": CHROME})
    thief.cookies = owner.cookies.copy()
    answer = thief.get("/", follow=True)
    assert "turned up in another browser" in answer.content.decode()
    assert answer.redirect_chain[0][0].startswith("/account/login/")
    assert last() == (
        "A session of Isla Dunmore that began in Firefox on Windows was used in Chrome on Linux, and was ended."
    )
    assert owner.get("/").status_code == 302


def test_a_form_sent_from_another_browser_is_shown_what_it_typed(world: World) -> None:
    owner = signed_in(world, FIREFOX)
    owner.defaults["HTTP_USER_AGENT"] = CHROME
    answer = owner.post("/report-a-problem/", {"what": "I typed all this."})
    assert answer.status_code == 401
    assert "I typed all this." in answer.content.decode()


def test_two_sessions_of_one_browser_are_told_apart(world: World) -> None:
    here = signed_in(world, FIREFOX)
    signed_in(world, CHROME)
    with time_machine.travel(world.now + timedelta(hours=7), tick=True):
        signed_in(world, CHROME)
        page = here.get(reverse("accounts:sessions")).content.decode()
    assert ": Chrome on Linux, signed in Friday 29 August 2025 at 18:00</span>" in page
    assert ": Chrome on Linux, signed in Saturday 30 August 2025 at 01:00</span>" in page
    assert "last used on Friday 29 August 2025 at 18:00" in page
    assert "last used at 01:00" in page


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2::9", "2001:db8:1::/48"),
        ("no address", ""),
        ("", ""),
    ],
)
def test_the_network_of_an_address(ip: str, network: str) -> None:
    assert network_of(ip) == network


def _from(client: StrictClient, ip: str) -> None:
    assert client.get("/", REMOTE_ADDR=ip).status_code == 200


def _told() -> int:
    run_jobs()
    return len([one for one in outbox.outbox if "another network" in one.subject])


def test_a_session_used_from_another_network_goes_on_and_is_told_once(world: World) -> None:
    here = signed_in(world, FIREFOX)
    _from(here, "127.0.0.7")  # beside the address it began with
    assert _told() == 0
    events = Event.objects.count()

    _from(here, "203.0.113.9")
    assert last() == (
        "A session of Isla Dunmore was used from another network than the one it began in."
    )
    assert _told() == 1
    letter = outbox.outbox[-1]
    assert letter.to == [world.people["lead"].email]
    assert "(203.0.113.9)" in letter.body
    assert "203.0.113.9" not in str(Event.objects.newest_first()[0].details)

    for ip in ("203.0.113.200", "127.0.0.1", "203.0.113.9"):  # there and back, as on a train
        _from(here, ip)
    assert (_told(), Event.objects.count()) == (1, events + 1)
    page = here.get(reverse("accounts:sessions"), REMOTE_ADDR="203.0.113.9").content.decode()
    assert "Also used from another network at 18:00: 203.0.113.9" in page
    assert page.count("Also used") == 1

    tomorrow = signed_in(world, FIREFOX)
    _from(tomorrow, "203.0.113.9")  # noted again, and told before
    assert (_told(), Event.objects.count()) == (1, events + 2)


def _listed(client: StrictClient) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("accounts:sessions")).status_code == 200
    return len(asked)


def test_sessions_cost_the_same_for_one_and_for_three(world: World) -> None:
    here = signed_in(world, FIREFOX)
    here.get(reverse("accounts:sessions"))
    assert _listed(here) == 4
    signed_in(world, SAFARI)
    signed_in(world, CHROME)
    assert _listed(here) == 4
