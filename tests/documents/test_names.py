"""A sender's file name is shown and offered, and never a path."""

from __future__ import annotations

import pytest

from documents.names import clean_name, ending_of, title_of


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("Plan 2026.pdf", "Plan 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\plan.pdf", "plan.pdf"),
        ("/var/media/plan.pdf", "plan.pdf"),
        ("plan\x00.pdf\r\nX: y", "plan.pdf X- y"),
        ("plan\nfor May.docx", "plan for May.docx"),
        ("plan%0D%0Afor %22May%22.docx", "plan for -May-.docx"),
        ("plan.do\ncx", "plan.docx"),
        ("plan.docx\r\n", "plan.docx"),
        ("plan\n.docx", "plan .docx"),
        ("100%09 sure.docx", "100%09 sure.docx"),
        ("annex\u202efdp.exe", "annexfdp.exe"),
        ("photo\u200b.png", "photo.png"),
        ("Cafe\u0301.txt", "Café.txt"),
        ('a<b>"c".csv', "a-b--c-.csv"),
        ("  .hidden.pdf ", "hidden.pdf"),
        ("", "document"),
        ("...", "document"),
        ("aithisg Dùn Èideann 😀.docx", "aithisg Dùn Èideann 😀.docx"),
    ],
)
def test_clean_name(given, cleaned):
    assert clean_name(given) == cleaned


def test_a_name_of_ten_thousand_characters_keeps_its_ending():
    cleaned = clean_name("a" * 10_000 + ".docx")
    assert len(cleaned) <= 150
    assert cleaned.endswith("….docx")


def test_ending_and_title():
    assert ending_of("Plan.PDF") == "pdf"
    assert ending_of("plan") == ""
    assert ending_of(".pdf") == ""
    assert title_of("minutes v1.2.docx") == "minutes v1.2"
