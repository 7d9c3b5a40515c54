"""Yes, or no with a reason and its source.

Rules and permissions answer with a ``Verdict``. A page shows the sentence beside the disabled button; an action
enforces it. Verdicts join with ``&``: the first refusal wins, and what stands to its right is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """A verdict was enforced and it was a no. The page for it shows the sentence (status 403)."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.sentence)
        self.verdict = verdict


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed; otherwise a sentence that says what is missing, and the rule it comes from.

    ``about`` is the name of what was asked for, where the refusal is about one thing of several ("planned_for"): a page shows
    the sentence at its box.
    """

    allowed: bool
    sentence: str = ""
    source: str = ""
    about: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: Verdict) -> Verdict:
        return other if self.allowed else self

    def __str__(self) -> str:
        return self.sentence or "Allowed."

    def enforce(self) -> None:
        """Raise ``Refused`` when this is a no."""
        if not self.allowed:
            raise Refused(self)


@dataclass(frozen=True, slots=True)
class Way:
    """A link out of a refusal: its address, and its words."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Why somebody does not find what concerns them, and the way on from there, where there is one."""

    sentence: str
    way: Way | None = None


ALLOWED = Verdict(True)


def refuse(sentence: str, *, source: str = "", about: str = "") -> Verdict:
    """A no. ``sentence`` is what the user reads: what is missing and how to put it right. ``source`` is R1 to R54."""
    if not sentence.endswith((".", "?")):
        raise ValueError(f"A refusal is a whole sentence: {sentence!r}")
    return Verdict(False, sentence, source, about)


def require(condition: object, sentence: str, *, source: str = "", about: str = "") -> Verdict:
    """``ALLOWED`` when the condition holds, else ``refuse(sentence)``."""
    return ALLOWED if condition else refuse(sentence, source=source, about=about)
