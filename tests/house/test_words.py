"""British spelling, whole docstrings, and no rule that does not exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.source import APPS, DOMAIN, ROOT, files, modules, place, tree

RULES = range(1, 55)
AMERICAN = re.compile(
    r"\b(colou?r(?<=color)s?|center(ed|s)?|organi[z](e|ed|es|ing|ation)s?|behavior|favorites?|recogni[z](e|ed|es|ing)"
    r"|analy[z](e|ed|es|ing)|cancel(ed|ing)\b|label(ed|ing)\b|neighbor|gr[a]y|defense|fulfill|enroll|catalog\b"
    r"|summari[z](e|ed|es|ing)|customi[z](e|ed|es)|initiali[z]|normali[z]|minimi[z]|maximi[z]|prioriti[z]|utili[z]|apologi[z]"
    r"|coordinat(or|ion)|deputy)\b",
    re.IGNORECASE,
)
# Words of other people's formats and of machines.
NOT_WORDS = re.compile(
    r"`[^`]*`|\{[{%].*?[%}]\}|<[^>]*>|https?://\S+|[\w.]+_[\w.]+|[\w-]+/[\w./-]+|--[\w-]+",
    re.DOTALL,
)
# A folder where a public function needs no docstring, with the reason.
SAY_IT_BY_NAME = {
    "permissions": "A `can_` is its capability and its rule, in one line.",
    "management": "A command says what it does in its `help`.",
    "apps": "An app says what it is in its `verbose_name`.",
}


def _docstrings(path: Path) -> str:
    nodes = [tree(path), *ast.walk(tree(path))]
    texts = [
        ast.get_docstring(node) or ""
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    ]
    return "\n".join(texts)


def test_british_spelling() -> None:
    pages = [
        (path, path.read_text())
        for path in files(".html", ".txt", under="templates") + files(".md")
    ]
    ours = [(path, _docstrings(path)) for app in APPS for path in modules(app)]
    found = [
        f"{place(path)}: {hit[0]}"
        for path, text in pages + ours
        for hit in AMERICAN.finditer(NOT_WORDS.sub(" ", text))
    ]
    assert not found, "\n".join(found)


def test_every_module_says_what_it_is_for() -> None:
    quiet = {"__init__.py", "urls.py", "apps.py", "schedule.py"}
    mute = [
        place(path)
        for app in APPS
        for path in modules(app)
        if path.name not in quiet and not ast.get_docstring(tree(path))
    ]
    assert not mute, "\n".join(mute)


def test_every_public_function_has_a_docstring() -> None:
    mute = [
        f"{place(path)}: {node.name}"
        for app in APPS
        for path in modules(app)
        if not set(SAY_IT_BY_NAME) & set(path.relative_to(ROOT).with_suffix("").parts)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not mute, "\n".join(mute)


def test_every_rule_that_is_cited_exists() -> None:
    cited = {
        (place(path), number)
        for app in APPS
        for path in [*modules(app), *files(".html", under=f"templates/{app}")]
        for number in re.findall(r"\bR(\d{1,2})\b(?!\.)", path.read_text())
    }
    assert cited
    assert {one for one in cited if int(one[1]) not in RULES} == set()


def test_names_say_what_they_hold() -> None:
    """Timestamps end in ``_at``, days in ``_on``, people in ``_by``."""
    from django.apps import apps
    from django.conf import settings
    from django.db import models

    endings = {models.DateTimeField: "_at", models.DateField: "_on"}
    allowed = {
        "Inspection.planned_for": "what is planned for that day",
        "Inspection.state_since": "since when",
        "Report.state_since": "since when",
        "SchoolHolidayWeek.monday": "the Monday that names the week",
        "Event.at": "the moment itself",
        "Membership.until": "until when",
        "Invitation.until": "until when",
        "StandIn.until": "until when",
        "Job.claimed_until": "until when",
        "StepNotice.due_on": "",
        "User.last_login": "Django's own name",
    }
    faults = []
    for model in apps.get_models():
        if model._meta.app_label in APPS and not model.__name__.startswith("Historical"):
            for field in model._meta.local_fields:
                name = f"{model.__name__}.{field.name}"
                wanted = endings.get(type(field))
                if wanted and not field.name.endswith(wanted) and name not in allowed:
                    faults.append(name)
                is_person = (
                    field.is_relation
                    and field.related_model._meta.label == settings.AUTH_USER_MODEL
                )
                if (
                    is_person
                    and not field.name.endswith("_by")
                    and field.name not in ("person", "author", "inspector")
                ):
                    faults.append(name)
    assert not faults, faults


def test_the_rooms_of_an_app_have_no_strangers() -> None:
    banned = {"utils.py", "helpers.py", "services.py", "managers.py", "signals.py", "common.py"}
    assert not [
        place(path) for app in (*DOMAIN, *APPS) for path in modules(app) if path.name in banned
    ]
