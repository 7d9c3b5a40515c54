"""Whether a PDF opens: without a password, to its end, with at least one page.

The look is taken by another process with little memory and little time, so that a hostile file ends
that process and not the page.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from core.verdicts import ALLOWED, Verdict, refuse
from documents.enums import FileType

SCRIPT = Path(__file__).with_name("pdf_apart.py")
PATIENCE = 20  # seconds


def look_at_pdf(path: Path, known: FileType, name: str) -> Verdict:
    """A PDF begins as one, opens without a password, is whole, and has a page."""
    with path.open("rb") as file:
        head = file.read(1024)
    if not head.lstrip(b"\xef\xbb\xbf\r\n\t \0").startswith(b"%PDF-"):
        return refuse(
            f"“{name}” ends in .pdf but is not a PDF. Open it in the program that made it, choose "
            "“Save as PDF”, and add that."
        )
    return _SENTENCES[_answer(path)](name)


def _answer(path: Path) -> str:
    """One of the words of ``_SENTENCES``."""
    command = [sys.executable, "-I", str(SCRIPT), str(path)]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=PATIENCE, check=False
        )  # our own script
    except subprocess.TimeoutExpired:
        return "heavy"
    word = done.stdout.decode("ascii", "replace").strip()
    return word if word in _SENTENCES else "heavy"


_SENTENCES = {
    "good": lambda name: ALLOWED,
    "locked": lambda name: refuse(
        f"“{name}” is protected by a password. Open it, print it to a new PDF or take the "
        "password off, and add that."
    ),
    "short": lambda name: refuse(
        f"“{name}” is not complete: its end is missing. Copy or download it again, check that it "
        "opens, and add it again."
    ),
    "broken": lambda name: refuse(
        f"“{name}” is damaged and does not open. Make the PDF again from the original, check that "
        "it opens, and add it."
    ),
    "empty": lambda name: refuse(
        f"“{name}” is a PDF without a page. Make it again from the original and add it."
    ),
    "heavy": lambda name: refuse(
        f"“{name}” could not be checked: it takes too much time or memory to open. Print it to a "
        "new PDF and add that."
    ),
}
