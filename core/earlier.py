"""Earlier versions of a text: a list with who and when, and two of them side by side. One engine for every kind of text.

The app that owns a text gives its versions as ``Version``; whoever may read the text may read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms

from core.comparison import Row, compare
from core.forms import DeskForm
from core.templatetags.desk import clock, day_short

ONE_SITTING = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it was saved: its number, when, by whom, and its fields by label in the order of the page."""

    number: int
    at: datetime
    who: str
    fields: Mapping[str, str]

    @property
    def name(self) -> str:
        """``Version 4``; words that were laid out before anybody wrote are no version yet."""
        return f"Version {self.number}" if self.number else "As it was laid out"

    @property
    def words(self) -> str:
        """``Version 4, Mon 8 Dec 2025 at 14:03, Isla Dunmore``."""
        return f"{self.name}, {day_short(self.at)} at {clock(self.at)}, {self.who}"


@dataclass(frozen=True, slots=True)
class Part:
    """One field of two versions, compared."""

    label: str
    rows: list[Row]

    @property
    def differs(self) -> bool:
        return any(row.differs for row in self.rows)


class CompareVersionsForm(DeskForm):
    """Which two. Sent by GET, so a comparison has an address."""

    older = forms.TypedChoiceField(label="Compare", coerce=int)
    newer = forms.TypedChoiceField(label="with", coerce=int)

    method = "get"
    submit = "Show side by side"

    def __init__(self, *args: Any, versions: list[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(version.number), version.words) for version in versions]
        for name in ("older", "newer"):
            self.offer(name, choices)


def newest_of_each(versions: Iterable[Version]) -> list[Version]:
    """The last row of every number, the newest first: a row that only moved, or was saved twice, is no version."""
    found = {version.number: version for version in sorted(versions, key=lambda one: one.at)}
    return sorted(found.values(), key=lambda one: one.number, reverse=True)


def sittings(versions: list[Version]) -> list[Version]:
    """Of versions that one person saved within a quarter of an hour of each other only the last, as the autosave makes many.

    ``versions`` are the newest first, and so is the answer. The first version of all always stays.
    """
    kept: list[Version] = []
    later: Version | None = None
    for version in versions:
        goes_on = (
            later is not None and later.who == version.who and later.at - version.at <= ONE_SITTING
        )
        if not goes_on:
            kept.append(version)
        later = version
    if versions and kept[-1] is not versions[-1]:
        kept.append(versions[-1])
    return kept


def earlier_versions(query: Mapping[str, str], versions: Iterable[Version]) -> dict[str, Any]:
    """What the page of earlier versions shows: the list, the form, and the comparison of the two that were chosen.

    ``query`` is what the address asks for; without a choice the newest version stands beside the one before it.
    ``?every=yes`` lists each single save.
    """
    every = newest_of_each(versions)
    shown = every if query.get("every") else sittings(every)
    context: dict[str, Any] = {
        "versions": shown,
        "left_out": len(every) - len(shown),
        "pair": None,
        "parts": [],
        "compare_form": None,
    }
    if len(shown) < 2:
        return context
    by_number = {str(version.number): version for version in every}
    newer = by_number.get(query.get("newer", ""), shown[0])
    older = by_number.get(query.get("older", ""), shown[1])
    offered = sorted(
        {version.number: version for version in (*shown, older, newer)}.values(),
        key=lambda one: one.number,
        reverse=True,
    )
    older, newer = sorted((older, newer), key=lambda one: one.number)
    labels = list(dict.fromkeys([*older.fields, *newer.fields]))
    parts = [
        Part(label, compare(older.fields.get(label, ""), newer.fields.get(label, "")))
        for label in labels
    ]
    initial = {"older": older.number, "newer": newer.number}
    return context | {
        "pair": (older, newer),
        "parts": parts,
        "differs": any(part.differs for part in parts),
        "compare_form": CompareVersionsForm(initial=initial, versions=offered),
    }
