"""Proving the record: every event follows from the one before it, and the last one is where the chain says it ends.

Events are read in batches by their number, so that memory does not grow with the record and no database needs to hold a
cursor open. People may add events meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import models

from audit.guard import missing_triggers
from audit.models import GENESIS, ChainHead, Event, fingerprint, is_as_written
from core.words import listed

BATCH = 2_000  # events in memory at once
SHOWN = 20  # faults kept to be named; the rest are counted


class Kind(StrEnum):
    """What is wrong at one place."""

    CHANGED = "changed"
    MISSING = "missing"
    DOES_NOT_FOLLOW = "does not follow"
    CUT = "cut at the end"
    END_DIFFERS = "end differs"
    BEYOND_END = "beyond the end"
    NO_END = "no end on record"
    ANCHOR_MISSED = "anchor missed"
    DEED_MISSED = "deed missed"
    EMPTY = "empty"
    UNGUARDED = "unguarded"


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the chain does not hold: the number of the event, and a sentence."""

    number: int
    kind: Kind
    sentence: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a walk found: how many events, the anchor of the last, the first faults and how many there are."""

    events: int
    anchor: str
    faults: tuple[Fault, ...]
    count: int


class End(NamedTuple):
    """A number and a hash: where a walk is, or where the chain says it ends."""

    number: int
    hash: str


class Held(NamedTuple):
    """An event that something kept elsewhere names: what names it, the event's number and its hash, or how the hash begins."""

    by: str
    number: int
    hash: str


_HELD: list[Callable[[], Iterable[Held]]] = []


def bring_held(source: Callable[[], Iterable[Held]]) -> None:
    """Say which events an app's own rows name: a record that was cut short, with its end moved back, is found out by them."""
    _HELD.append(source)


class Deed(NamedTuple):
    """Something that is kept and that no event can be lacking of: what it is, the event's name, and its subject."""

    what: str
    event: str
    subject_type: str
    subject_id: str


_DEEDS: list[Callable[[], Iterable[Deed]]] = []


def bring_deeds(source: Callable[[], Iterable[Deed]]) -> None:
    """Say which rows of an app are there because of a deed that is on record: a cut record no longer has their events."""
    _DEEDS.append(source)


_USED: list[Callable[[], str]] = []


def bring_use(source: Callable[[], str]) -> None:
    """Say what shows that the product is in use (``12 accounts``), or nothing: its record cannot be empty then."""
    _USED.append(source)


def prove() -> Proof:
    """Walk the whole chain once."""
    walk = Walk()
    first: list[Fault] = []
    count = 0
    for fault in walk.faults():
        count += 1
        if len(first) < SHOWN:
            first.append(fault)
    anchor = anchor_of(*walk.at) if walk.events else ""
    return Proof(walk.events, anchor, tuple(first), count)


class Walk:
    """One walk along the chain; ``at`` is the last event passed, ``events`` how many there were."""

    def __init__(self) -> None:
        self.at, self.events = End(0, GENESIS), 0

    def faults(self) -> Iterator[Fault]:
        """Every place where the chain does not hold, in the order of the events."""
        promised = _end()  # before the walk: what is added meanwhile stands after it
        hash_there = GENESIS if promised and promised.number == 0 else ""
        for row in _events():
            yield from self._step(row)
            if promised and row["number"] == promised.number:
                hash_there = row["hash"]
        yield from self._at_the_end(promised, hash_there)
        if not self.events and (promised is None or promised.number == 0):
            yield from _empty()
        yield from _missed()
        yield from _without_event()
        yield from _unguarded()

    def _step(self, row: Mapping[str, Any]) -> Iterator[Fault]:
        number, last = row["number"], self.at.number
        if number == last + 2:
            yield Fault(
                last + 1,
                Kind.MISSING,
                f"Event {last + 1} is missing: the next one found is {number}.",
            )
        elif number > last + 2:
            yield Fault(
                last + 1,
                Kind.MISSING,
                f"Events {last + 1} to {number - 1} are missing: the next one found is {number}.",
            )
        if row["previous_hash"] != self.at.hash:
            yield Fault(
                number,
                Kind.DOES_NOT_FOLLOW,
                f"Event {number} does not follow from the one before it.",
            )
        if row["hash"] != fingerprint(row) or not is_as_written(row):
            yield Fault(number, Kind.CHANGED, f"Event {number} was changed after it was recorded.")
        self.at, self.events = End(number, row["hash"]), self.events + 1

    def _at_the_end(self, promised: End | None, hash_there: str) -> Iterator[Fault]:
        last = self.at.number
        if promised is None:
            if self.events:
                yield Fault(last, Kind.NO_END, "The row that says where the chain ends is missing.")
            return
        if last < promised.number:
            yield Fault(
                last + 1,
                Kind.CUT,
                f"The chain should end at event {promised.number}, but ends at {last}.",
            )
        elif hash_there != promised.hash:
            yield Fault(
                promised.number,
                Kind.END_DIFFERS,
                f"Event {promised.number} is not the one with which the chain ends.",
            )
        now = _end()
        if now and last > now.number:
            yield Fault(
                now.number + 1,
                Kind.BEYOND_END,
                f"Event {now.number + 1} stands after the end of the chain: it was not recorded by the product.",
            )


