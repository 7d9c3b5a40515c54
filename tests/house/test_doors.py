"""Every address by every member of the cast has an expected answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLResolver, get_resolver, path, reverse
from django.urls.resolvers import RegexPattern

from config import urls
from documents import holders
from documents.holders import Place
from tests.cast import STRANGERS
from tests.house import addresses, doors
from workspace.example.world import World

Made = dict[str, dict[str, Any]]
# There is none of these at either moment, it is not made either, and why.
NOT_MADE = {
    "accounts:end-session": "to each their own alone, as tests/accounts/test_sessions.py shows",
    "documents:upload-documents": "it is there, and 404 is for those who may not know of it",
    "meetings:withdraw-difference": "by the side that said it alone, as tests/meetings/test_corrections.py shows",
    "inspections:resend-invitation": "by whoever invites in its role, as tests/inspections/test_invitations.py shows",
    "inspections:withdraw-invitation": "by whoever invites in its role, as tests/inspections/test_invitations.py shows",
    "inspections:accept-invitation": "the letter's secret is the key, as tests/inspections/test_invitations.py shows",
}
# A second click says that it is done and leads to the room: to those alone to whom that room opens, who see there that it is.
SAY_DONE = {
    "evaluations:share-evaluations": "evaluations:evaluations",
    "evaluations:confirm-evaluation": "evaluations:evaluation",
    "reports:begin-report": "reports:report",
}


@pytest.fixture
def _unpainted(world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Who gets in is settled before a page is drawn; how pages look, and what they ask, is tested with each of them.

    The world stands first: other tests share its story, and a report drawn in it is drawn with its words.
    """
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.startswith("zeal")]


def _clients(world: World) -> dict[str, Client]:
    clients = {key: Client() for key in doors.COLUMNS}
    for key, client in clients.items():
        if key != doors.PUBLIC:
            client.force_login(world.people[key], backend="accounts.backends.DeskBackend")
    return clients


def _url(name: str, world: World, made: Made | None = None) -> str:
    if made and name in made:
        return reverse(name, kwargs=made[name])
    parts = addresses.named()[name].parts
    given: dict[str, Any] = {
        part: doors.PARTS[part](world) for part in parts if part in doors.PARTS
    }
    given |= doors.CHOICES[name](world) if name in doors.CHOICES else {}
    return reverse(name, kwargs=given)


def _ask(client: Client, url: str, *, deed: bool) -> str:
    """What this person gets there. Whatever a deed does is taken back."""
    with transaction.atomic():
        answer = client.post(url) if deed else client.get(url)
        if answer.streaming:
            list(answer.streaming_content)  # the test client closes the file with its last piece
        transaction.set_rollback(True)
    return doors.SIGNS.get(answer.status_code, "?")


def _answers(world: World, names: Iterable[str], made: Made | None = None) -> dict[str, str]:
    """The table as it is: for each address one character a person."""
    clients, found = _clients(world), {}
    for name in names:
        url, deed = _url(name, world, made), "GET" not in addresses.named()[name].methods
        found[name] = "".join(_ask(client, url, deed=deed) for client in clients.values())
    return found


def _files(world: World, names: Iterable[str], made: Made | None = None) -> dict[str, str]:
    """Who may know of the documents of each holder."""
    people = [world.people[key] for key in doors.KEYS]
    found = {}
    for name in names:
        number = made[name]["holder"] if made else doors.HOLDERS[name](world)
        place = Place(name.partition(" ")[0], number)
        found[name] = "".join("o" if place.may_see(person) else "." for person in people)
    return found


def _faults(
    expected: dict[str, str], found: dict[str, str], columns: Iterable[str] = doors.COLUMNS
) -> list[str]:
    return [
        f"{row}: {person} gets {is_now}, not {was}"
        for row in expected
        for person, was, is_now in zip(columns, expected[row], found[row], strict=True)
        if was != is_now
    ]


def _hold(world: World, *, published: bool) -> None:
    """The table against the product, pages and files, at one of its two moments."""
    expected = doors.rows(doors.DOORS, published=published)
    files = doors.rows(doors.FILES, published=published)
    faults = _faults(expected, _answers(world, expected))
    faults += _faults(files, _files(world, files), doors.KEYS)
    assert not faults, "\n".join(faults)


def _without_a_row(names: Iterable[str]) -> set[str]:
    """The addresses that the table does not have, and its rows that are of no address."""
    return (set(doors.rows(doors.DOORS)) | set(doors.rows(doors.ACCOUNT))) ^ set(names)


def test_every_address_has_a_row() -> None:
    lacking = _without_a_row(addresses.named())
    assert not lacking, f"Give each its row in tests/house/doors.py: {', '.join(lacking)}"


