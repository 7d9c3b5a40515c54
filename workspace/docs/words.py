"""The few shapes that the written pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WRITTEN_FROM = "<!-- Written by `manage.py write_docs` from {source}. Change that, then run the command again. -->"


def head(title: str, *, source: str, first: str) -> list[str]:
    """The beginning of a page: its title, where it comes from, and what it is for."""
    return [f"# {title}", "", WRITTEN_FROM.format(source=source), "", first, ""]


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, with bars inside a cell made harmless."""
    lines = [_row(columns), _row(["---"] * len(columns))]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def page(lines: Iterable[str]) -> str:
    """The lines as one file with one newline at its end."""
    return "\n".join(lines).rstrip() + "\n"
