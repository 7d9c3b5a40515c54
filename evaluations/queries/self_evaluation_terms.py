"""The words and the lengths that the joint self-evaluation is written by: reference data."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, fields
from functools import lru_cache
from math import ceil
from pathlib import Path

from core.tables import BadRow, read_csv
from evaluations.enums import AnswerPart
from evaluations.models import Question

REFERENCE = Path(__file__).resolve().parents[1] / "reference"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the joint self-evaluation should be at most (R21). ``words_per_side`` turns words into A4 sides."""

    words_per_side: int
    sides_per_question: int
    pages: int

    def sides(self, words: int) -> float:
        """Sides of A4 that so many words take, to one decimal, rounded up."""
        return ceil(10 * words / self.words_per_side) / 10


@lru_cache
def limits(framework_key: str = "2019") -> Limits:
    """The figures of policy, from ``reference/self_evaluation_<key>.csv``, where each has its source."""
    return read_limits(REFERENCE / f"self_evaluation_{framework_key}.csv")


@lru_cache
def guidance(framework_key: str = "2019") -> dict[tuple[str, str], str]:
    """Our own words beside the boxes, by question number and part; either may be an empty string for "any"."""
    return read_guidance(REFERENCE / f"guidance_{framework_key}.csv")


def read_limits(path: Path) -> Limits:
    """The figures in the file at ``path``: exactly those of ``Limits``, whole numbers from 1 on. Raises BadRow."""
    wanted = [field.name for field in fields(Limits)]
    columns = ("key", "value", "basis")
    rows = read_csv(path, columns, once=["key"], filled=columns)
    for row in rows:
        if row["key"] not in wanted:
            raise row.refuse(f"“{row['key']}” is not {', '.join(wanted)}.")
        if not re.fullmatch(r"[1-9]\d{0,4}", row["value"], re.ASCII):
            raise row.refuse(f"{row['key']} “{row['value']}” is not a whole number from 1 on.")
    found = {row["key"]: int(row["value"]) for row in rows}
    for key in wanted:
        if key not in found:
            raise BadRow(path.name, None, f"{key} is missing.")
    return Limits(**found)


def read_guidance(path: Path, questions: Collection[int] = ()) -> dict[tuple[str, str], str]:
    """The words in the file at ``path``, by question number and part. Raises BadRow.

    Where ``questions`` are given, every one of them has its words and every part has its, and there are no others.
    """
    rows = read_csv(
        path, ("question", "part", "words"), once=[("question", "part")], filled=["words"]
    )
    numbers = [str(question) for question in questions]
    for row in rows:
        if row["part"] and row["part"] not in AnswerPart.values:
            raise row.refuse(f"part “{row['part']}” is not {', '.join(AnswerPart.values)}.")
        if not (row["question"] or row["part"]):
            raise row.refuse("names neither a question nor a part.")
        if row["question"] and numbers and row["question"] not in numbers:
            raise row.refuse(f"question “{row['question']}” is not {', '.join(numbers)}.")
    found = {(row["question"], row["part"]): row["words"] for row in rows}
    for part in AnswerPart.values:
        if ("", part) not in found:
            raise BadRow(path.name, None, f"the part {part} has no words.")
    for number in numbers:
        if (number, "") not in found:
            raise BadRow(path.name, None, f"question {number} has no words.")
    return found


def question_guidance(question: Question) -> dict[str, str]:
    """The words beside one question: ``question`` for the whole, and one for each part."""
    words = guidance(question.framework.key)
    found = {part.value: words.get(("", part.value), "") for part in AnswerPart}
    return found | {"question": words.get((str(question.number), ""), "")}
