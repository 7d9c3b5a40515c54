"""Whether one file may be kept: its name, then its size, then its bytes. Nothing is unpacked, drawn
or run.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import filetype

from core.verdicts import ALLOWED, Verdict, refuse
from documents.arrivals import Arrival
from documents.enums import ACCEPTED_WORDS, FILE_TYPES, INSTEAD, RUNS, FileType
from documents.names import ending_of, inner_endings, short_name
from documents.rules.pdf import look_at_pdf
from documents.rules.recordings import look_at_picture, look_at_recording
from documents.rules.texts import look_at_text
from documents.rules.zips import look_at_odf, look_at_ooxml

Look = Callable[[Path, FileType, str], Verdict]
LOOKS: dict[str, Look] = {
    "pdf": look_at_pdf,
    "ooxml": look_at_ooxml,
    "odf": look_at_odf,
    "text": look_at_text,
    "picture": look_at_picture,
    "recording": look_at_recording,
}


def may_keep_file(arrival: Arrival) -> Verdict:
    """What came must be of an accepted type, not empty, whole, readable without a password, and be
    what its name says.
    """
    name = arrival.given_name
    return (
        arrival.verdict
        & _may_have_name(name)
        & _may_have_size(name, arrival.size)
        & _may_have_bytes(arrival)
    )


def _may_have_name(name: str) -> Verdict:
    ending, quoted = ending_of(name), f"“{short_name(name)}”"
    if not ending:
        return refuse(
            f"The name {quoted} has no ending such as .pdf or .docx, so its type is not known. "
            "Rename the file with its ending and add it again."
        )
    if ending not in FILE_TYPES:
        instead = INSTEAD.get(ending, "Save it as one of those and add it again.")
        return refuse(
            f"{quoted}: files that end in .{ending[:20]} are not accepted. Accepted are "
            f"{ACCEPTED_WORDS}. {instead}"
        )
    disguised = [inner for inner in inner_endings(name) if inner in RUNS]
    if disguised:
        return refuse(
            f"{quoted} has two endings, .{disguised[-1]} and .{ending}, and files of the first "
            "kind are not accepted. "
            f"If it is a {FILE_TYPES[ending].words}, take .{disguised[-1]} out of its name and "
            "add it again."
        )
    return ALLOWED


def _may_have_size(name: str, size: int) -> Verdict:
    if size:
        return ALLOWED
    return refuse(
        f"“{short_name(name)}” is empty: it has no bytes. Open it where you made it, check it, "
        "save it, and add it again."
    )


def _may_have_bytes(arrival: Arrival) -> Verdict:
    path = arrival.path
    if path is None or not arrival.verdict or not arrival.size:
        return arrival.verdict
    known = FILE_TYPES.get(ending_of(arrival.given_name))
    if known is None:
        return ALLOWED
    with path.open("rb") as file:
        head = file.read(8192)
    name = short_name(arrival.given_name)
    return _may_be_of_type(head, known, name) & LOOKS[known.look](path, known, name)


def _may_be_of_type(head: bytes, known: FileType, name: str) -> Verdict:
    """Refuse bytes that belong to another type than the name says, and say which."""
    found = filetype.guess(head)
    ours = "zip" if known.look in ("ooxml", "odf") else known.ending
    if found is None or ours == "zip" or _same(found.extension, ours):
        return ALLOWED
    real = FILE_TYPES.get(found.extension)
    words = f"a {real.words}" if real else f"a file of another kind (.{found.extension})"
    cure = (
        f"Rename it so that it ends in .{found.extension} and add it again."
        if real
        else f"Save it as {known.words} where you made it and add it again."
    )
    return refuse(f"“{name}” ends in .{known.ending}, but it is {words}. {cure}")


def _same(one: str, other: str) -> bool:
    return one.replace("jpeg", "jpg") == other.replace("jpeg", "jpg")
