"""What somebody plays, may and is bound by is asked at one place each: whoever asks the rows themselves misses the stand-ins."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import APPS, modules, place, tree

# Where the three questions and the page of roles live.
HOMES = ("inspections/models/", "inspections/permissions.py", "inspections/queries/parts.py")
GRANTS_HOME = "accounts/roles.py"

WHO_IS_THERE = (
    "on which days to come each of the team has a part or stands in, of all days on site at once"
)
WHO_IS_COUNTED = "the plans of people go by who holds a part; a stand-in is warned of when named"
ITS_OWN_ROWS = "the deed, the page and the clock of stand-ins themselves"
ALLOWED = {
    ("inspections/actions/declarations.py", "StandIn.objects"): ITS_OWN_ROWS,
    ("inspections/actions/offices.py", "StandIn.objects"): ITS_OWN_ROWS,
    ("inspections/views/offices.py", "StandIn.objects"): ITS_OWN_ROWS,
    ("inspections/queries/newcomers.py", "StandIn.objects"): "the row that an event is about",
    ("inspections/tasks.py", "StandIn.objects"): "the rows that a job is about",
    (
        "evaluations/queries/given_parts.py",
        "Membership of a person",
    ): "whose parts ended in one moment, to see what nobody else is counted to write",
    ("inspections/rules/team.py", "StandIn.objects"): "whether one stands in for just this part",
    ("inspections/rules/offices.py", "StandIn.objects"): "one stand-in of an office at a time",
    (
        "inspections/rules/parts.py",
        "StandIn.objects",
    ): "the stand-ins of an agency beside its parts",
    (
        "inspections/queries/declarations.py",
        "StandIn.objects",
    ): "who was named and has said nothing, person by person of many inspections at once",
    (
        "inspections/queries/declarations.py",
        "Membership of a person",
    ): "beside the stand-ins, of many inspections at once; and what somebody once was",
    (
        "inspections/queries/offices.py",
        "StandIn.objects",
    ): "for whom somebody acts, from when, and until when they did",
    (
        "inspections/queries/offices.py",
        "Membership of a person",
    ): "whether a stand-in has a part of their own too, and when it ended",
    (
        "inspections/queries/people.py",
        "StandIn.objects",
    ): "who holds an office and who stands in for them, in this order",
    (
        "inspections/queries/correspondence.py",
        "StandIn.objects",
    ): "of which side an address ever was, whatever is open to its holder today",
    ("inspections/queries/diary.py", "Membership of a person"): WHO_IS_COUNTED,
    (
        "meetings/models/decision.py",
        "Membership of a person",
    ): "whether whoever was given a decision still holds a part, of many decisions at once; decisions are given to no stand-in",
    ("onsite/queries.py", "memberships"): WHO_IS_THERE,
    ("onsite/queries.py", "StandIn.objects"): WHO_IS_THERE,
    (
        "workspace/example/story.py",
        "memberships",
    ): "the story names a stand-in for one part that it knows to be held",
}


def _chain(node: ast.AST) -> list[str]:
    """The names of a chain of calls and attributes, from its root: ``Membership.objects.current().filter`` in four."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Name):
            return [*reversed([*names, node.id])]
        else:
            return [*reversed(names)]


BY_PERSON = ("person", "person_id", "person__in", "person__pk")


def questions(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Everything in a module that asks the rows themselves: what, and on which line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Subscript) and _chain(node.value) == ["GRANTS"]:
            yield "GRANTS[", node.lineno
        if isinstance(node, ast.Attribute) and node.attr == "memberships":
            yield "memberships", node.lineno
        if isinstance(node, ast.Attribute) and _chain(node) == ["StandIn", "objects"]:
            yield "StandIn.objects", node.lineno
        if isinstance(node, ast.Call) and any(word.arg in BY_PERSON for word in node.keywords):
            chain = _chain(node)
            if chain[:2] == ["Membership", "objects"] and chain[-1] in ("filter", "get", "exclude"):
                yield "Membership of a person", node.lineno


def _asked(path: Path) -> Iterator[tuple[str, int]]:
    home = place(path)
    for what, line in questions(tree(path)):
        if not (home == GRANTS_HOME if what == "GRANTS[" else home.startswith(HOMES)):
            yield what, line


def test_nobody_asks_the_rows_of_parts_without_a_reason() -> None:
    found = {
        (place(path), what): line
        for app in APPS
        for path in modules(app)
        for what, line in _asked(path)
    }
    new = [f"{where}:{line} asks {what}" for (where, what), line in found.items()
           if (where, what) not in ALLOWED]  # fmt: skip
    assert not new, "\n".join(
        [
            *new,
            "Ask played_by, open_to or named_to of Membership.objects, parts_played of inspections.queries, or granted and "
            "roles_granting of accounts.roles; or give the reason here.",
        ]
    )
    assert not set(ALLOWED) - set(found), "These ask no longer: take their reason away."


def test_the_walk_finds_each_kind_of_question() -> None:
    asked = """
Membership.objects.current().filter(inspection=one, person=person).exists()
person.memberships.all()
StandIn.objects.open()
any(capability in GRANTS[role] for role in roles)
Membership.objects.named_to(person).filter(inspection=one)
"""
    assert [what for what, _ in sorted(questions(ast.parse(asked)), key=lambda one: one[1])] == [
        "Membership of a person",
        "memberships",
        "StandIn.objects",
        "GRANTS[",
    ]
