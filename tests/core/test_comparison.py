"""Two versions of a text side by side, and which versions are listed."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines

from core.comparison import MOST_WORDS, compare
from core.earlier import Version, earlier_versions, sittings

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """Both sides with what differs in brackets."""
    return [
        tuple(
            " ".join(f"[{run.words}]" if run.differs else run.words for run in side)
            for side in (row.before, row.after)
        )  # type: ignore[misc]
        for row in compare(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        ("", "", []),
        ("The same.", "The same.", [("The same.", "The same.")]),
        ("One line.\r\n", "One line.  \n", [("One line.", "One line.")]),
        ("", "New words.", [("", "[New words.]")]),
        ("Old words.", "", [("[Old words.]", "")]),
        (
            "Children are heard early.",
            "Children are always heard early.",
            [("Children are heard early.", "Children are [always] heard early.")],
        ),
        (
            "First.\n\nSecond one stays.",
            "First.\nA paragraph between.\nSecond one stays.",
            [
                ("First.", "First."),
                ("", "[A paragraph between.]"),
                ("Second one stays.", "Second one stays."),
            ],
        ),
        (
            "Nothing in common here",
            "completely other words instead",
            [("[Nothing in common here]", "[completely other words instead]")],
        ),
    ],
)
def test_compare_marks_words(before: str, after: str, rows: list[tuple[str, str]]) -> None:
    assert marked(before, after) == rows


def test_compare_of_a_hostile_text_ends() -> None:
    began = time.perf_counter()
    compare("a b " * 60_000, "b a " * 60_000)
    compare("\n".join("x y" for _ in range(2_000)), "\n".join("y x" for _ in range(2_000)))
    assert time.perf_counter() - began < 20
    assert MOST_WORDS < 10_000


def version(number: int, minutes: int, who: str = "Rona", words: str = "") -> Version:
    return Version(
        number, AT + timedelta(minutes=minutes), who, {"Text": words or f"Text {number}"}
    )


def test_sittings_leave_out_what_one_person_saved_in_a_row() -> None:
    saved = [version(5, 40), version(4, 31, "Ewan"), version(3, 30), version(2, 20), version(1, 0)]
    assert [one.number for one in sittings(saved)] == [5, 4, 3, 1]
    assert sittings([]) == []
    assert [one.number for one in sittings([version(2, 1), version(1, 0)])] == [2, 1]


def test_earlier_versions_compare_the_newest_two_or_what_was_chosen() -> None:
    saved = [version(1, 0), version(2, 60), version(3, 120), version(3, 119, words="moved")]
    newest = earlier_versions({}, saved)
    assert [one.number for one in newest["pair"]] == [2, 3]
    turned = earlier_versions({"older": "3", "newer": "1"}, saved)
    assert [one.number for one in turned["pair"]] == [1, 3]
    assert turned["parts"][0].rows[0].after[-1].words == "3"
    nonsense = earlier_versions({"older": "x", "newer": "99"}, saved)
    assert [one.number for one in nonsense["pair"]] == [2, 3]
    same = earlier_versions({"older": "2", "newer": "2"}, saved)
    assert same["differs"] is False
    assert earlier_versions({}, saved[:1])["pair"] is None
    assert earlier_versions({}, [])["versions"] == []


def test_comparison_is_told_in_words_too_and_harmless() -> None:
    shown = earlier_versions(
        {}, [version(1, 0, words="Safe words"), version(2, 60, words="Safe <b>words</b>")]
    )
    page = engines["django"].from_string(
        "{% load components %}{% comparison parts pair.0 pair.1 %}"
    )
    html = page.render(shown)
    assert '<del><span class="visually-hidden">taken out: </span>words' in html
    assert "&lt;b&gt;words&lt;/b&gt;" in html
    assert "<b>" not in html
