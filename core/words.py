"""Numbers as people write them in a sentence: one to ten in words, more in figures."""

from __future__ import annotations

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
