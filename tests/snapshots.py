"""A moment of the story, told once by real deeds and laid out again from its rows: quick, and the same to the byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction

from documents.models import Document
from tests.unguarded import unguarded

OURS = (
    "core",
    "audit",
    "accounts",
    "account",
    "documents",
    "inspections",
    "concerns",
    "meetings",
    "onsite",
    "evaluations",
    "reports",
    "retention",
)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table, as the database gives them."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


_bytes: dict[
    str, bytes
] = {}  # by stored path: the bytes of a path never change, so moments share them


def _models() -> list[Any]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS
    ]


def take() -> list[Table]:
    """Every row of every table of ours. The stored files that they name are remembered too."""
    for path in Document.objects.values_list("file", flat=True):
        if path not in _bytes:
            with default_storage.open(path) as file:
                _bytes[path] = file.read()
    return [_table(model) for model in _models() if model._meta.managed]


def _table(model: Any) -> Table:
    columns = tuple(field.column for field in model._meta.local_concrete_fields)
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(model._meta.db_table)}")
        return Table(model._meta.db_table, columns, cursor.fetchall())


@transaction.atomic  # also where a test has no transaction of its own, as beside a live server
def lay_out(tables: list[Table]) -> None:
    """Put those rows in place of whatever is there. References are checked when the transaction ends."""
    with unguarded(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")
        for table in tables:
            if table.rows:
                _insert(cursor, table)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
    _put_back_files()


def _put_back_files() -> None:
    """What is stored is shared by all moments, and the jobs of one may have cleared away what only another names."""
    for path in Document.objects.values_list("file", flat=True):
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(_bytes[path]))


def _insert(cursor: Any, table: Table) -> None:
    columns = ", ".join(connection.ops.quote_name(column) for column in table.columns)
    places = ", ".join(["%s"] * len(table.columns))
    statement = f"INSERT INTO {connection.ops.quote_name(table.name)} ({columns}) VALUES ({places})"
    cursor.executemany(statement, [[_bound(value) for value in row] for row in table.rows])


def _bound(value: Any) -> Any:
    """As the database takes it: SQLite reads an hour of the day and does not take one."""
    return connection.ops.adapt_timefield_value(value) if isinstance(value, time) else value
