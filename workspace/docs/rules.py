"""Every rule with its number, its sentences and where it is asked, read from the code itself."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings

from workspace.docs import words

NUMBER = re.compile(r"\b[RE]\d{1,2}\b")
APPS = (
    "documents",
    "accounts",
    "inspections",
    "concerns",
    "meetings",
    "onsite",
    "evaluations",
    "reports",
    "retention",
    "workspace",
)
ASKED_IN = {
    "actions": "done by",
    "permissions": "asked by",
    "conditions": "holds a gate in",
    "views": "shown by",
    "rules": "part of",
    "tasks": "asked by",
    "forms": "shown by",
    "queries": "shown by",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One function of a ``rules`` room, as it is written."""

    app: str
    module: str
    name: str
    says: str
    numbers: tuple[str, ...]
    sentences: tuple[str, ...]


def every_rule() -> list[Rule]:
    """All of them, app by app from the floor up, in the order in which they stand in the code."""
    return [
        _rule(app, path, node)
        for app in _apps()
        for path in _room(app, "rules")
        for node in _tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and _answers_verdict(node)
    ]


def text() -> str:
    """The page: a section an app, a paragraph a rule, then the index by number."""
    first = (
        "A rule says what the moment allows; who may is in [roles.md](roles.md). The sentence of a rule is what the user reads. "
        "Numbers R1 to R54 are those of the published method's rules; E1 to E8 those of evaluation."
    )
    found, asked = every_rule(), _where_asked()
    lines = words.head("Rules", source="`*/rules.py`", first=first)
    for app in _apps():
        mine = [rule for rule in found if rule.app == app]
        if mine:
            lines += [f"## {app.title()}", ""]
        for rule in mine:
            lines += _paragraph(rule, asked[f"{app}.{rule.name}"])
    return words.page([*lines, *_index(found)])


def _paragraph(rule: Rule, asked: list[str]) -> list[str]:
    number = f" ({', '.join(rule.numbers)})" if rule.numbers else ""
    lines = [f"### `{rule.name}`{number}", "", rule.says, ""]
    lines += [f"* *{sentence}*" for sentence in rule.sentences]
    lines += [""] if rule.sentences else []
    return [*lines, f"In `{rule.module}`; {'; '.join(asked) or 'not asked yet'}.", ""]


def _index(found: list[Rule]) -> list[str]:
    by_number: dict[str, list[str]] = defaultdict(list)
    for rule in found:
        for number in rule.numbers:
            by_number[number].append(f"`{rule.name}`")
    order = sorted(by_number, key=lambda number: (number[0] != "R", int(number[1:])))
    rows = [(number, ", ".join(by_number[number])) for number in order]
    return ["## By number", "", *words.table(("Number", "Rules"), rows)]


def _apps() -> list[str]:
    return [config.name for config in apps.get_app_configs() if config.name in APPS]


def _room(app: str, room: str) -> list[Path]:
    folder: Path = settings.BASE_DIR / app
    single = folder / f"{room}.py"
    return [single] if single.exists() else sorted((folder / room).rglob("*.py"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _answers_verdict(node: ast.FunctionDef) -> bool:
    return node.returns is not None and "Verdict" in ast.unparse(node.returns)


def _rule(app: str, path: Path, node: ast.FunctionDef) -> Rule:
    says = " ".join((ast.get_docstring(node) or "").split())
    sources = [
        word.value.value
        for call in _calls(node)
        for word in call.keywords
        if word.arg == "source" and isinstance(word.value, ast.Constant)
    ]
    numbers = dict.fromkeys([*NUMBER.findall(says), *(source for source in sources if source)])
    sentences = dict.fromkeys(sentence for call in _calls(node) for sentence in _sentences(call))
    module = str(path.relative_to(settings.BASE_DIR))
    return Rule(app, module, node.name, says, tuple(numbers), tuple(sentences))


def _calls(node: ast.FunctionDef) -> Iterator[ast.Call]:
    """The calls that may refuse, in the order in which they stand."""
    found = [
        child
        for child in ast.walk(node)
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name)
    ]
    yield from sorted(found, key=lambda call: (call.lineno, call.col_offset))


def _sentences(call: ast.Call) -> Iterator[str]:
    """The sentence of ``refuse`` or ``require``; names in braces stand for what is put in."""
    place = {"refuse": 0, "require": 1}.get(
        call.func.id if isinstance(call.func, ast.Name) else "", 99
    )
    if place == 99 and isinstance(call.func, ast.Name) and call.func.id == "_stands":
        place = 2
    if len(call.args) > place:
        yield from _texts(call.args[place])


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)  # type: ignore[misc]  # what stands between braces apart, the values are texts


def _where_asked() -> dict[str, list[str]]:
    """For each rule, by app and name, the functions that ask it."""
    found: dict[str, list[str]] = defaultdict(list)
    for app in _apps():
        for room, how in ASKED_IN.items():
            for path in _room(app, room):
                for rule, asker in _asks(path, app):
                    line = (
                        f"{how} `{asker}`"
                        if asker
                        else f"{how} `{path.relative_to(settings.BASE_DIR)}`"
                    )
                    if line not in found[rule]:
                        found[rule].append(line)
    return found


def _asks(path: Path, app: str) -> Iterator[tuple[str, str]]:
    """The rules a file names, with the function in which it does: ``rules.may_x`` above, plain ``may_x`` among rules."""
    tree = _tree(path)
    theirs = _rules_modules(tree, app)
    among_rules = "rules" in path.relative_to(settings.BASE_DIR / app).with_suffix("").parts
    for top in tree.body:
        asker = top.name if isinstance(top, ast.FunctionDef) else ""
        for node in ast.walk(top):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in theirs
            ):
                yield f"{theirs[node.value.id]}.{node.attr}", asker
            elif among_rules and isinstance(node, ast.Name) and node.id != asker:
                yield f"{theirs.get(node.id, app)}.{node.id}", asker


def _rules_modules(tree: ast.Module, app: str) -> dict[str, str]:
    """The names under which a file knows rules, and whose they are; files in ``rules/`` are known by their own name."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            owner = node.module.partition(".")[0]
            for name in node.names:
                if name.name == "rules" or node.module.endswith(".rules"):
                    known[name.asname or name.name] = owner
    return known
