"""Asking ClamAV's daemon about one file, over its INSTREAM command."""

from __future__ import annotations

import socket
import struct
from typing import Protocol

from django.conf import settings

BLOCK = 256 * 1024  # bytes sent at once
PATIENCE = 60.0  # seconds for one answer of the socket


class Readable(Protocol):
    """Anything that gives its bytes in blocks."""

    def read(self, size: int, /) -> bytes: ...


class ScannerSilent(Exception):
    """The scanner gave no usable answer: not there, or the file is above its limits. Ask again
    later.
    """


def address() -> str:
    """``host:port`` of the daemon; empty where none is configured."""
    return str(getattr(settings, "CLAMAV_ADDRESS", "") or "")


def scan(stream: Readable) -> str:
    """The name of the virus that was found, or an empty string. Raises ScannerSilent, with what to
    change where it is known.
    """
    host, _, port = address().rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE) as line:
            answer = _ask(line, stream)
    except (OSError, ValueError) as error:
        raise ScannerSilent(f"The virus scanner at {address()} did not answer.") from error
    return _understand(answer)


def _ask(line: socket.socket, stream: Readable) -> str:
    line.sendall(b"zINSTREAM\0")
    try:
        while block := stream.read(BLOCK):
            line.sendall(struct.pack("!I", len(block)) + block)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has stopped listening and says why
    answer = b""
    while not answer.endswith(b"\0") and (more := line.recv(4096)):
        answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _understand(answer: str) -> str:
    if answer.endswith(" FOUND"):
        name = answer.removeprefix("stream: ").removesuffix(" FOUND")
        if name.startswith("Heuristics.Limits.Exceeded"):
            raise ScannerSilent(
                "The file is above the scanner's limits: raise MaxFileSize and MaxScanSize."
            )
        return name
    if answer == "stream: OK":
        return ""
    if "size limit exceeded" in answer:
        raise ScannerSilent(
            "The file is above the scanner's limits: raise StreamMaxLength in clamd.conf."
        )
    raise ScannerSilent("The virus scanner's answer was not understood.")
