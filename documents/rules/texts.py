"""Whether a text or a CSV table is text that everybody can read."""

from __future__ import annotations

import codecs
from pathlib import Path

from core.verdicts import ALLOWED, Verdict, refuse
from documents.enums import FileType

BLOCK = 256 * 1024  # bytes read at once
MARKUP = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<?php",
    b"#!",
)


def look_at_text(path: Path, known: FileType, name: str) -> Verdict:
    """Text in UTF-8, without zero bytes, that is no web page or script under another name."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with path.open("rb") as file:
        start = file.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if start.startswith(MARKUP):
            return refuse(
                f"“{name}” ends in .{known.ending}, but it is a web page or a script. Print the "
                "page to PDF and add that."
            )
        file.seek(0)
        try:
            while block := file.read(BLOCK):
                if b"\0" in block:
                    return _not_text(known, name)
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _other_letters(known, name)
    return ALLOWED


def _not_text(known: FileType, name: str) -> Verdict:
    return refuse(
        f"“{name}” ends in .{known.ending} but is not text. Save it as {known.words} in UTF-8, or "
        "under its own ending, "
        "and add it again."
    )


def _other_letters(known: FileType, name: str) -> Verdict:
    cure = (
        "In Excel choose “Save as”, “CSV UTF-8”, and add that."
        if known.ending == "csv"
        else "Save it with the encoding UTF-8 and add it again."
    )
    return refuse(
        f"“{name}” is not written in UTF-8, so letters such as é or £ would be lost. {cure}"
    )
