"""What every test may ask for. The network is closed, warnings are errors, the order is random."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tests import snapshots
from tests.client import StrictClient
from tests.scenes import a_world, has_begun
from tests.unguarded import unguarded
from workspace.example.world import World

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine is reached."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    """Tries to sign in or to join are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def client() -> StrictClient:
    """A client that fails on a bad page."""
    return StrictClient()


@pytest.fixture(scope="session", autouse=True)
def _last_out(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """PostgreSQL does not drop a database in which somebody sits: threads of the live server may, after the last page."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(scope="session", autouse=True)
def _record_can_be_emptied(django_db_setup: None) -> Iterator[None]:
    """The database refuses to empty the record. After a test with transactions of its own all tables are, and this one too."""
    kind = type(
        connection.ops
    )  # not this connection alone: beside a browser, a test may be given another one
    empty = kind.execute_sql_flush

    def emptied(operations: Any, statements: Any) -> None:
        with unguarded():
            empty(operations, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "execute_sql_flush", emptied)
        yield


_reference: list[snapshots.Table] = []


@pytest.fixture
def reference_data(db: None) -> None:
    """Areas, method and framework, as they are loaded in every installation: loaded once, then laid out again."""
    if _reference:
        snapshots.lay_out(_reference)
    else:
        call_command("load_reference", verbosity=0, stdout=_Nowhere())
        _reference.extend(snapshots.take())


class _Nowhere:
    def write(self, words: str) -> None:
        return None


@pytest.fixture
def world(db: None, request: pytest.FixtureRequest) -> Iterator[World]:
    """Glenmarrow at the end of a counted week, with its clock set there: ``@pytest.mark.at_week(14)``."""
    import time_machine

    marker = request.node.get_closest_marker("at_week")
    week, weekday = (
        (marker.args[0] if marker else 0),
        (marker.kwargs.get("weekday", 4) if marker else 4),
    )
    if not has_begun(week, weekday):
        request.getfixturevalue("reference_data")
    told = a_world(at_week=week, weekday=weekday)
    with time_machine.travel(told.now, tick=True):
        yield told
