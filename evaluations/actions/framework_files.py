"""Reading the framework's data files and checking them whole, before anything is written.

What is wrong is said with file, row and reason (``core.tables.BadRow``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

from core.tables import BadRow, Row, read_csv

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
INDICATORS, AREAS, DOMAINS, QUESTIONS = 22, 10, 6, 5
LEVELS = (6, 5, 4, 3, 2, 1)
GROUPS = ("1.1", "2.1", "2.2", "9.1-9.4")  # E1: exactly these four
TITLE_STATUSES = ("published", "to be confirmed")
LONGEST = {  # characters, as the database has them
    "areas": {"text": 200, "domain": 80},
    "questions": {"title": 60, "text": 300},
    "groups": {"title": 200},
    "scale": {"name": 40, "label": 200, "meaning": 300},
    "indicator_keys": {"slug": 100},
    "quality_framework": {"number": 5, "title": 200, "focus": 200},
}
WEIGHTS = {"primary": True, "contributes": False}


@dataclass(frozen=True, slots=True)
class Content:
    """One version of the framework as plain values, in order, so that two can be compared."""

    title: str
    domains: tuple[str, ...]
    areas: tuple[tuple[int, str, str], ...]
    """Number, text, domain."""
    questions: tuple[tuple[int, str, str, str], ...]
    """Number, slug, title, text."""
    groups: tuple[tuple[str, str], ...]
    """Key, title."""
    levels: tuple[tuple[int, str, str, str], ...]
    """Level, name, definition, sense."""
    indicators: tuple[tuple[str, str, str, str, str, int, str], ...]
    """Number, slug, title, title status, focus, area, group (or an empty string)."""
    links: frozenset[tuple[str, int, bool]]
    """Indicator, question, whether primary."""


def read_framework(key: str, *, folder: Path = REFERENCE) -> Content:
    """The framework in ``folder`` whose files end in ``_<key>.csv``.

    Raises BadRow with the file, the row and the reason.
    """
    areas = _table(folder / f"areas_{key}.csv", ["number", "text", "domain"], "number")
    questions = _table(
        folder / f"questions_{key}.csv", ["number", "title", "text", "source"], "number", "title"
    )
    groups = _table(folder / f"groups_{key}.csv", ["key", "title"], "key")
    levels = _table(
        folder / f"scale_{key}.csv",
        ["score", "name", "label", "meaning", "source"],
        "score",
        "name",
    )
    keys = _table(folder / f"indicator_keys_{key}.csv", ["number", "slug"], "number", "slug")
    columns = [
        "number",
        "title",
        "area",
        "area_question",
        "domain",
        "evaluated_in",
        "title_status",
        "focus",
    ]
    rows = read_csv(
        folder / f"quality_framework_{key}.csv",
        columns,
        once=["number", "title"],
        filled=[column for column in columns if column != "evaluated_in"],
        longest=LONGEST["quality_framework"],
    )
    known_areas = _areas(f"areas_{key}.csv", areas)
    known_questions = _questions(f"questions_{key}.csv", questions)
    known_groups = _groups(f"groups_{key}.csv", groups)
    indicators, links = _indicators(
        f"quality_framework_{key}.csv",
        rows,
        slugs={row["number"]: row["slug"] for row in keys},
        areas={number: (text, domain) for number, text, domain in known_areas},
        groups=[group for group, _ in known_groups],
        questions=[question[0] for question in known_questions],
    )
    _check_keys(keys, {row["number"] for row in rows})
    return Content(
        title=f"Quality framework {key}",
        domains=tuple(dict.fromkeys(domain for _, _, domain in known_areas)),
        areas=known_areas,
        questions=known_questions,
        groups=known_groups,
        levels=_levels(f"scale_{key}.csv", levels),
        indicators=indicators,
        links=links,
    )


def _areas(file: str, rows: list[Row]) -> tuple[tuple[int, str, str], ...]:
    areas = tuple((_number(row, "number", AREAS), row["text"], row["domain"]) for row in rows)
    _count(file, "areas", len(areas), AREAS)
    _count(file, "domains", len({domain for _, _, domain in areas}), DOMAINS)
    return tuple(sorted(areas))


def _questions(file: str, rows: list[Row]) -> tuple[tuple[int, str, str, str], ...]:
    found = tuple(
        (_number(row, "number", QUESTIONS), slugify(row["title"]), row["title"], row["text"])
        for row in rows
    )
    _count(file, "questions", len(found), QUESTIONS)
    return tuple(sorted(found))


def _groups(file: str, rows: list[Row]) -> tuple[tuple[str, str], ...]:
    groups = tuple((row["key"], row["title"]) for row in rows)
    if tuple(key for key, _ in groups) != GROUPS:
        raise BadRow(
            file, None, f"the evaluated groups are exactly {', '.join(GROUPS)}, in this order (E1)."
        )
    return groups


def _levels(file: str, rows: list[Row]) -> tuple[tuple[int, str, str, str], ...]:
    found = []
    for row in rows:
        level = _number(row, "score")
        if level not in LEVELS:
            raise row.refuse(f"level {level} is outside the scale, which runs from 1 to 6.")
        found.append((level, row["name"], row["label"], row["meaning"]))
    _count(file, "levels", len(found), len(LEVELS))
    return tuple(sorted(found, reverse=True))


def _indicators(
    file: str,
    rows: list[Row],
    *,
    slugs: dict[str, str],
    areas: dict[int, tuple[str, str]],
    groups: list[str],
    questions: list[int],
) -> tuple[tuple[tuple[str, str, str, str, str, int, str], ...], frozenset[tuple[str, int, bool]]]:
    indicators, links = [], set()
    for row in rows:
        area = _number(row, "area")
        if area not in areas:
            raise row.refuse(f"area {area} is not one of the {AREAS} areas.")
        if areas[area] != (row["area_question"], row["domain"]):
            raise row.refuse(
                f"area {area} is “{areas[area][0]}” in the domain “{areas[area][1]}”, which this row does not say."
            )
        if row["evaluated_in"] and row["evaluated_in"] not in groups:
            raise row.refuse(f"“{row['evaluated_in']}” is not an evaluated group.")
        if row["title_status"] not in TITLE_STATUSES:
            raise row.refuse(
                f"title_status “{row['title_status']}” is not {' or '.join(TITLE_STATUSES)}."
            )
        if row["number"] not in slugs:
            raise row.refuse(f"indicator {row['number']} has no stable key.")
        links |= _links(row, questions)
        indicators.append(
            (
                row["number"],
                slugs[row["number"]],
                row["title"],
                row["title_status"],
                row["focus"],
                area,
                row["evaluated_in"],
            )
        )
    _count(file, "indicators", len(indicators), INDICATORS)
    for group in groups:
        if not any(indicator[6] == group for indicator in indicators):
            raise BadRow(file, None, f"no indicator is evaluated in group {group}.")
    return tuple(indicators), frozenset(links)


def _links(row: Row, questions: list[int]) -> set[tuple[str, int, bool]]:
    found = set()
    for column, weight in row.items():
        if not column.startswith("question_"):
            continue
        number = column.removeprefix("question_")
        if number not in {str(question) for question in questions}:
            raise row.refuse(
                f"question {number} is not one of the {QUESTIONS} inspection questions."
            )
        if weight and weight not in WEIGHTS:
            raise row.refuse(
                f"“{weight}” under question {number} should be primary, contributes or empty."
            )
        if weight:
            found.add((row["number"], int(number), WEIGHTS[weight]))
    if not found:
        raise row.refuse(f"indicator {row['number']} speaks to no question.")
    return found


def _table(path: Path, columns: list[str], *once: str) -> list[Row]:
    """A table without an empty cell, whose rows differ in each of the columns ``once``."""
    return read_csv(
        path,
        columns,
        once=once,
        filled=columns,
        longest=LONGEST[path.stem.rpartition("_")[0]],
    )


def _check_keys(keys: list[Row], indicators: set[str]) -> None:
    for row in keys:
        if row["slug"] != slugify(row["slug"]):
            raise row.refuse(f"“{row['slug']}” is not of lower-case letters, digits and hyphens.")
        if row["number"] not in indicators:
            raise row.refuse(f"“{row['number']}” is not the number of an indicator.")


def _number(row: Row, column: str, most: int = 999) -> int:
    if not (row[column].isascii() and row[column].isdigit()):
        raise row.refuse(f"“{row[column]}” under {column} is not a whole number.")
    if not 1 <= int(row[column]) <= most:
        raise row.refuse(f"“{row[column]}” under {column} is not a number from 1 to {most}.")
    return int(row[column])


def _count(file: str, what: str, found: int, wanted: int) -> None:
    if found != wanted:
        raise BadRow(file, None, f"holds {found} {what}; the framework has {wanted}.")
