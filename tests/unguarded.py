"""As the owner of the tables could: the triggers of the record, or of concerns, taken away, and put back as the database had them.

Tests need it for two things only: to empty the tables between tests, and to do what somebody with those rights might do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

RECORD = ("audit_event", "audit_chainhead")
CONCERNS = ("concerns_concern", "concerns_concernnote", "concerns_concerndecision")


@contextmanager
def unguarded(tables: tuple[str, ...] = RECORD) -> Iterator[None]:
    """Inside, events can be changed and removed by SQL; or what was said in concerns changed."""
    if connection.vendor == "postgresql":
        _postgresql("DISABLE", tables)
        yield
        _postgresql("ENABLE", tables)
        return
    with connection.cursor() as cursor:
        triggers = _sqlite_triggers(cursor, tables)
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    yield
    with connection.cursor() as cursor:
        for _, statement in triggers:
            cursor.execute(statement)


def _postgresql(word: str, tables: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        if tables != RECORD:  # which refers to nothing
            # References that wait to be checked at the end keep a table from being altered: they are checked now.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")
        if tables != RECORD:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _sqlite_triggers(cursor: Any, tables: tuple[str, ...]) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN "
        f"({', '.join(['%s'] * len(tables))})",
        tables,
    )
    return list(cursor.fetchall())