def _missed() -> Iterator[Fault]:
    """What the apps hold beside the chain and is not in it. One query for each app and one for all events."""
    held = [one for source in _HELD for one in source()]
    numbers = [one.number for one in held]
    there = dict(Event.objects.filter(number__in=numbers).values_list("number", "hash"))
    for one in held:
        if one.number not in there:
            yield Fault(
                one.number,
                Kind.ANCHOR_MISSED,
                f"{one.by} names event {one.number}, which is not in the record.",
            )
        elif not there[one.number].startswith(one.hash):
            yield Fault(
                one.number,
                Kind.ANCHOR_MISSED,
                f"{one.by} names event {one.number}, which is not as it was then.",
            )


def _empty() -> Iterator[Fault]:
    """A record without one event in a product that is in use."""
    used = [words for source in _USED if (words := source())]
    if used:
        yield Fault(
            1,
            Kind.EMPTY,
            f"The record holds no event, but the database holds {listed(used)}. "
            "Each is on record when it begins, so the record was emptied or never came with the restored copy.",
        )


def _without_event() -> Iterator[Fault]:
    """What is kept because of a deed and has no event. One query for each app and one for all events."""
    deeds = [one for source in _DEEDS for one in source()]
    if not deeds:
        return
    names = {one.event for one in deeds}
    there = set(
        Event.objects.filter(name__in=names).values_list("name", "subject_type", "subject_id")
    )
    for one in deeds:
        if (one.event, one.subject_type, one.subject_id) not in there:
            yield Fault(
                0,
                Kind.DEED_MISSED,
                f"{one.what} is kept, but the event that put it on record ({one.event}) is not in the record.",
            )


def _unguarded() -> Iterator[Fault]:
    """What the database no longer refuses: the record may be whole now, and could be changed at any moment."""
    for name in missing_triggers():
        yield Fault(
            0,
            Kind.UNGUARDED,
            f"The trigger {name} is missing or switched off: the database does not guard the record.",
        )


def _end() -> End | None:
    head = ChainHead.objects.filter(pk=1).first()
    return End(head.last_number, head.last_hash) if head else None


def _events() -> Iterator[dict[str, Any]]:
    last = -1
    events = Event.objects.as_stored().order_by("number")
    while batch := list(events.filter(number__gt=last)[:BATCH]):
        yield from batch
        last = batch[-1]["number"]


# --- Anchors: what is printed on paper, so that a chain made anew from its beginning is found out too


DIGITS = 16
PRINTED = re.compile(rf"(\d+)-([0-9a-f]{{{DIGITS}}})[0-9a-f]*")


def anchor_of(number: int, hash: str) -> str:
    """The short form in which one event is printed: its number and the first 16 digits of its hash."""
    return f"{number}-{hash[:DIGITS]}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One event as it is printed: everything up to it can be proved by it."""

    text: str
    at: datetime


def latest_anchor(*, until: datetime | None = None) -> Anchor | None:
    """The anchor of the last event of the whole record, or of the last that was recorded by a moment; None before the first."""
    events = Event.objects.newest_first().only("number", "hash", "at")
    last = (events if until is None else events.filter(at__lte=until)).first()
    return Anchor(anchor_of(last.number, last.hash), last.at) if last else None


def anchor_of_deed(event: str, *, subject: models.Model, reference: str) -> Anchor | None:
    """The anchor of the last event of this name on this subject; None when there is none."""
    found = Event.objects.about(reference).filter(
        name=event, subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    )
    last = found.newest_first().only("number", "hash", "at").first()
    return Anchor(anchor_of(last.number, last.hash), last.at) if last else None


def look_for_anchor(printed: str) -> str:
    """What is wrong with an anchor as it was printed, in a sentence; nothing when that event is in the chain as it was then."""
    found = PRINTED.fullmatch(printed.strip().lower().replace(",", "").replace(" ", ""))
    if found is None:
        return (
            f"“{printed}” is not an anchor: it is a number, a hyphen and {DIGITS} digits or letters up to f, "
            "such as 1234-9f2c11ab03de77c1."
        )
    number, digits = int(found[1]), found[2]
    row = Event.objects.filter(number=number).first() if number < 2**63 else None
    if row is None:
        return f"Anchor {printed}: there is no event {number} in the record."
    if not row.hash.startswith(digits) or row.hash != row.fingerprint():
        return f"Anchor {printed}: event {number} is not as it was when this was printed."
    return ""
