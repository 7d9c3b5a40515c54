"""Files for the tests, good and hostile, each made in memory when it is asked for."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
import zlib

import openpyxl
import pikepdf
from docx import Document as Word

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + b"\0" * 64 + b"\xff\xd9"
TEXT = "Improving access to advocacy: £4,000 a year, Dùn Èideann.\n".encode()


def pdf(pages: int = 1, *, words: str = "", password: str = "", owner_only: bool = False) -> bytes:
    """A real PDF; with `words` as its title, so that two are not the same."""
    out, made = io.BytesIO(), pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    made.docinfo["/Title"] = words or "Plan"
    lock = pikepdf.Encryption(owner="o" + password, user="" if owner_only else password)
    made.save(out, encryption=lock if password else False, static_id=not password)
    return out.getvalue()


def docx(words: str = "Our plan") -> bytes:
    out, made = io.BytesIO(), Word()
    made.add_paragraph(words)
    made.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out, made = io.BytesIO(), openpyxl.Workbook()
    made.active["A1"] = "Children heard"
    made.save(out)
    return out.getvalue()


def parts(**contents: bytes | str) -> bytes:
    """A zip of the parts given, with `__` for a slash and `_dot_` for a dot in their names."""
    return zipped(
        {name.replace("__", "/").replace("_dot_", "."): what for name, what in contents.items()}
    )


def zipped(contents: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, what in contents.items():
            made.writestr(name, what)
    return out.getvalue()


def with_part(whole: bytes, name: str, what: bytes) -> bytes:
    """That zip with one more part in it."""
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, what)
    return out.getvalue()


def pptx() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"})


def odt(kind: str = "text", manifest: str = "<manifest/>", **more: bytes) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    inside = {"mimetype": mimetype, "content.xml": "<x/>", "META-INF/manifest.xml": manifest}
    return zipped({**inside, **{name.replace("__", "/"): what for name, what in more.items()}})


def old_container(*streams: str, before: bytes = b"") -> bytes:
    """The container of old Office files: header, ``before``, then the directory of its streams."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    before += b"\0" * (-len(before) % 512)
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, len(before) // 512)
    directory = b""
    for name, kind in (("Root Entry", 5), *((stream, 2) for stream in streams)):
        word = f"{name}\0".encode("utf-16-le")
        directory += word.ljust(64, b"\0") + struct.pack("<HB", len(word), kind).ljust(64, b"\0")
    return bytes(head) + before + directory.ljust(4096, b"\0")


def locked_office(before: bytes = b"") -> bytes:
    """What Office puts around a document with a password: with ``before``, its directory comes late."""
    return old_container("EncryptionInfo", "EncryptedPackage", before=before)


def old_office() -> bytes:
    """A file of the old kind, whose text happens to name the stream of the others."""
    return old_container("WordDocument", before="\0 EncryptedPackage\0".encode("utf-16-le"))


def bomb(megabytes: int = 80) -> bytes:
    """A Word document with one part that unpacks to that many megabytes of nothing."""
    return with_part(docx(), "word/media/image1.bin", b"\0" * (megabytes * 1024 * 1024))


def liar(stated: int = 5 * 1024**3) -> bytes:
    """A bomb's table of contents without the bomb: it states 4 GiB and holds a few bytes."""
    whole = bytearray(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}))
    at = whole.rfind(b"PK\x01\x02")
    struct.pack_into("<I", whole, at + 24, min(stated, 0xFFFFFFFE))
    return bytes(whole)


def overlapping() -> bytes:
    """Two parts of a zip that share the same bytes, as the densest bombs do."""
    whole = bytearray(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>" * 99}))
    second = whole.rfind(b"PK\x01\x02")
    struct.pack_into("<I", whole, second + 42, 0)
    return bytes(whole)


def crowded(parts: int = 20_001) -> bytes:
    """A Word document of more parts than any has."""
    whole = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
    return zipped({**whole, **{f"word/{number}": b"" for number in range(parts)}})


def endless_contents(stated: int = 0x7FFFFFFF) -> bytes:
    """A zip whose end says that its table of contents has two gigabytes."""
    whole = bytearray(docx())
    struct.pack_into("<I", whole, whole.rfind(b"PK\x05\x06") + 12, stated)
    return bytes(whole)


def locked_part() -> bytes:
    """A Word document with one part that says it is encrypted."""
    whole = bytearray(docx())
    at = whole.find(b"PK\x01\x02")
    struct.pack_into("<H", whole, at + 8, 0x1)
    return bytes(whole)


def wav(seconds: float = 0.1) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(b"\0\0" * int(8000 * seconds))
    return out.getvalue()


def mp4() -> bytes:
    def box(kind: bytes, what: bytes) -> bytes:
        return struct.pack(">I", 8 + len(what)) + kind + what

    return (
        box(b"ftyp", b"isom\0\0\x02\0isommp41")
        + box(b"moov", b"\0" * 40)
        + box(b"mdat", b"\0" * 400)
    )


def mp3() -> bytes:
    return b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\0" + b"\0" * 413


def pdf_bomb(megabytes: int = 1500) -> bytes:
    """A small PDF whose table of objects unpacks to more than the memory that the look at it has."""
    packer = zlib.compressobj(9)
    first = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * (megabytes - 1)
    body = b"%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 2 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length "
    body += str(len(packed)).encode() + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    return body + b"startxref\n9\n%%EOF\n"
