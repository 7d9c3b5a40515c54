"""Whether an Office or OpenDocument file is what it says, whole and harmless. Only its table of
contents is read.

Nothing is unpacked, but for two small lists inside it, of which at most a megabyte is read.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

from core.verdicts import ALLOWED, Verdict, refuse, require
from documents.enums import FileType

END = b"PK\x05\x06"
END_64 = b"PK\x06\x06"
LOCATOR_64 = b"PK\x06\x07"
CHUNK = 1 << 20  # bytes; a multiple of every sector's size
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_CONTENTS = 8 * 1024 * 1024  # bytes of the table of contents
MOST_PARTS = 20_000
MOST_UNPACKED = 4 * 1024**3  # bytes, all parts together
MOST_RATIO = 150  # unpacked to packed, for anything that would unpack to more than
FREE_UNPACKED = 64 * 1024**2  # bytes
LISTS = 1024 * 1024  # bytes read of a small list inside

MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
FOLDER_OF = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}


def look_at_ooxml(path: Path, known: FileType, name: str) -> Verdict:
    """A Word, Excel or PowerPoint file: whole, not locked, of its own kind, without macros, no
    bomb.
    """
    contents = _contents(path, known, name)
    if isinstance(contents, Verdict):
        return contents
    names = {part.filename for part in contents.infolist()}
    return (
        _may_be_harmless(contents, path, name)
        & _may_be_without_macros(contents, names, known, name)
        & _may_be_its_kind(names, known, name)
    )


def look_at_odf(path: Path, known: FileType, name: str) -> Verdict:
    """An OpenDocument file: whole, not locked, of its own kind, without macros, no bomb."""
    contents = _contents(path, known, name)
    if isinstance(contents, Verdict):
        return contents
    harmless = _may_be_harmless(contents, path, name)
    if not harmless:
        return harmless
    if b"encryption-data" in _small_list(contents, "META-INF/manifest.xml"):
        return locked(name)
    names = {part.filename for part in contents.infolist()}
    kind = _small_list(contents, "mimetype").decode("ascii", "replace").strip()
    return _may_be_without_macros(contents, names, known, name) & require(
        kind == known.content_type and "content.xml" in names, _other_kind(known, name)
    )


def locked(name: str) -> Verdict:
    """The sentence for a file that needs a password."""
    return refuse(
        f"“{name}” is protected by a password. Open it, take the password off, save it, and add "
        "it again."
    )


def _contents(path: Path, known: FileType, name: str) -> zipfile.ZipFile | Verdict:
    """The table of contents; or why there is none."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
        if head == OLE:
            return _about_ole(path, known, name)
        if not head.startswith(b"PK\x03\x04"):
            return refuse(_other_kind(known, name))
        file.seek(max(0, size - 66_000))
        tail = file.read()
        length = _length_of_contents(file, tail)
    if length is None:
        return refuse(
            f"“{name}” is not complete: its end is missing. Copy or download it again, check that "
            "it opens, and add it again."
        )
    if length > MOST_CONTENTS:
        return _bomb(name)
    try:
        contents = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError, struct.error):
        return _damaged(name)
    contents.close()  # the table of contents stays readable; `_small_list` opens the file again
    return contents


def _length_of_contents(file: object, tail: bytes) -> int | None:
    """Bytes of the table of contents, as the end of the file states it; None when there is no end."""
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        return None
    length = int(struct.unpack_from("<I", tail, at + 12)[0])
    if at >= 20 and tail[at - 20 : at - 16] == LOCATOR_64:
        big = tail.rfind(END_64, 0, at)
        if big < 0 or len(tail) < big + 56:
            return MOST_CONTENTS + 1
        length = int(struct.unpack_from("<Q", tail, big + 40)[0])
    return length


def _about_ole(path: Path, known: FileType, name: str) -> Verdict:
    """An old container in place of a zip: a locked file of the new kind, or a file of the old kind
    under a new name.
    """
    if _has_entry(path, "EncryptedPackage"):
        return locked(name)
    return refuse(
        f"“{name}” ends in .{known.ending}, but it is an Office file of the old kind. "
        f"Open it, choose “Save as”, the kind {known.words} (.{known.ending}), and add that."
    )


def _has_entry(path: Path, entry: str) -> bool:
    """Whether an old container has an entry of that name in its directory, wherever in the file that lies.

    An entry takes 128 bytes from a multiple of 128: its name, the length of the name and, for a stream, a 2.
    """
    word = f"{entry}\0".encode("utf-16-le")
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            at = part.find(word)
            while at >= 0:
                if at % 128 == 0 and part[at + 64 : at + 67] == struct.pack("<HB", len(word), 2):
                    return True
                at = part.find(word, at + 1)
    return False


def _may_be_harmless(contents: zipfile.ZipFile, path: Path, name: str) -> Verdict:
    """Refuse what would unpack to far more than it is, parts that lie over each other or outside,
    and locked parts.
    """
    parts, size = contents.infolist(), path.stat().st_size
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        return _bomb(name)
    if unpacked > FREE_UNPACKED and unpacked > MOST_RATIO * max(packed, 1):
        return _bomb(name)
    if any(part.flag_bits & 0x1 for part in parts):
        return locked(name)
    starts = sorted((part.header_offset, part.compress_size) for part in parts)
    ends = [start + 30 + length for start, length in starts]
    overlap = any(end > following for end, (following, _) in zip(ends, starts[1:], strict=False))
    if overlap or packed > size or (ends and ends[-1] > size):
        return _damaged(name)
    return ALLOWED


def _may_be_without_macros(
    contents: zipfile.ZipFile, names: set[str], known: FileType, name: str
) -> Verdict:
    small = {part.lower() for part in names}
    found = any(part.endswith("vbaproject.bin") or "/macrosheets/" in part for part in small)
    found = found or any(part.startswith(("basic/", "scripts/")) for part in small)
    found = found or b"macroenabled" in _small_list(contents, "[Content_Types].xml").lower()
    return require(
        not found,
        f"“{name}” holds macros, small programs, and is not accepted. "
        f"Save a copy without macros as {known.words} (.{known.ending}) and add that.",
    )


def _may_be_its_kind(names: set[str], known: FileType, name: str) -> Verdict:
    if MAIN_PART[known.ending] in names and "[Content_Types].xml" in names:
        return ALLOWED
    real = next(
        (kind for start, kind in FOLDER_OF.items() if any(n.startswith(start) for n in names)), None
    )
    if real and real != known.ending:
        return refuse(
            f"“{name}” ends in .{known.ending}, but it is a file of the kind .{real}. "
            f"Rename it so that it ends in .{real} and add it again."
        )
    return refuse(_other_kind(known, name))


def _small_list(contents: zipfile.ZipFile, part: str) -> bytes:
    """At most a megabyte of a list inside; empty when it is not there or not readable."""
    try:
        with zipfile.ZipFile(str(contents.filename)) as again, again.open(part) as file:
            return file.read(LISTS)
    except (
        KeyError,
        OSError,
        RuntimeError,
        ValueError,
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        return b""


def _other_kind(known: FileType, name: str) -> str:
    return (
        f"“{name}” ends in .{known.ending} but is not a file of the kind {known.words}. "
        f"Open it in the program that made it, save it as .{known.ending}, and add that."
    )


def _damaged(name: str) -> Verdict:
    return refuse(
        f"“{name}” is damaged and does not open. Save it again from the original and add that."
    )


def _bomb(name: str) -> Verdict:
    return refuse(
        f"“{name}” would become far larger when it is opened than it is, as harmful files do, and "
        "is not accepted. "
        "Save it again from the original, with smaller pictures, and add that."
    )
