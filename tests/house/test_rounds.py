"""Whatever the clock does to many things, it does to each on its own: a fault in one keeps no other from its turn."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TASKS = sorted(ROOT.glob("*/tasks.py"))
FILES_ALONE = {
    "empty_processed_folder"
}  # deletes files that nobody waits for, and minds no failure


def loops(path: Path) -> list[str]:
    """The functions of that module that go through many things by themselves."""
    found = [one for one in ast.parse(path.read_text()).body if isinstance(one, ast.FunctionDef)]
    return [
        function.name
        for function in found
        if any(isinstance(part, ast.For | ast.While) for part in ast.walk(function))
    ]


@pytest.mark.parametrize("path", TASKS, ids=lambda path: path.parent.name)
def test_the_clock_goes_through_many_things_with_each(path: Path) -> None:
    assert set(loops(path)) <= FILES_ALONE, "Use core.jobs.each."


def test_there_are_such_modules() -> None:
    assert {"inspections", "reports", "retention"} <= {path.parent.name for path in TASKS}
