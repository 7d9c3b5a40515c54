"""The page on which a programme manager sets, changes and takes away an agency's own sign-in; and what it asks of a server."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from accounts import agency_servers, queries, rules
from accounts.actions.agencies import remove_agency_sign_in, set_agency_sign_in
from accounts.models import Agency, AgencySignIn
from accounts.roles import Capability
from core.verdicts import Refused
from tests.client import StrictClient
from tests.inspections import record
from workspace.example.world import World

ABOUT = "/.well-known/openid-configuration"


def council() -> Agency:
    return Agency.objects.get(name="Glenmarrow Council")


def typed(provider: str, **other: str) -> dict[str, str]:
    """What somebody writes into the form."""
    return {
        "server_url": provider,
        "client_id": "joint-inspections",
        "domains": "@glenmarrow.example\nBoard.Example",
        "key": "council",
    } | other


def page_of(name: str, agency: Agency) -> str:
    return reverse(f"accounts:{name}-agency-sign-in", args=[agency.pk])


@pytest.mark.at_week(0)
def test_set_agency_sign_in_then_change_it_then_take_it_away(
    provider: str, world: World, client: StrictClient, settings: Any
) -> None:
    agency = council()
    client.as_(world.people["programme_manager"])
    shown = client.get(reverse("accounts:agency", args=[agency.pk])).content.decode()
    assert "with a password or a passkey" in shown
    assert 'value="glenmarrow-council"' in client.get(page_of("set", agency)).content.decode()

    done = client.post(page_of("set", agency), typed(provider), follow=True).content.decode()
    assert "They can do so once the secret is there." in done
    assert f"adds <code>council={provider}|…</code> to the variable" in done
    assert "@glenmarrow.example, @board.example" in done
    assert "http://testserver/account/oidc/council/login/callback/" in done
    terms = f"{provider} as “joint-inspections” under the key council, for @glenmarrow.example, @board.example"
    let = "Una Breck let the people of Glenmarrow Council sign in with their agency's own account"
    assert record.last_sentence() == f"{let}, at {terms}. Before: no sign-in there."

    settings.AGENCY_SIGN_IN_SECRETS = {"council": (provider, "hush-hush-hush")}
    before = record.count()
    again = client.post(page_of("set", agency), typed(provider), follow=True).content.decode()
    assert "It is there, under the key council." in again
    assert "hush" not in again + client.get(page_of("set", agency)).content.decode()
    assert record.count() == before  # the same once more is nothing new
    assert AgencySignIn.objects.get().domains == "glenmarrow.example\nboard.example"

    person = world.people["coordinator"]
    SocialAccount.objects.create(user=person, provider="council", uid="1")
    client.post(page_of("set", agency), typed(provider, client_id="another"))
    assert AgencySignIn.objects.get().client_id == "another"
    another = terms.replace("joint-inspections", "another")
    assert record.last_sentence() == f"{let}, at {another}. Before: {terms}."
    assert not SocialAccount.objects.exists()

    SocialAccount.objects.create(user=person, provider="council", uid="1")
    assert "Take it away" in client.get(page_of("remove", agency)).content.decode()
    gone = client.post(page_of("remove", agency), follow=True).content.decode()
    assert "sign in here, with their passwords" in gone
    assert not AgencySignIn.objects.exists()
    assert not SocialAccount.objects.exists()
    assert record.last_sentence() == (
        f"Una Breck took away the sign-in of Glenmarrow Council: its people sign in here again. Before: {another}."
    )
    twice = client.post(page_of("remove", agency), follow=True).content.decode()
    assert "has no sign-in of its own." in twice


@pytest.mark.at_week(0)
@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"server_url": ""}, "Write the address of its sign-in."),
        ({"server_url": "login dot example"}, "Write the whole address, for example"),
        ({"server_url": "http://localhost:9"}, "cannot be reached. Look at the address"),
        ({"server_url": "https://a.example/?x=1"}, "Write the address alone, without ?"),
        ({"domains": ""}, "Write the domains of its e-mail addresses."),
        ({"domains": "glenmarrow"}, "glenmarrow is no domain. Write only what stands behind"),
        ({"domains": "jo@glenmarrow.example"}, "jo@glenmarrow.example is no domain."),
        ({"key": "two words"}, "without spaces"),
        ({"key": "openid_connect"}, "Choose another key."),
        ({"key": "health"}, "has that key. Choose another."),
        ({"client_id": "x" * 192}, "Shorten it to 191 or fewer."),
    ],
)
def test_set_agency_sign_in_says_what_is_wrong_and_keeps_what_was_typed(
    provider: str, world: World, client: StrictClient, other: dict[str, str], sentence: str
) -> None:
    health = Agency.objects.get(name="NHS Glenmarrow")
    AgencySignIn.objects.create(agency=health, key="health", server_url=provider, client_id="x")
    client.as_(world.people["programme_manager"])
    sent = typed(provider, **other)
    shown = client.post(page_of("set", council()), sent).content.decode()
    assert sentence in shown
    assert all(value in shown for value in sent.values())
    assert AgencySignIn.objects.count() == 1


@pytest.mark.at_week(0)
def test_set_agency_sign_in_takes_the_page_that_describes_it(
    provider: str, world: World, client: StrictClient
) -> None:
    client.as_(world.people["programme_manager"])
    client.post(page_of("set", council()), typed(f"{provider}{ABOUT}"))
    assert AgencySignIn.objects.get().server_url == provider


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["service_manager", "lead", "coordinator"])
@pytest.mark.parametrize("deed", ["set", "remove"])
def test_agency_sign_ins_are_the_programme_managers(
    world: World, client: StrictClient, key: str, deed: str
) -> None:
    client.as_(world.people[key])
    assert client.get(page_of(deed, council())).status_code == 403
    assert client.post(page_of(deed, council()), typed("https://a.example")).status_code == 403


@pytest.mark.at_week(0)
def test_set_and_remove_agency_sign_in_ask_the_rule_again(world: World) -> None:
    una, agency = world.people["programme_manager"], council()
    given: dict[str, Any] = {"server_url": "https://a.example", "client_id": "x"}
    named = {"domains": ["a.example"]}
    with pytest.raises(Refused, match="has no sign-in of its own"):
        remove_agency_sign_in(agency, by=una, at=world.now)
    with pytest.raises(Refused, match="Choose another key"):
        set_agency_sign_in(agency, key="openid_connect", **given, **named, by=una, at=world.now)
    clock = Agency.objects.get(kind="system")
    verdict = rules.may_set_agency_sign_in(
        clock, key="clock", server_url="https://a.example", **named
    )
    assert verdict.sentence == rules.THE_CLOCK
    for nothing in ([], [" "]):
        with pytest.raises(Refused, match="Write at least one domain"):
            set_agency_sign_in(agency, key="a", **given, domains=nothing, by=una, at=world.now)
    assert not AgencySignIn.objects.exists()


@pytest.mark.at_week(0)
@pytest.mark.parametrize("key", ["service_manager", "lead", "coordinator"])
def test_set_and_remove_agency_sign_in_ask_who_does_it(world: World, key: str) -> None:
    """Whatever calls them: a page, a command, the next developer."""
    agency, somebody = council(), world.people[key]
    given: dict[str, Any] = {
        "key": "council",
        "server_url": "https://a.example",
        "client_id": "x",
        "domains": ["a.example"],
    }
    before = record.count()
    with pytest.raises(Refused, match=Capability.SET_AGENCY_SIGN_IN.value):
        set_agency_sign_in(agency, **given, by=somebody, at=world.now)
    assert not AgencySignIn.objects.exists()
    given["domains"] = "a.example"
    AgencySignIn.objects.create(agency=agency, **given)
    with pytest.raises(Refused, match=Capability.REMOVE_AGENCY_SIGN_IN.value):
        remove_agency_sign_in(agency, by=somebody, at=world.now)
    assert AgencySignIn.objects.exists()
    assert record.count() == before


@pytest.mark.at_week(0)
def test_a_sign_in_without_domains_lets_nobody_in_and_says_so(
    world: World, client: StrictClient, settings: Any
) -> None:
    """One from before domains were asked for. It is offered to nobody until they are named."""
    settings.AGENCY_SIGN_IN_SECRETS = {"council": ("https://a.example", "hush-hush-hush")}
    agency, person = council(), world.people["coordinator"]
    sign_in = AgencySignIn.objects.create(
        agency=agency, key="council", server_url="https://a.example", client_id="x", domains=""
    )
    assert not sign_in.answers_for(person.email)
    assert not sign_in.answers_for("nobody")
    assert queries.agency_sign_ins() == []
    client.as_(world.people["programme_manager"])
    shown = client.get(reverse("accounts:agency", args=[agency.pk])).content.decode()
    assert "Nobody signs in there until a programme manager names the domains" in shown


# ---------- What a server answers ----------


@pytest.fixture
def answering() -> Iterator[Any]:
    """A server that gives whatever it is told to: ``answering(status, body)`` is its address."""
    says: dict[str, Any] = {}

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(says["status"])
            if says["status"] == 302:
                self.send_header("Location", "http://localhost:9/")
            self.end_headers()
            self.wfile.write(says["body"])

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *words: Any) -> None:
            return None

    server = HTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"

    def told(status: int, body: Any) -> str:
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        says.update(status=status, body=body.replace(b"HERE", url.encode()))
        return url

    yield told
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (404, {}, "answers 404, so this is no address of a sign-in."),
        (302, {}, "answers 302, so this is no address of a sign-in."),
        (200, b"<h1>Welcome</h1>", "does not say what a sign-in says there."),
        (200, b"\xff\xfe", "does not say what a sign-in says there."),
        (200, b"[" * 100_000, "does not say what a sign-in says there."),
        (200, b" " * 300_000, "does not say what a sign-in says there."),
        (200, [1], "does not say what a sign-in says there."),
        (200, {}, "calls itself nothing at all."),
        (200, {"issuer": "https://other.example"}, "calls itself https://other.example."),
        (200, {"issuer": "HERE"}, "does not say where people sign in"),
    ],
)
def test_a_server_that_is_no_sign_in_costs_a_sentence(
    answering: Any, status: int, body: Any, sentence: str
) -> None:
    verdict = agency_servers.is_sign_in(answering(status, body))
    assert sentence in verdict.sentence


def test_a_server_that_is_a_sign_in_is_taken(answering: Any, provider: str) -> None:
    ends = {"authorization_endpoint": "http://x.example", "token_endpoint": "http://x.example"}
    assert agency_servers.is_sign_in(answering(200, {"issuer": "HERE", **ends}))
    assert agency_servers.is_sign_in(provider)


def test_a_server_that_says_nothing_costs_a_sentence_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(agency_servers, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        verdict = agency_servers.is_sign_in(f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert "did not answer within" in verdict.sentence


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_hung_up_on(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """A byte now and then is an answer to every single wait, and would keep a process for hours."""
    monkeypatch.setattr(agency_servers, "SECONDS", 0.5)
    done = Event()

    def drip(server: socket.socket) -> None:
        line, _ = server.accept()
        with line, suppress(OSError):
            line.sendall(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if part == "body" else b""))
            while not done.wait(0.05):
                line.sendall(b"a")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=drip, args=[server], daemon=True)
        thread.start()
        begun = time.monotonic()
        verdict = agency_servers.is_sign_in(f"http://127.0.0.1:{server.getsockname()[1]}")
        took = time.monotonic() - begun
        done.set()
        thread.join()
    assert "did not answer within" in verdict.sentence
    assert took < 3


def test_what_signing_in_asks_is_no_longer_than_a_real_answer(answering: Any) -> None:
    url = answering(200, b"{" + b" " * 300_000 + b"}")
    with agency_servers.AgencyServers() as session, pytest.raises(requests.RequestException):
        session.post(url + "/token", data={"code": "x"})


# ---------- In production ----------


def test_no_proxy_stands_between(answering: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would look the name up itself, and the check of where the name leads would hold nothing."""
    url = answering(200, {"issuer": "HERE"})
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.lower(), "http://127.0.0.1:9")
    with agency_servers.AgencyServers() as session:
        assert session.get(url + ABOUT).json() == {"issuer": url}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://8.8.8.8", "begins with https://"),
        ("https://127.0.0.1", "is in a private network"),
        ("https://localhost:8443", "is in a private network"),
        ("https://10.1.2.3", "is in a private network"),
        ("https://169.254.169.254", "is in a private network"),
        ("https://100.64.0.1", "is in a private network"),
        ("https://0.0.0.0", "is in a private network"),
        ("https://2130706433", "is in a private network"),  # 127.0.0.1 in another hand
        ("https://[::1]", "is in a private network"),
        ("https://[::ffff:10.0.0.1]", "is in a private network"),
        ("https://[fd00::1]", "is in a private network"),
        ("https://[64:ff9b::7f00:1]", "is in a private network"),  # 127.0.0.1 behind a translator
        ("https://[2002:7f00:1::]", "is in a private network"),
        ("https://nowhere.invalid", "Nothing has the name nowhere.invalid."),
    ],
)
def test_in_production_no_machine_beside_ours_is_asked(
    settings: Any, url: str, sentence: str
) -> None:
    settings.AGENCY_SERVERS_ANYWHERE = False
    assert sentence in agency_servers.is_sign_in(url).sentence


def test_in_production_signing_in_asks_no_machine_beside_ours(provider: str, settings: Any) -> None:
    """Also where a public name came to mean a private machine after it was set, or an answer sends us on to one."""
    settings.AGENCY_SERVERS_ANYWHERE = False
    with agency_servers.AgencyServers() as session:
        with pytest.raises(requests.exceptions.InvalidSchema):
            session.get(provider)
        with pytest.raises(requests.ConnectionError, match="NotPublic"):
            session.get(provider.replace("http:", "https:"))
