"""Two versions of a text side by side: what was taken out, what was put in, word by word.

Paragraphs are paired first, then the words of each pair, so that a sentence that moved does not colour the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = (
    4_000  # of one paragraph; beyond, it is shown as replaced, since comparing costs their square
)


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row with one space between, and whether they stand on this side alone."""

    words: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph on each side. A side without it is empty."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]

    @property
    def differs(self) -> bool:
        return any(run.differs for run in (*self.before, *self.after))


def compare(before: str, after: str) -> list[Row]:
    """Every paragraph of both, in their order. Line endings and spaces at the ends of lines do not count."""
    old, new = _paragraphs(before), _paragraphs(after)
    rows: list[Row] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            rows += [Row((Run(words, False),), (Run(words, False),)) for words in old[i1:i2]]
            continue
        left, right = old[i1:i2], new[j1:j2]
        for index in range(max(len(left), len(right))):
            rows.append(
                _row(
                    left[index] if index < len(left) else "",
                    right[index] if index < len(right) else "",
                )
            )
    return rows


def _paragraphs(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip() for line in lines if line.strip()]


def _row(before: str, after: str) -> Row:
    old, new = before.split(), after.split()
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        return Row(_whole(before), _whole(after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.3:  # hardly a word in common: two sentences read better whole
        return Row(_whole(before), _whole(after))
    codes = matcher.get_opcodes()
    return Row(
        tuple(_runs((kind, old[i1:i2]) for kind, i1, i2, _, _ in codes)),
        tuple(_runs((kind, new[j1:j2]) for kind, _, _, j1, j2 in codes)),
    )


def _whole(words: str) -> tuple[Run, ...]:
    return (Run(words, True),) if words else ()


def _runs(parts: Iterator[tuple[str, list[str]]]) -> Iterator[Run]:
    for kind, words in parts:
        if words:
            yield Run(" ".join(words), kind != "equal")
