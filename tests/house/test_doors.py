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
from tests.house import addresses, doors
from workspace.example.world import World


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


def _url(name: str, world: World) -> str:
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


def _answers(world: World, names: Iterable[str]) -> dict[str, str]:
    """The table as it is: for each address one character a person."""
    clients, found = _clients(world), {}
    for name in names:
        url, deed = _url(name, world), "GET" not in addresses.named()[name].methods
        found[name] = "".join(_ask(client, url, deed=deed) for client in clients.values())
    return found


def _files(world: World, names: Iterable[str]) -> dict[str, str]:
    """Who may know of the documents of each holder."""
    people = [world.people[key] for key in doors.KEYS]
    found = {}
    for name in names:
        place = Place(name.partition(" ")[0], doors.HOLDERS[name](world))
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
