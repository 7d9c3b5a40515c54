"""Files on their way in: written to disk as they come, hashed and counted, never held in memory.

The handler is set by the one page that takes documents. What it hands on is an ``Arrival``: a file
on the disk of the storage, which disappears with its request unless it is kept. A file that is too
large, or for which there is no room, is dropped as it comes, with its sentence, and the others of
the same request go on.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from core.verdicts import ALLOWED, Verdict, refuse
from documents.names import clean_name, short_name

CHUNK = 256 * 1024  # bytes read at once
AHEAD = 16 * 1024 * 1024  # bytes after which the disk is asked to begin, not to wait for the end
REQUEST_HOLDS = 4  # times the limit of one file: the most that one request may carry
BESIDE_THE_FILE = 1024 * 1024  # bytes of a request that are not the file


class UploadBroke(OSError):
    """The connection ended before the request did. Nothing of it is kept; the sender tries again."""


def limit() -> int:
    """The largest file that is taken, in bytes (settings.UPLOAD_LIMIT_MIB, 500 when unset)."""
    return int(getattr(settings, "UPLOAD_LIMIT_MIB", 500)) * 1024 * 1024


def too_large(name: str) -> Verdict:
    """The sentence for a file above the limit."""
    return refuse(
        f"“{short_name(name)}” is larger than {limit() // 1024 // 1024} MB, the most that one "
        "file may be. "
        "Save it with smaller pictures, or split it, and add the parts."
    )


def no_room(name: str) -> Verdict:
    """The sentence for a disk that is full. It is not the sender's fault, and says so."""
    return refuse(
        f"“{short_name(name)}” could not be stored: the system's disk is full. "
        "Nothing is wrong with your file. Tell the support officer, and add it again later."
    )


def broken() -> Verdict:
    """The sentence for a request that ended in the middle."""
    return refuse(
        "The connection broke before all files had arrived, and nothing was kept. Choose the "
        "files and send them again."
    )


def may_send(length: int, *, one_file: bool) -> Verdict:
    """Refuse a request by the length it states, before a byte of it is read. ``length`` in bytes."""
    most = limit() * (1 if one_file else REQUEST_HOLDS)
    if length <= most + BESIDE_THE_FILE:
        return ALLOWED
    if one_file:
        return refuse(
            f"The file is larger than {limit() // 1024 // 1024} MB, the most that one file may be. "
            "Save it with smaller pictures, or split it, and add the parts."
        )
    return refuse(
        f"The files are {length // 1024 // 1024:,} MB together; at most {most // 1024 // 1024:,} "
        "MB can be sent at once. "
        "Send them in smaller groups."
    )


def folder() -> Path:
    """Where arriving files are written: on the storage's own disk when it has one, so that keeping
    one is a rename.
    """
    try:
        place = Path(default_storage.path("arriving"))
    except NotImplementedError:
        place = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir()) / "arriving"
    place.mkdir(parents=True, exist_ok=True)
    return place


class Arrival(UploadedFile):
    """One file that came whole to disk, or was refused on its way. Closing it removes it, unless it
    was moved away.
    """

    def __init__(self, given_name: str) -> None:
        self.size: int
        self.verdict: Verdict = ALLOWED
        self.given_name = clean_name(given_name)
        self.path: Path | None = None
        super().__init__(None, self.given_name, size=0)
        self._hash = hashlib.sha256()
        self._begun = 0  # bytes that the disk was asked to begin with
        self._open_new()

    def _open_new(self) -> None:
        try:
            handle, path = tempfile.mkstemp(suffix=".part", dir=folder())
            self.path = Path(path)
            self.file = os.fdopen(handle, "w+b", buffering=0)
        except OSError:
            self.drop(no_room(self.given_name))

    @property
    def sha256(self) -> str:
        """The hash of the bytes so far, as 64 hexadecimal digits."""
        return self._hash.hexdigest()

    def temporary_file_path(self) -> str:
        """Lets a storage on the same disk rename the file instead of copying it."""
        return str(self.path)

    def add(self, chunk: bytes) -> None:
        """Add bytes; past the limit, or without room, drop the file and say why."""
        if not self.verdict or self.file is None:
            return
        self.size += len(chunk)
        if self.size > limit():
            self.drop(too_large(self.given_name))
            return
        self._hash.update(chunk)
        try:
            view = memoryview(chunk)
            while view:
                view = view[self.file.write(view) :]
            if self.size - self._begun >= AHEAD:
                self._begin_writing_out(self.file.fileno())
        except OSError:
            self.drop(no_room(self.given_name))

    def _begin_writing_out(self, handle: int) -> None:
        """Let the disk begin while more bytes come, so that `finish` waits for the last of them only.

        Linux starts to write out what it is told will not be needed. Where that cannot be said, all of
        it is written out at the end.
        """
        if hasattr(os, "posix_fadvise"):
            length = self.size - self._begun
            os.posix_fadvise(handle, self._begun, length, os.POSIX_FADV_DONTNEED)
        self._begun = self.size

    def finish(self) -> None:
        """Make sure that the bytes are on the disk, and go back to the beginning."""
        if not self.verdict or self.file is None:
            return
        try:
            os.fsync(self.file.fileno())
            self.file.seek(0)
        except OSError:
            self.drop(no_room(self.given_name))

    def drop(self, why: Verdict) -> None:
        """Refuse the file and free its room at once."""
        self.verdict = why
        self.close()

    def close(self) -> None:
        """Close the file and remove it, unless a storage has moved it away."""
        if self.file is not None:
            self.file.close()
            self.file = None
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    @classmethod
    def from_bytes(cls, content: bytes, *, name: str) -> Arrival:
        """A file that this system made, in the same shape as one that came from outside."""
        arrival = cls(name)
        arrival.add(content)
        arrival.finish()
        return arrival


class ArrivalHandler(FileUploadHandler):
    """Django's upload handler of the page that takes documents."""

    chunk_size = CHUNK

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.arrival: Arrival | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.arrival = Arrival(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self.arrival is not None
        self.arrival.add(raw_data)

    def file_complete(self, file_size: int) -> Arrival | None:
        arrival, self.arrival = self.arrival, None
        if arrival is not None:
            arrival.finish()
        return arrival

    def upload_interrupted(self) -> None:
        """The body ended in the middle of a file: half a file is nothing."""
        self.abandon()
        raise UploadBroke("The connection ended in the middle of a file.")

    def abandon(self) -> None:
        """Remove the file that was on its way when the request broke."""
        if self.arrival is not None:
            self.arrival.close()
            self.arrival = None


def clear_abandoned(*, before: datetime) -> int:
    """Remove what a killed process left in the folder, untouched since ``before``; the number
    removed.
    """
    removed = 0
    for left in folder().glob("*.part"):
        try:
            if left.stat().st_mtime < before.timestamp():
                left.unlink()
                removed += 1
        except FileNotFoundError:
            continue
    return removed
