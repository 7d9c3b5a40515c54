"""What ties a person or an agency to the apps above. This app owns the questions; an app that knows an answer brings it.

In its ``ready()`` an upper app says ``register(Ties(...))``. Verdicts of several join, and the first refusal wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from core.verdicts import ALLOWED, Verdict

if TYPE_CHECKING:
    from accounts.models import Agency, User


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a person in something: its reference, where that is, as what, and where it is ended. No evidence."""

    reference: str
    where: str
    role: str
    until: date | None
    url: str


@dataclass(frozen=True, slots=True)
class Ties:
    """One app's answers. ``end_parts`` ends whatever ``parts_of`` lists, in the caller's transaction."""

    parts_of: Callable[[User], Iterable[Part]]
    may_hold_office: Callable[[User], Verdict]
    may_move: Callable[[User], Verdict]
    may_close: Callable[[User], Verdict]
    end_parts: Callable[[User, User, datetime], None]
    areas_of: Callable[[Agency], list[str]]
    areas_url: Callable[[Agency], str]


@dataclass(frozen=True, slots=True)
class Gap:
    """What one app says of work that is left without anybody: ``gaps_of`` beforehand, in sentences, of one inspection or of all;
    ``tell`` those who fill it, once a part has ended, in the caller's transaction."""

    gaps_of: Callable[[User, str], Iterable[str]]
    tell: Callable[[User, datetime], None]


_TIES: list[Ties] = []
_GAPS: list[Gap] = []


def register(ties: Ties) -> None:
    """Answer for what this app knows of people and agencies."""
    _TIES.append(ties)


def register_gap(gap: Gap) -> None:
    """Answer for what this app knows of work that nobody would be left to do."""
    _GAPS.append(gap)


def gaps_of(person: User, *, reference: str = "") -> list[str]:
    """What nobody would be left to do if this person's parts ended, a sentence each: on the inspection of that reference, else on
    all."""
    return [sentence for gap in _GAPS for sentence in gap.gaps_of(person, reference)]


def tell_of_gaps(person: User, *, at: datetime) -> None:
    """A part of this person has ended at that moment: those who have to fill what is left are told after commit, once a moment."""
    for gap in _GAPS:
        gap.tell(person, at)


def parts_of(person: User) -> list[Part]:
    """Every part the person has today, in every app."""
    return [part for ties in _TIES for part in ties.parts_of(person)]


def may_hold_office(person: User) -> Verdict:
    """Whether what the person does elsewhere leaves them free for an office of the programme."""
    return _first_no(ties.may_hold_office(person) for ties in _TIES)


def may_move(person: User) -> Verdict:
    """Whether nothing that the person does depends on their agency."""
    return _first_no(ties.may_move(person) for ties in _TIES)


def may_close(person: User) -> Verdict:
    """Whether nothing would be left without the one who leads it."""
    return _first_no(ties.may_close(person) for ties in _TIES)


def end_parts(person: User, *, by: User, at: datetime) -> None:
    """Every part of the person ends, each with an event of its own."""
    for ties in _TIES:
        ties.end_parts(person, by, at)


def areas_of(agency: Agency) -> list[str]:
    """The names of the areas to whose partnerships the agency belongs."""
    return [name for ties in _TIES for name in ties.areas_of(agency)]


def areas_url(agency: Agency) -> str:
    """Where those areas are changed; empty where no app knows of areas."""
    return next((ties.areas_url(agency) for ties in _TIES), "")


def _first_no(verdicts: Iterable[Verdict]) -> Verdict:
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)
