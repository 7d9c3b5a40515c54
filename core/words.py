"""Words for people: numbers as they stand in a sentence, lists, and what fits on one line."""

from __future__ import annotations

import unicodedata

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(n: int) -> str:
    """``three``, ``ten``, ``11``, ``1,204``; nothing at all is ``none``."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else f"{n:,}"


def counted(n: int, words: str) -> str:
    """``counted(3, "thing,things")`` is ``three things``; ``one thing``; ``no things``."""
    one, _, many = words.partition(",")
    if not n:
        return f"no {many}"
    return f"{number(n)} {one if n == 1 else many}"


def listed(words: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Kinds of characters that nobody sees: control, soft hyphens, marks of direction, halves, private, line ends."""
JOINERS = "\u200c\u200d"
JOINING_SCRIPTS = range(0x0590, 0x1E00)  # Arabic, the scripts of India and their neighbours


def one_line(text: str) -> str:
    """One line without surplus blanks and without characters that nobody sees.

    Two names that look alike are then the same, and none is written backwards. The two joiners stay where a script
    needs them to be spelt right, as Persian and Hindi do; after a letter of ours they show nothing and go.
    """
    spaced = " ".join(text.split())
    kept = "".join(
        char
        for before, char in zip(f" {spaced}", spaced, strict=False)
        if unicodedata.category(char) not in UNSEEN
        or (char in JOINERS and ord(before) in JOINING_SCRIPTS)
    )
    return " ".join(kept.split())


def shortened(text: str, at_most: int) -> str:
    """The text, or as many of its whole words as fit, ended with an ellipsis. ``at_most`` in characters."""
    if len(text) <= at_most:
        return text
    cut = text[: at_most - 1]
    whole = cut if text[at_most - 1].isspace() else cut.rpartition(" ")[0] or cut
    return whole.rstrip(" ,;:.") + "…"