def test_every_row_has_one_sign_a_person_at_both_moments() -> None:
    tables = ((doors.DOORS, doors.COLUMNS), (doors.FILES, doors.KEYS))
    for table, columns in tables:
        for published in (False, True):
            rows = doors.rows(table, published=published)
            assert [name for name, signs in rows.items() if len(signs) != len(columns)] == []


@pytest.mark.parametrize("name", ["new-page", None])
def test_a_new_address_is_found_to_have_no_row(name: str | None) -> None:
    """Also one that somebody forgot to name."""
    new = path("new/", urls.missing, name=name)
    resolver = URLResolver(RegexPattern(r"^/"), [*urls.urlpatterns, new])
    found = [address.name for address in addresses.below(resolver)]
    assert _without_a_row(found) == {str(name)}


def test_no_two_addresses_share_a_name() -> None:
    """Else one of them would never be asked."""
    assert len(list(addresses.below(get_resolver()))) == len(addresses.named())


def test_what_is_there_at_neither_moment_is_made_and_asked_for() -> None:
    """A row that has a 404 for those who would be let in says nothing of who gets in."""
    lacking = set()
    for table, columns in ((doors.DOORS, doors.COLUMNS), (doors.FILES, doors.KEYS)):
        cast = len([key for key in columns if key not in (*STRANGERS, doors.PUBLIC)])
        both = [doors.rows(table, published=published) for published in (False, True)]
        for name in both[0]:
            signs = [set(rows[name][:cast]) for rows in both]
            if all("." in one and one <= {".", "x"} for one in signs):
                lacking.add(name)
    made = set(doors.rows(doors.MADE)) | set(doors.rows(doors.FILES_MADE))
    assert lacking - made == set(NOT_MADE)


def test_every_holder_of_documents_has_a_row() -> None:
    assert {row.partition(" ")[0] for row in doors.rows(doors.FILES)} == holders.known()


@pytest.mark.usefixtures("_unpainted")
@pytest.mark.slow
@pytest.mark.at_week(14)
def test_everybody_gets_in_where_they_should_in_week_14(world: World) -> None:
    _hold(world, published=False)


@pytest.mark.usefixtures("_unpainted")
@pytest.mark.slow
@pytest.mark.at_week(36)
def test_everybody_gets_in_where_they_should_once_published(world: World) -> None:
    _hold(world, published=True)


@pytest.mark.usefixtures("_unpainted")
@pytest.mark.slow
@pytest.mark.at_week(14)
def test_the_pages_of_sign_in_answer_everybody_as_they_should(world: World) -> None:
    expected = doors.account_rows()
    faults = _faults(expected, _answers(world, expected))
    assert not faults, "\n".join(faults)


@pytest.mark.usefixtures("_unpainted")
@pytest.mark.slow
@pytest.mark.at_week(36)
def test_what_is_there_at_neither_moment_opens_to_its_own_once_it_is_made(world: World) -> None:
    made = doors.make(world)
    expected, files = doors.rows(doors.MADE), doors.rows(doors.FILES_MADE)
    faults = _faults(expected, _answers(world, expected, made))
    faults += _faults(files, _files(world, files, made), doors.KEYS)
    assert not faults, "\n".join(faults)


@pytest.mark.usefixtures("_unpainted")
@pytest.mark.slow
@pytest.mark.parametrize(
    "published",
    [
        pytest.param(False, marks=pytest.mark.at_week(14), id="in week 14"),
        pytest.param(True, marks=pytest.mark.at_week(36), id="once published"),
    ],
)
def test_a_form_that_does_not_open_takes_nothing_either(world: World, published: bool) -> None:
    # Where the table has the answer to opening a page, whoever is refused it and sends its form all the same is refused alike.
    expected = doors.rows(doors.DOORS, published=published)
    clients, faults = _clients(world), []
    for name, signs in expected.items():
        if addresses.named()[name].methods < {"GET", "POST"}:
            continue
        url = _url(name, world)
        for place, ((key, client), sign) in enumerate(zip(clients.items(), signs, strict=True)):
            if sign in "x." and (now := _ask(client, url, deed=True)) not in "x.":
                room = expected.get(SAY_DONE.get(name, ""), "")
                if now != ">" or room[place : place + 1] != "o":
                    faults.append(f"{name}: {key} is refused the form, and {now} when it is sent")
            if sign == ">" and key == doors.PUBLIC and (now := _ask(client, url, deed=True)) != ">":
                faults.append(f"{name}: the public sends it and gets {now}")
    assert not faults, "\n".join(faults)
