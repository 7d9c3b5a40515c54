"""The sender's file name, made fit to be shown and offered at download. It is never used as a path."""

from __future__ import annotations

import re
import unicodedata

from core.words import UNSEEN

LONGEST = 150  # characters, ending included


def clean_name(given: str) -> str:
    """``given`` without folders, unseen characters and surplus blanks, at most 150 characters with
    its ending kept.

    A line's end within a name is a blank, also as browsers send it (%0A), and nothing within the ending.
    Marks that turn the direction of writing are taken out, so that an ending shows as what it is.
    Nothing left: "document".
    """
    text = unicodedata.normalize("NFC", given)
    text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%22", '"')
    text = re.sub(r"\.[\w\r\n]{1,12}$", lambda found: re.sub(r"[\r\n]", "", found[0]), text)
    text = "".join(" " if char in "\t\r\n" else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in UNSEEN)
    text = re.split(r"[\\/]", text)[-1]
    text = re.sub(r'[<>:"|?*]', "-", text)
    text = " ".join(text.split()).strip(". ") or "document"
    if len(text) > LONGEST:
        ending = ending_of(text)
        tail = f".{ending}" if ending and len(ending) <= 10 else ""
        text = text[: LONGEST - len(tail) - 1].rstrip(". ") + "…" + tail
    return text


def ending_of(name: str) -> str:
    """The last ending, small and without its dot; empty when there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot and stem else ""


def inner_endings(name: str) -> list[str]:
    """The endings before the last: ``["exe"]`` for ``invoice.exe.pdf``."""
    return [part.strip().lower() for part in name.split(".")[1:-1]]


def title_of(name: str) -> str:
    """The name without its ending, as the document's title."""
    ending = ending_of(name)
    return (name[: -len(ending) - 1] if ending else name).strip() or name


def short_name(name: str) -> str:
    """The name as it stands within a sentence, at most 60 characters."""
    return name if len(name) <= 60 else f"{name[:40]}…{name[-16:]}"
