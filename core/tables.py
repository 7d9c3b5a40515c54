"""Tables that people hand over as CSV: read whole, with the row number kept, refused with row and reason.

Row 1 is the line of column names, so row 2 is the first line of data: the number a spreadsheet shows.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SEPARATORS = (",", ";", "\t")
MOST_COLUMNS = 200
LONGEST_CELL = 2_000  # characters; reference tables hold short texts


class BadRow(ValueError):
    """A table was refused: in which file, at which row (None for the whole file), and why."""

    def __init__(self, file: str, row: int | None, reason: str) -> None:
        self.file = file
        self.row = row
        self.reason = reason
        super().__init__(f"{file}: {reason}" if row is None else f"{file}, row {row}: {reason}")


@dataclass(frozen=True, slots=True)
class Row(Mapping[str, str]):
    """One line of a table: cells by column name, without surrounding blanks, and where it stood."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def refuse(self, reason: str) -> BadRow:
        """The error to raise when this row is wrong: ``raise row.refuse("...")``."""
        return BadRow(self.file, self.number, reason)


def read_csv(
    path: Path | str,
    columns: Collection[str] = (),
    *,
    once: Collection[str | tuple[str, ...]] = (),
    filled: Collection[str] = (),
    longest: Mapping[str, int] | None = None,
) -> list[Row]:
    """The rows of the CSV file at ``path`` (UTF-8, comma, first line the column names).

    Raises BadRow where the file is missing, empty, not UTF-8, lacks one of ``columns``,
    or a row has another number of cells than the first line. ``once`` names columns, or columns together, that say the
    same thing in no two rows; ``filled`` those that are never empty; ``longest`` the most characters of some.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise BadRow(path.name, None, "the file cannot be read.") from problem
    rows = parse_csv(content, path.name, columns)
    _check_cells(rows, filled, longest or {})
    for key in once:
        check_once(rows, *((key,) if isinstance(key, str) else key))
    return rows


def parse_csv(content: bytes | str, file: str, columns: Collection[str] = ()) -> list[Row]:
    """As ``read_csv``, for content that is at hand already; ``file`` is its name, for the messages."""
    text = _decode(content, file) if isinstance(content, bytes) else content.removeprefix("\ufeff")
    return _parse(text, file, columns)


def parse_spreadsheet(content: bytes | str, file: str, columns: Collection[str] = ()) -> list[Row]:
    """As ``parse_csv``, for a table as spreadsheets save it: with a comma, a semicolon or a tab between the cells, the names
    of the columns in capitals or not, and empty cells at the end of a line. Row names are in small letters.
    """
    text = _decode_any(content, file) if isinstance(content, bytes) else content
    text = text.removeprefix("\ufeff")
    declared = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)  # a line that Excel writes and reads
    separator = declared[1] if declared else _separator_of(text)
    return _parse(
        text, file, columns, separator=separator, skip=bool(declared), as_a_spreadsheet=True
    )


def _separator_of(text: str) -> str:
    """What stands between the names of the columns: the sign that the first line with words holds most often."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _parse(
    text: str,
    file: str,
    columns: Collection[str],
    *,
    separator: str = ",",
    skip: bool = False,
    as_a_spreadsheet: bool = False,
) -> list[Row]:
    if not text.strip():
        raise BadRow(file, None, "the file is empty.")
    if "\0" in text:
        raise BadRow(file, None, "the file is not a text file with comma-separated values.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    lines: Iterator[list[str]] = map(_without_empty_end, reader) if as_a_spreadsheet else reader
    try:
        if skip:
            next(reader)
        names = [name.strip() for name in next(lines, [])]
        if as_a_spreadsheet:
            names = [name.lower() for name in names]
        _check_names(file, names, columns)
        return list(
            _rows(file, names, lines, first=3 if skip else 2, may_end_early=as_a_spreadsheet)
        )
    except csv.Error as problem:
        raise BadRow(file, reader.line_num, f"the line cannot be read ({problem}).") from problem


def check_once(rows: list[Row], *columns: str) -> None:
    """Refuse, by BadRow, a row whose cells in these columns together stand in an earlier row already."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = tuple(row[column] for column in columns)
        if cells in seen:
            raise row.refuse(f"{_listed(filter(None, cells))} stands in row {seen[cells]} already.")
        seen[cells] = row.number


def _check_cells(rows: list[Row], filled: Collection[str], longest: Mapping[str, int]) -> None:
    for row in rows:
        for column in filled:
            if not row[column]:
                raise row.refuse(f"{column} is empty.")
        for column, most in longest.items():
            if len(row[column]) > most:
                raise row.refuse(f"{column} is longer than {most} characters.")


def _without_empty_end(cells: list[str]) -> list[str]:
    filled = (place for place in range(len(cells), 0, -1) if cells[place - 1].strip())
    return cells[: next(filled, 0)]


def _decode_any(content: bytes, file: str) -> str:
    """UTF-8, the UTF-16 of "Unicode text", or what Windows writes by default."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(content, file, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode(content, file, "cp1252")


def _decode(content: bytes, file: str, encoding: str = "utf-8-sig") -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise BadRow(
            file, None, "the file is not text in UTF-8; save it again as CSV UTF-8."
        ) from problem


def _check_names(file: str, names: list[str], columns: Collection[str]) -> None:
    if len(names) > MOST_COLUMNS:
        raise BadRow(
            file,
            1,
            f"the first line has {len(names):,} columns; no table here has more than {MOST_COLUMNS}.",
        )
    missing = [column for column in columns if column not in names]
    if missing:
        raise BadRow(file, 1, f"the first line has no column {_listed(missing)}.")
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        raise BadRow(file, 1, f"the first line names a column twice: {_listed(twice)}.")


def _rows(
    file: str,
    names: list[str],
    lines: Iterator[list[str]],
    *,
    first: int = 2,
    may_end_early: bool = False,
) -> Iterator[Row]:
    for number, cells in enumerate(lines, start=first):
        if not any(cell.strip() for cell in cells):
            continue
        if may_end_early:
            cells = cells + [""] * (len(names) - len(cells))
        if len(cells) != len(names):
            raise BadRow(file, number, f"has {len(cells)} cells, not {len(names)}.")
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise BadRow(file, number, f"a cell is longer than {LONGEST_CELL:,} characters.")
        yield Row(file, number, dict(zip(names, (cell.strip() for cell in cells), strict=True)))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
