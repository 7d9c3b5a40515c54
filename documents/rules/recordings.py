"""Whether pictures and recordings are what they say, and whole as far as their first and last bytes
tell.
"""

from __future__ import annotations

import struct
from pathlib import Path

import filetype

from core.verdicts import ALLOWED, Verdict, refuse
from documents.enums import FileType

TAIL = 256 * 1024  # bytes: some cameras write notes of their own after the picture
MOST_BOXES = 10_000


def look_at_picture(path: Path, known: FileType, name: str) -> Verdict:
    """A PNG or JPEG with its beginning and its end mark."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8192)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    found = filetype.guess(head)
    if found is None or found.mime != known.content_type:
        return _not_one(known, name)
    return ALLOWED if (b"IEND" if known.ending == "png" else b"\xff\xd9") in tail else _short(name)


def look_at_recording(path: Path, known: FileType, name: str) -> Verdict:
    """An MP4, MP3 or WAV that begins as one and, where it states its length, has it."""
    with path.open("rb") as file:
        head = file.read(8192)
    found = filetype.guess(head)
    if found is None or found.extension != known.ending:
        return _not_one(known, name)
    if known.ending == "wav":
        stated = struct.unpack_from("<I", head, 4)[0]
        return (
            ALLOWED
            if stated in (0, 0xFFFFFFFF) or stated + 8 <= path.stat().st_size + 1
            else _short(name)
        )
    if known.ending == "mp4":
        return _whole_boxes(path, name)
    return ALLOWED


def _whole_boxes(path: Path, name: str) -> Verdict:
    """Walk an MP4's outer boxes by their stated lengths: the last must end where the file does, and
    one lists the tracks.
    """
    size, at, kinds = path.stat().st_size, 0, set()
    with path.open("rb") as file:
        for _ in range(MOST_BOXES):
            if at + 8 > size:
                break
            file.seek(at)
            head = file.read(16)
            length = struct.unpack_from(">I", head)[0]
            kinds.add(head[4:8])
            if length == 1 and len(head) == 16:
                length = struct.unpack_from(">Q", head, 8)[0]
            elif length == 0:
                length = size - at
            if length < 8 or at + length > size:
                return _short(name)
            at += length
    return ALLOWED if b"moov" in kinds else _short(name)


def _not_one(known: FileType, name: str) -> Verdict:
    return refuse(
        f"“{name}” ends in .{known.ending} but is not a {known.words}. "
        f"Open it in the program that made it, save it as .{known.ending}, and add that."
    )


def _short(name: str) -> Verdict:
    return refuse(
        f"“{name}” is not complete: its end is missing. Copy or download it again, check that it "
        "opens, and add it again."
    )
