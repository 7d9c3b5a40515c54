"""What a file must be to be kept: each fault with the whole sentence that people read."""

from __future__ import annotations

import pytest

from documents import rules
from tests.documents import files

GOOD = {
    "plan.pdf": files.pdf,
    "owner password only.pdf": lambda: files.pdf(password="x", owner_only=True),
    "plan.docx": files.docx,
    "figures.xlsx": files.xlsx,
    "slides.pptx": files.pptx,
    "plan.odt": files.odt,
    "figures.ods": lambda: files.odt("spreadsheet"),
    "slides.odp": lambda: files.odt("presentation"),
    "table.csv": lambda: b"\xef\xbb\xbf" + files.TEXT,
    "notes.txt": lambda: files.TEXT,
    "photo.png": lambda: files.PNG,
    "photo.jpg": lambda: files.JPEG,
    "PHOTO.JPEG": lambda: files.JPEG,
    "voice.wav": files.wav,
    "voice.mp3": files.mp3,
    "film.mp4": files.mp4,
    "minutes v1.2 final.docx": files.docx,
    "letter.docx.pdf": files.pdf,
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_kept(arrive, name):
    assert rules.may_keep_file(arrive(name, GOOD[name]()))


NOT_WHOLE = "is not complete: its end is missing. Copy or download it again, check that it opens, and add it again."
LOCKED_OFFICE = (
    "is protected by a password. Open it, take the password off, save it, and add it again."
)
TOO_FULL = (
    "would become far larger when it is opened than it is, as harmful files do, and is not "
    "accepted. "
    "Save it again from the original, with smaller pictures, and add that."
)
ACCEPTED = (
    "Accepted are PDF, Word, Excel, PowerPoint, OpenDocument, CSV, plain text, PNG, JPEG, MP4, "
    "MP3 and WAV."
)
MACROS = "holds macros, small programs, and is not accepted. Save a copy without macros as"

BAD = [
    (
        "empty.pdf",
        b"",
        "“empty.pdf” is empty: it has no bytes. Open it where you made it, check it, save it, "
        "and add it again.",
    ),
    (
        "plan.pdf",
        b"Dear all, this is no PDF.",
        "“plan.pdf” ends in .pdf but is not a PDF. Open it in the program that made it, choose "
        "“Save as PDF”, and add that.",
    ),
    (
        "page.pdf",
        b"<html><!-- %PDF-1.7 --></html>",
        "“page.pdf” ends in .pdf but is not a PDF. Open it in the program that made it, choose "
        "“Save as PDF”, and add that.",
    ),
    (
        "photo.pdf",
        files.PNG,
        "“photo.pdf” ends in .pdf, but it is a PNG picture. Rename it so that it ends in .png "
        "and add it again.",
    ),
    (
        "plan.pdf",
        files.pdf(password="secret"),
        "“plan.pdf” is protected by a password. Open it, print it to a new PDF or take the "
        "password off, and add that.",
    ),
    ("plan.pdf", files.pdf(3)[:-600], f"“plan.pdf” {NOT_WHOLE}"),
    (
        "plan.pdf",
        files.pdf(0),
        "“plan.pdf” is a PDF without a page. Make it again from the original and add it.",
    ),
    (
        "plan.pdf",
        b"%PDF-1.7\nnothing at all\n%%EOF\n",
        "“plan.pdf” is damaged and does not open. Make the PDF again from the original, check "
        "that it opens, and add it.",
    ),
    ("plan.docx", files.locked_office(), f"“plan.docx” {LOCKED_OFFICE}"),
    ("plan.docx", files.locked_office(b"x" * 3_000_000), f"“plan.docx” {LOCKED_OFFICE}"),
    ("figures.xlsx", files.locked_office(b"x" * 9_000), f"“figures.xlsx” {LOCKED_OFFICE}"),
    (
        "plan.docx",
        files.old_office(),
        "“plan.docx” ends in .docx, but it is an Office file of the old kind. "
        "Open it, choose “Save as”, the kind Word document (.docx), and add that.",
    ),
    ("plan.docx", files.docx()[:-900], f"“plan.docx” {NOT_WHOLE}"),
    ("figures.xlsx", files.xlsx()[:200], f"“figures.xlsx” {NOT_WHOLE}"),
    (
        "plan.docx",
        files.xlsx(),
        "“plan.docx” ends in .docx, but it is a file of the kind .xlsx. "
        "Rename it so that it ends in .xlsx and add it again.",
    ),
    (
        "plan.docx",
        files.zipped({"a.txt": "a"}),
        "“plan.docx” ends in .docx but is not a file of the kind Word document. "
        "Open it in the program that made it, save it as .docx, and add that.",
    ),
    (
        "plan.docx",
        files.with_part(files.docx(), "word/vbaProject.bin", b"Sub Auto"),
        f"“plan.docx” {MACROS} Word document (.docx) and add that.",
    ),
    (
        "figures.xlsx",
        files.with_part(files.xlsx(), "xl/macrosheets/sheet1.xml", b"<x/>"),
        f"“figures.xlsx” {MACROS} Excel workbook (.xlsx) and add that.",
    ),
    (
        "plan.odt",
        files.odt(Basic__Standard=b"Sub Auto"),
        f"“plan.odt” {MACROS} OpenDocument text (.odt) and add that.",
    ),
    ("plan.odt", files.odt(manifest="<manifest:encryption-data/>"), f"“plan.odt” {LOCKED_OFFICE}"),
    (
        "plan.odt",
        files.odt("spreadsheet"),
        "“plan.odt” ends in .odt but is not a file of the kind OpenDocument text. "
        "Open it in the program that made it, save it as .odt, and add that.",
    ),
    ("plan.docx", files.bomb(), f"“plan.docx” {TOO_FULL}"),
    ("plan.docx", files.liar(), f"“plan.docx” {TOO_FULL}"),
    ("plan.docx", files.crowded(), f"“plan.docx” {TOO_FULL}"),
    ("plan.docx", files.endless_contents(), f"“plan.docx” {TOO_FULL}"),
    ("plan.odt", files.odt(content_bin=b"\0" * (80 * 1024**2)), f"“plan.odt” {TOO_FULL}"),
    ("plan.docx", files.locked_part(), f"“plan.docx” {LOCKED_OFFICE}"),
    (
        "plan.docx",
        files.overlapping(),
        "“plan.docx” is damaged and does not open. Save it again from the original and add that.",
    ),
    (
        "table.csv",
        "Dùn Èideann".encode("latin-1"),
        "“table.csv” is not written in UTF-8, so letters such as é or £ would be lost. "
        "In Excel choose “Save as”, “CSV UTF-8”, and add that.",
    ),
    (
        "notes.txt",
        b"MZ\0\0binary",
        None,
    ),
    (
        "notes.txt",
        b"  <!DOCTYPE html><script>",
        "“notes.txt” ends in .txt, but it is a web page or a script. Print the page to PDF and "
        "add that.",
    ),
    (
        "notes.txt",
        files.pdf(),
        "“notes.txt” ends in .txt, but it is a PDF. Rename it so that it ends in .pdf and add it "
        "again.",
    ),
    ("photo.png", files.PNG[:-12], f"“photo.png” {NOT_WHOLE}"),
    (
        "photo.png",
        b"nothing",
        "“photo.png” ends in .png but is not a PNG picture. "
        "Open it in the program that made it, save it as .png, and add that.",
    ),
    ("photo.jpg", files.JPEG[:-2], f"“photo.jpg” {NOT_WHOLE}"),
    ("voice.wav", files.wav(1)[:-2000], f"“voice.wav” {NOT_WHOLE}"),
    ("film.mp4", files.mp4()[:-100], f"“film.mp4” {NOT_WHOLE}"),
    (
        "page.html",
        b"<html>",
        f"“page.html”: files that end in .html are not accepted. {ACCEPTED} Print the page to PDF.",
    ),
    (
        "logo.svg",
        b"<svg/>",
        f"“logo.svg”: files that end in .svg are not accepted. {ACCEPTED} Save the picture as PNG "
        "or PDF.",
    ),
    (
        "setup.exe",
        b"MZ",
        f"“setup.exe”: files that end in .exe are not accepted. {ACCEPTED} Save it as one of "
        "those and add it again.",
    ),
    (
        "plan.docm",
        files.docx(),
        f"“plan.docm”: files that end in .docm are not accepted. {ACCEPTED} "
        "It can hold macros. Save it as .docx, which cannot.",
    ),
    (
        "invoice.exe.pdf",
        files.pdf(),
        "“invoice.exe.pdf” has two endings, .exe and .pdf, and files of the first kind are not "
        "accepted. "
        "If it is a PDF, take .exe out of its name and add it again.",
    ),
    (
        "plan",
        files.pdf(),
        "The name “plan” has no ending such as .pdf or .docx, so its type is not known. "
        "Rename the file with its ending and add it again.",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "sentence"), BAD, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(BAD)]
)
def test_a_bad_file_is_refused_with_what_where_and_how(arrive, name, content, sentence):
    verdict = rules.may_keep_file(arrive(name, content))
    assert not verdict
    if sentence:
        assert verdict.sentence == sentence


def test_a_pdf_that_unpacks_without_end_is_ended_with_its_own_process(arrive):
    verdict = rules.may_keep_file(arrive("plan.pdf", files.pdf_bomb()))
    assert "could not be checked" in verdict.sentence or "damaged" in verdict.sentence
