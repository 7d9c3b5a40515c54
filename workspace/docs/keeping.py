"""What is kept, of what kind, and for how long, from every app's ``keeping.py``."""

from __future__ import annotations

from itertools import groupby

from django.apps import apps

from core.retention import Kept, Kind, answers
from workspace.docs import words


def text() -> str:
    """The page: one row a table of the database, with its personal and special fields by name."""
    first = (
        "Each field is ordinary, personal or special. The texts of evidence and answers count as special because they speak "
        "of the care and health of small groups, although they name nobody. A page of a history follows its own table."
    )
    lines = words.head(
        "What is kept, and for how long", source="the `keeping.py` of every app", first=first
    )
    known = [one for one in answers(apps.get_models()) if isinstance(one, Kept)]
    current = [one for one in known if ".Historical" not in one.model]
    rows = [
        _row(model, list(fields)) for model, fields in groupby(current, key=lambda one: one.model)
    ]
    return words.page([*lines, *words.table(("Table", "Kept", "Personal", "Special"), rows)])


def _row(model: str, fields: list[Kept]) -> tuple[str, str, str, str]:
    def named(kind: Kind) -> str:
        return ", ".join(f"`{one.field}`" for one in fields if one.kind == kind)

    return f"`{model}`", fields[0].period.value, named(Kind.PERSONAL), named(Kind.SPECIAL)
