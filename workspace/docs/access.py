"""Who may open what: every address by every member of the cast, from the table that the house tests hold the product to.

The table stands with the tests (``tests/house/doors.py``). What is written from it here is also what the product shows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from accounts.roles import COMPARTMENTS, Role
from workspace import access
from workspace.docs import words


def _doors() -> ModuleType:
    """The tests' own table. It is not there where the product runs without its tests, and is not needed there."""
    return import_module("tests.house.doors")


def _moments() -> Iterator[tuple[str, str, str]]:
    """At which moment, which address, and one sign for each of the cast."""
    doors = _doors()
    for moment, published in zip(access.MOMENTS, (False, True), strict=True):
        for name, signs in sorted(doors.rows(doors.DOORS, published=published).items()):
            yield moment, name, signs
        for name, signs in sorted(doors.rows(doors.FILES, published=published).items()):
            if name in access.HOLDERS:  # of the others there is none at either moment
                yield moment, f"{access.FILES}:{name}", f"{signs}>"
    for name, signs in doors.account_rows().items():
        yield access.ALWAYS, name, signs


def table() -> str:
    """The table as the product reads it: moment, name of the address, and what each person gets there."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(("moment", "address", *_doors().COLUMNS))
    for moment, name, signs in _moments():
        rows.writerow((moment, name, *(access.ANSWERS[sign] for sign in signs)))
    return written.getvalue()


def text() -> str:
    """The page: the two tables with a sign a person, what the signs mean, and where each hidden field is proved."""
    first = (
        "Every address of the product by everybody of the cast and by the public, at two moments of an inspection; those of "
        "signing in are the same at any moment. The tests open each of them as each person: this page cannot say something "
        "else than what happens. In the product the same table is the page “Who may open what”. What a role means is in "
        "[roles.md](roles.md)."
    )
    lines = words.head("Who may open what", source="`tests/house/doors.py`", first=first)
    lines += [f"* {sign}: {means}" for sign, means in access.MEANS.items()] + [""]
    people = ("Address", *access.COLUMNS.values())
    for moment, title in (
        access.MOMENTS | {access.ALWAYS: "Pages of signing in, at any moment"}
    ).items():
        lines += [f"## {title}", ""]
        rows = [(f"`{name}`", *signs) for when, name, signs in _moments() if when == moment]
        lines += words.table(people, [_plain(row) for row in rows])
    return words.page([*lines, *_hidden()])


def _plain(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(access.SHORT.get(cell, cell) for cell in row)


def _hidden() -> list[str]:
    """Each compartment of single fields, with the test that proves it."""
    proved = import_module("tests.house.compartments").PROVED
    rows = [
        (
            one.what,
            ", ".join(role.label for role in Role if role in one.hidden_from),
            one.until,
            ", ".join(f"`tests/{test}`" for test in proved[one.key]),
        )
        for one in COMPARTMENTS
    ]
    return [
        "## Fields that are hidden",
        "",
        *words.table(("What", "From whom", "Until", "Proved by"), rows),
    ]
