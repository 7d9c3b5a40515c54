"""The record: one event for each deed, one sentence for each event, and nothing that nobody records."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from audit import narrate
from audit.models import Event
from audit.narrate import known, titles
from audit.record import broken_links
from tests.house.source import APPS, calls, functions, modules, place, strings
from workspace.example.world import World

# (module, function): why it does not record exactly one event of its own.
EXCEPTIONS = {
    (
        "inspections/actions/reference.py",
        "load_areas",
    ): "Reference data that comes with the product, loaded by a command.",
    (
        "inspections/actions/reference.py",
        "load_method",
    ): "Reference data that comes with the product, loaded by a command.",
    ("inspections/actions/reference.py", "load_school_holidays"): (
        "Reference data that comes with the product, loaded by a command."
    ),
    ("inspections/actions/notification.py", "keep_letter_as_sent"): (
        "The worker finishes what notifying has put on record; it decides nothing."
    ),
    (
        "inspections/actions/notices.py",
        "send_step_notice",
    ): "A reminder or an overdue notice: one of two, by its kind.",
    (
        "evaluations/actions/framework.py",
        "load_framework_files",
    ): "It calls the two that record, one for each kind of file.",
    ("evaluations/actions/self_evaluation.py", "keep_receipt"): (
        "The worker finishes what sending has put on record; it decides nothing."
    ),
    ("accounts/actions/sessions.py", "forget_sessions"): (
        "What has ended by itself is cleared away every day; that somebody signed in is on record."
    ),
    ("meetings/actions/record.py", "keep_record"): (
        "The worker finishes what confirming has put on record; it decides nothing."
    ),
    ("retention/actions/disposal.py", "keep_certificate"): (
        "The worker finishes what a deed has put on record; it decides nothing."
    ),
    ("retention/actions/packs.py", "keep_pack"): (
        "The worker finishes what a deed has put on record; it decides nothing."
    ),
    (
        "reports/actions/editions.py",
        "keep_drawn_report",
    ): "The worker finishes what a deed has put on record; it decides nothing.",
}


def _is_atomic(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(mark) == "transaction.atomic" for mark in function.decorator_list)


def _events(function: ast.FunctionDef, path: Path) -> set[str]:
    """The events named in a function and in the private functions of its module that it calls."""
    private = {other.name: other for other in functions(path) if other.name.startswith("_")}
    seen, waiting = set(), [function]
    while waiting:
        one = waiting.pop()
        seen.add(one)
        waiting += [
            private[name] for name in calls(one) if name in private and private[name] not in seen
        ]
    return {text for one in seen for text in strings(one) if text in narrate.known()}


def _actions() -> list[tuple[str, str, set[str]]]:
    return [
        (place(path), function.name, _events(function, path))
        for app in APPS
        for path in modules(app, "actions")
        for function in functions(path)
        if _is_atomic(function) and not function.name.startswith("_")
    ]


def test_every_deed_records_exactly_one_event() -> None:
    faults = [
        f"{module}: {name} records {', '.join(sorted(events)) or 'nothing'}"
        for module, name, events in _actions()
        if len(events) != 1 and (module, name) not in EXCEPTIONS
    ]
    assert not faults, "\n".join(faults)


def test_every_exception_is_still_one() -> None:
    odd = {(module, name) for module, name, events in _actions() if len(events) != 1}
    assert set(EXCEPTIONS) <= odd, f"No exceptions any more: {set(EXCEPTIONS) - odd}"


def test_every_event_that_is_recorded_has_a_sentence() -> None:
    """Looked for by shape, so that a slip of the pen in an event's name is found too."""
    shape = re.compile(rf"({'|'.join(APPS)})\.[a-z]+(_[a-z]+)+")
    named = {
        text
        for app in APPS
        for path in modules(app, "actions")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).rpartition(".")[2]
        in ("record", "record_sitting", "record_reading", "_record", "_move")
        for text in strings(call)
        if shape.fullmatch(text)
    }
    assert named - set(narrate.known()) == set()


def test_every_sentence_is_of_an_event_that_somebody_records() -> None:
    recorded = {
        text
        for app in APPS
        for path in modules(app)
        if path.name != "sentences.py"
        for text in strings(ast.parse(path.read_text()))
    }
    assert set(narrate.known()) - recorded == set()


def test_every_event_has_a_title_in_words() -> None:
    """The filter of the log offers it; no name of the machine's stands there, and no two kinds read the same."""
    assert set(titles()) == set(known())
    assert len(set(titles().values())) == len(titles())
    for name, title in titles().items():
        assert title != name.rpartition(".")[2].replace("_", " ").capitalize(), name
        assert " " in title and title[0].isupper() and not re.search(r"[_{}.]", title), name


def test_every_sentence_is_whole() -> None:
    for event, sentence in narrate.known().items():
        assert sentence.endswith("."), f"{event} does not end with a full stop."
        assert sentence[0].isupper() or sentence.startswith("{"), (
            f"{event} does not begin as a sentence."
        )
        assert event.partition(".")[0] in APPS


@pytest.mark.slow
@pytest.mark.at_week(36)
def test_the_record_of_a_whole_inspection_reads_without_a_gap(world: World) -> None:
    events = list(Event.objects.all())
    gaps = {narrate.narrate(event) for event in events if "–" in narrate.narrate(event)}
    assert len(events) > 100
    assert not gaps, "\n".join(sorted(gaps))
    assert list(broken_links()) == []
