"""No check is silenced without its reason, and nobody is sent to a page that does not exist."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT, files, place

SILENCED = re.compile(r"#\s*(?:type:\s*ignore|noqa|pragma|nosec)\b")
WITH_REASON = re.compile(
    r"#\s*(?:type:\s*ignore\[[\w, -]+\]|noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*)\s+# \S+ \S+"
)
ELSEWHERE = ("tests/", "benchmarks/")
# Where a docstring or a comment names one of our pages.
PAGE = re.compile(r"(?<![\w/.{-])((?:[\w-]+/)*[\w-]+\.md)\b")


def faults_of(source: str) -> list[int]:
    """The lines that silence a check and do not say which, and why."""
    return [
        number
        for number, line in enumerate(source.splitlines(), 1)
        if SILENCED.search(line) and not WITH_REASON.search(line)
    ]


@pytest.mark.parametrize(
    ("line", "is_fault"),
    [
        ("x = 1  # type: ignore", True),
        ("x = 1  # type: ignore[misc]", True),
        ("x = 1  # type: ignore[misc]  # why", True),
        ("x = 1  # type: ignore[misc]  # the stubs only", False),
        ("import x  # noqa", True),
        ("import x  # noqa: F401", True),
        ("import x  # noqa: F401  # it registers them", False),
        ("x = 1  # ignored by all", False),
    ],
)
def test_a_reason_is_more_than_a_word(line: str, is_fault: bool) -> None:
    assert bool(faults_of(line)) == is_fault


def test_no_check_is_silenced_without_its_reason() -> None:
    faults = [
        f"{place(path)}:{number}"
        for path in files(".py")
        if not place(path).startswith(ELSEWHERE)
        for number in faults_of(path.read_text(encoding="utf-8"))
    ]
    assert not faults, "Say why, behind a second #: " + ", ".join(faults)


def test_every_page_that_the_source_names_is_there() -> None:
    faults = []
    for path in files(".py", ".html", ".json", ".csv"):
        for named in PAGE.findall(path.read_text(encoding="utf-8")):
            places = [ROOT / named, path.parent / named, ROOT / "docs" / named]
            if not any(one.exists() for one in places) and not path.is_relative_to(ROOT / "tests"):
                faults.append(f"{place(path)} names {named}")
    assert not faults, "\n".join(sorted(set(faults)))
