"""Tables that people hand over: read with their row numbers, refused with row and reason."""

from pathlib import Path

import pytest

from core.tables import BadRow, parse_csv, parse_spreadsheet, read_csv


def test_read_csv_keeps_the_row_number_a_spreadsheet_shows(tmp_path: Path):
    file = tmp_path / "areas.csv"
    file.write_text('code,name\nS1, Orkney \n\nS2,"Perth, and Kinross"\n')
    rows = read_csv(file, ["code", "name"])
    assert [(row.number, row["name"]) for row in rows] == [(2, "Orkney"), (4, "Perth, and Kinross")]
    assert str(rows[1].refuse("is not known.")) == "areas.csv, row 4: is not known."


def test_a_mark_at_the_beginning_of_the_file_is_no_part_of_the_first_name():
    assert parse_csv(b"\xef\xbb\xbfcode\nS1\n", "a.csv", ["code"])[0]["code"] == "S1"


@pytest.mark.parametrize(
    ("content", "row", "sentence"),
    [
        (b"", None, "a.csv: the file is empty."),
        (b" \n \n", None, "a.csv: the file is empty."),
        (
            b"\xff\xfec\x00",
            None,
            "a.csv: the file is not text in UTF-8; save it again as CSV UTF-8.",
        ),
        (
            b"code\nS1\x00\n",
            None,
            "a.csv: the file is not a text file with comma-separated values.",
        ),
        (b"name\nOrkney\n", 1, "a.csv, row 1: the first line has no column “code”."),
        (b"code,code\nS1,S2\n", 1, "a.csv, row 1: the first line names a column twice: “code”."),
        (b"code,name\nS1\n", 2, "a.csv, row 2: has 1 cells, not 2."),
        (b"code\nS1\nS2,b\n", 3, "a.csv, row 3: has 2 cells, not 1."),
        (
            b"code\n" + b"x" * 2001 + b"\n",
            2,
            "a.csv, row 2: a cell is longer than 2,000 characters.",
        ),
        (b'code\n"S1\n', 2, "a.csv, row 2: the line cannot be read (unexpected end of data)."),
    ],
)
def test_a_wrong_table_is_refused_with_row_and_reason(
    content: bytes, row: int | None, sentence: str
):
    with pytest.raises(BadRow) as refused:
        parse_csv(content, "a.csv", ["code"])
    assert str(refused.value) == sentence
    assert refused.value.row == row


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(BadRow, match=r"^nothing.csv: the file cannot be read.$"):
        read_csv(tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    "content",
    [
        b"Code,Name\r\nS1,Orkney\r\n",
        b"\xef\xbb\xbfCODE;NAME\r\nS1;Orkney\r\n",
        b"code\tname\r\nS1\tOrkney\r\n",
        "Code\tName\r\nS1\tOrkney\r\n".encode("utf-16"),
        b"sep=;\r\ncode;name\r\nS1;Orkney\r\n",
        b"code,name,,\r\nS1,Orkney,,\r\n,,,\r\n",
    ],
)
def test_parse_spreadsheet_reads_what_spreadsheets_save(content: bytes):
    (row,) = parse_spreadsheet(content, "a.csv", ["code", "name"])
    assert dict(row) == {"code": "S1", "name": "Orkney"}


def test_parse_spreadsheet_reads_the_letters_of_windows_and_keeps_the_row_number():
    rows = parse_spreadsheet("sep=;\ncode;name\n\nS1;Là;\n".encode("cp1252"), "a.csv", ["code"])
    assert [(row.number, row["name"]) for row in rows] == [(4, "Là")]


def test_parse_spreadsheet_fills_a_row_that_ends_early_and_refuses_one_that_is_too_long():
    assert parse_spreadsheet("code,name\nS1\n", "a.csv")[0]["name"] == ""
    with pytest.raises(BadRow, match="row 2: has 3 cells, not 2"):
        parse_spreadsheet("code,name\nS1,Orkney,more\n", "a.csv")
    with pytest.raises(BadRow, match="row 1: the first line has no column “code”"):
        parse_spreadsheet("name;more\nOrkney;1\n", "a.csv", ["code"])
    with pytest.raises(BadRow, match="the file is empty"):
        parse_spreadsheet(b"\xff\xfe", "a.csv")
    with pytest.raises(BadRow, match="not text in UTF-8"):
        parse_spreadsheet(b"\xff\xfea", "a.csv")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("S1,a,x\nS1,b,x\n", "a.csv, row 3: “S1” stands in row 2 already."),
        ("S1,a,x\nS2,a,x\n", "a.csv, row 3: “a”, “x” stands in row 2 already."),
        ("S1,a,x\n,b,y\n", "a.csv, row 3: code is empty."),
        ("S1,abcd,x\n", "a.csv, row 2: name is longer than 3 characters."),
    ],
)
def test_read_csv_holds_its_rows_to_terms(tmp_path: Path, text: str, sentence: str):
    file = tmp_path / "a.csv"
    file.write_text(f"code,name,kind\n{text}")
    terms = {"once": ["code", ("name", "kind")], "filled": ["code"], "longest": {"name": 3}}
    with pytest.raises(BadRow) as refused:
        read_csv(file, ["code"], **terms)
    assert str(refused.value) == sentence
    file.write_text("code,name,kind\nS1,abc,x\nS2,abc,y\n")
    assert len(read_csv(file, ["code"], **terms)) == 2


def test_a_line_of_very_many_empty_cells_is_read_or_refused_at_once():
    (row,) = parse_spreadsheet("code,name\nS1,Orkney" + "," * 600_000, "a.csv", ["code"])
    assert dict(row) == {"code": "S1", "name": "Orkney"}
    with pytest.raises(BadRow, match="has 60,000 columns; no table here has more than 200"):
        parse_spreadsheet(",".join(f"c{number}" for number in range(60_000)), "a.csv", ["code"])
