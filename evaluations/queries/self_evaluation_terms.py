"""The words and the lengths that the joint self-evaluation is written by: reference data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path

from core.tables import read_csv
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
    rows = read_csv(REFERENCE / f"self_evaluation_{framework_key}.csv", ["key", "value", "basis"])
    return Limits(**{row["key"]: int(row["value"]) for row in rows})


@lru_cache
def guidance(framework_key: str = "2019") -> dict[tuple[str, str], str]:
    """Our own words beside the boxes, by question number and part; either may be an empty string for "any"."""
    rows = read_csv(REFERENCE / f"guidance_{framework_key}.csv", ["question", "part", "words"])
    return {(row["question"], row["part"]): row["words"] for row in rows}


def question_guidance(question: Question) -> dict[str, str]:
    """The words beside one question: ``question`` for the whole, and one for each part."""
    words = guidance(question.framework.key)
    found = {part.value: words.get(("", part.value), "") for part in AnswerPart}
    return found | {"question": words.get((str(question.number), ""), "")}
