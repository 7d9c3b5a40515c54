"""Who may open what, as the tests of this version hold the product to it: read from ``reference/access.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.roles import COMPARTMENTS, Capability, Compartment, Role, granted
from workspace.example import cast

CONVERTER = re.compile(r"<\w+:")  # of a part of an address: what kind of part it is
TABLE = Path(__file__).parent / "reference" / "access.csv"
MOMENTS = {"week 14": "In week 14 of 35", "published": "Once the report is published"}
ALWAYS = "always"  # the moment of a row that is the same at both
# The signs of the tests' table, the words of the file, and what they mean.
ANSWERS = {
    "o": "opens",
    ">": "sent on",
    "x": "refused",
    ".": "not there",
    "w": "waits",
}
SHORT = {".": "–", ">": "→"}
MEANS = {
    "o": "the page opens",
    "→": "sent on to another page, or told to sign in first",
    "x": "refused, with the reason",
    "–": "as if it did not exist",
    "w": "not ready yet, where the page is the work of something that does not run in the tests",
}
STRANGERS = {
    "other_lead": "Lead of another inspection",
    "other_coordinator": "Co-ordinator of another area",
    "the public": "The public",
}
COLUMNS = {person.key: person.designation for person in cast.EVERYBODY} | STRANGERS


@dataclass(frozen=True, slots=True)
class Door:
    """One address: its name in words, its path, and what somebody gets there at each of the two moments."""

    name: str
    words: str
    path: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The addresses of one app."""

    title: str
    doors: list[Door]


@dataclass(frozen=True, slots=True)
class Right:
    """One deed or reading that a role has, in words, and what a refusal says to the others."""

    words: str
    sentence: str


TITLES = {
    "accounts": "People, agencies and one's own account",
    "inspections": "The inspection and its timetable, team and reference data",
    "concerns": "Matters of serious concern",
    "workspace": "Home, the programme and pages for everybody",
    "documents": "Files",
    "meetings": "Meetings with the partnership",
    "onsite": "Sessions on site",
    "evaluations": "Self-evaluation, evidence and evaluations",
    "reports": "The report",
    "retention": "Keeping and letting go",
    "files": "Files: which it may know of, and open once they are scanned",
    "": "Signing in: pages for everybody",
}


FILES = "files"  # stands where the app's name stands in an address
# What holds documents, in words.
HOLDERS = {
    "inspections.inspection": "Notification letters",
    "evaluations.selfevaluation": "Files of the joint self-evaluation",
    "meetings.papers": "Papers of a meeting",
    "evaluations.receipt": "Receipt of the joint self-evaluation",
    "meetings.meeting": "Record of a meeting, as both sides confirmed it",
    "reports.report": "The version for young people, before publication",
    "reports.edition (draft)": "Draft report",
    "reports.edition (embargoed)": "Report under embargo",
    "reports.edition (published)": "Published report, as a document of the inspection",
}


def doors_of(role: Role) -> list[Room]:
    """What a role gets at every address of the product, app by app. Of several people in one role, what each gets."""
    keys = [person.key for person in cast.EVERYBODY if person.role == role]
    found: dict[str, dict[str, str]] = {}
    for row in _rows():
        cell = ", ".join(dict.fromkeys(row[key] for key in keys))
        found.setdefault(row["address"], {})[row["moment"]] = cell
    paths = dict(_paths())
    return [
        Room(
            title,
            [
                _door(name, paths.get(name, ""), answers)
                for name, answers in found.items()
                if name.partition(":")[0] == app or (app == "" and ":" not in name)
            ],
        )
        for app, title in TITLES.items()
    ]


def _door(name: str, path: str, answers: dict[str, str]) -> Door:
    app, _, holder = name.partition(":")
    stem = name.rpartition(":")[2].replace("-", "_")
    return Door(
        name,
        HOLDERS[holder] if app == FILES else _words(stem),
        CONVERTER.sub("<", path or dict(_paths())["documents:document"]),
        tuple(answers.get(one) or answers[ALWAYS] for one in MOMENTS),
    )


def _words(stem: str) -> str:
    """``SEE_SELF_EVALUATION`` as people write it: ``See self-evaluation``."""
    return stem.replace("_", " ").capitalize().replace("elf evaluation", "elf-evaluation")


def rights_of(role: Role) -> list[Right]:
    """What a role may, in the order of ``accounts/roles.py``, as the code has it now."""
    return [Right(_words(one.name), one.value) for one in Capability if granted(one, [role])]


def hidden_from(role: Role) -> list[Compartment]:
    """The fields that somebody in this role does not see, or not yet."""
    return [one for one in COMPARTMENTS if role in one.hidden_from]


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _paths() -> Iterator[tuple[str, str]]:
    """Every named address with its path, parts that vary in angle brackets."""
    yield from _walk(get_resolver(), "", "/")


def _walk(resolver: URLResolver, space: str, path: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, path + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", path + str(entry.pattern)
