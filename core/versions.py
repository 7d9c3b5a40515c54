"""Two people at one text: a save says on which version it was based, and nothing is overwritten unseen.

A text of that kind is ``Kept``. An action asks ``enforce_newest`` before it writes. A page catches ``SavedMeanwhile`` and
lets its form ``meet`` it (``core.version_forms``): what is saved then stands above what was typed, and the next save
is a decision. The autosave is told by ``core.web.answer_to_autosave``. The sentence is the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.templatetags.desk import clock, day
from core.verdicts import Refused, refuse


class Kept(Protocol):
    """A text as it stands on the server. ``saved_what`` is its name within a sentence: “the narrative of question 2”."""

    @property
    def version(self) -> int: ...  # 0: nothing has been saved yet

    @property
    def saved_at(self) -> datetime | None: ...

    @property
    def saved_by(self) -> object: ...

    @property
    def saved_what(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Newer:
    """What was saved after somebody opened their page, as it is told ``to`` them."""

    kept: Kept
    to: object

    @property
    def who(self) -> str:
        """Who saved it: a name, or ``you`` where it was oneself, in another window."""
        return "you" if self.kept.saved_by == self.to else str(self.kept.saved_by)

    @property
    def sentence(self) -> str:
        """``Isla Dunmore saved version 2 of E-001 on Monday 8 December 2025 at 14:03, after you opened this page. …``"""
        kept, who = self.kept, self.who
        return (
            f"{'You' if who == 'you' else who} saved version {kept.version} of {kept.saved_what} "
            f"on {day(kept.saved_at)} at {clock(kept.saved_at)}, after you opened this page. Nothing was overwritten."
        )


class SavedMeanwhile(Refused):
    """A save was based on a version that is no longer the newest. Nothing was changed; ``newer`` says what stands."""

    def __init__(self, newer: Newer) -> None:
        super().__init__(refuse(newer.sentence))
        self.newer = newer


def is_newest(kept: Kept, *, based_on: int) -> bool:
    """Whether a save on this version overwrites nothing: it is the newest, or nothing has been saved yet."""
    return kept.version in (0, based_on)


def enforce_newest(kept: Kept, *, based_on: int, by: object) -> None:
    """Raise ``SavedMeanwhile`` when somebody has saved since ``by`` had version ``based_on`` before them."""
    if not is_newest(kept, based_on=based_on):
        raise SavedMeanwhile(Newer(kept, by))
