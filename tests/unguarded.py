"""As the owner of the tables could: the record's triggers taken away, and put back as the database had them.

Tests need it for two things only: to empty the tables between tests, and to do what somebody with those rights might do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

TABLES = ("audit_event", "audit_chainhead")


@contextmanager
def unguarded() -> Iterator[None]:
    """Inside, events can be changed and removed by SQL."""
    if connection.vendor == "postgresql":
        _postgresql("DISABLE")
        yield
        _postgresql("ENABLE")
        return
    with connection.cursor() as cursor:
        triggers = _sqlite_triggers(cursor)
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    yield
    with connection.cursor() as cursor:
        for _, statement in triggers:
            cursor.execute(statement)


def _postgresql(word: str) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


def _sqlite_triggers(cursor: Any) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)",
        TABLES,
    )
    return list(cursor.fetchall())
