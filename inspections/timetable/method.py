"""The method as data: which steps an inspection has, and in which counted week each belongs.

A method comes as a table, one row a step; ``parse_method`` refuses what cannot become a timetable, with row and reason.
Its phases come as a table of their own (``phases.py``); ten on-site days (R9; source S0) are the same in every version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from core.tables import BadRow, Row
from inspections.timetable.phases import Phases

Phase = int | Literal["after"]

AFTER: Final = "after"
NOTIFICATION = "notification"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
ONSITE_PHASE = 2
LAST_WEEK_AFTER = (
    120  # a follow-up step may be placed by week up to about two years after notification
)
KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")

# "draft_to_partnership+10wd": working days after; "publication+6w": calendar weeks; "publication+1y": years;
# "records_reading..fieldwork_children": from the last day of one step to the last day of another.
AFTER_RULE = re.compile(r"(?P<key>[a-z0-9_]+)\+(?P<count>[1-9]\d{0,2})(?P<unit>wd|w|y)")
SPAN_RULE = re.compile(r"(?P<key>[a-z0-9_]+)\.\.(?P<until>[a-z0-9_]+)")


class Kind(StrEnum):
    """What a step is: it is reached, it is due, it is open for a time, people meet, or inspectors are on site."""

    MILESTONE = "milestone"
    DUE = "due"
    WINDOW = "window"
    MEETING = "meeting"
    ONSITE = "onsite"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a method. Weeks are counted weeks; weekdays are 0 (Monday) to 4 (Friday)."""

    key: str
    phase: Phase
    kind: Kind
    week: int | None
    weekday: int | None
    until_week: int | None
    until_weekday: int | None
    title: str
    owner: str = ""
    with_: str = ""
    basis: str = ""
    after: str = ""

    @property
    def length(self) -> int:
        """Weekdays from first to last; 1 for a step of a single day."""
        if (
            self.week is None
            or self.weekday is None
            or self.until_week is None
            or self.until_weekday is None
        ):
            return 1
        return (self.until_week - self.week) * len(WEEKDAYS) + self.until_weekday - self.weekday + 1

    @property
    def place(self) -> tuple[int, int]:
        """Counted week and weekday of the first day. Raises ValueError for a step without a week of its own."""
        if self.week is None or self.weekday is None:
            raise ValueError(f"The step “{self.key}” has no week of its own.")
        return self.week, self.weekday

    @property
    def leans_on(self) -> tuple[str, ...]:
        """The keys of the steps from which this one is reckoned."""
        if found := AFTER_RULE.fullmatch(self.after):
            return (found["key"],)
        if found := SPAN_RULE.fullmatch(self.after):
            return (found["key"], found["until"])
        return ()


@dataclass(frozen=True, slots=True)
class Method:
    """One version of the method: its steps in order, the first and last counted week of each phase, its sums."""

    key: str
    title: str
    steps: tuple[Step, ...]
    phases: Phases
    onsite_days: int = 10

    @property
    def length(self) -> int:
        """How many counted weeks it has: the last of its last phase."""
        return max(last for _, last in self.phases.values())

    def step(self, key: str) -> Step | None:
        """The step of that key."""
        return next((step for step in self.steps if step.key == key), None)

    def phase_of(self, week: int) -> Phase:
        """The phase of a counted week (R7)."""
        return next(
            (phase for phase, (first, last) in self.phases.items() if first <= week <= last), AFTER
        )

    @property
    def onsite_steps(self) -> tuple[Step, ...]:
        """The on-site steps, from the first to the last day."""
        found = [step for step in self.steps if step.kind is Kind.ONSITE]
        return tuple(sorted(found, key=lambda step: (step.week or 0, step.weekday or 0)))


def parse_method(
    rows: Iterable[Row | Mapping[str, object]],
    *,
    phases: Phases,
    key: str = "2018",
    title: str = "Services for children and young people in need of care and protection (2018)",
    onsite_days: int = 10,
) -> Method:
    """The method in ``rows``, whose columns are those of ``inspections/reference/method_2018.csv``.

    Raises BadRow with the row's number and a reason: an unknown kind, a week beyond the phase, an end before the start,
    a key that stands twice, on-site days that are not ten (R9), a rule of time that leans on a step that is not there.
    """
    method = Method(key, title, (), phases, onsite_days)
    steps: list[Step] = []
    numbered: list[Row] = []
    for row in _numbered(rows, f"method {key}"):
        step = _read(row, method)
        if any(step.key == earlier.key for earlier in steps):
            raise row.refuse(f"the key “{step.key}” stands twice.")
        steps.append(step)
        numbered.append(row)
    if not steps:
        raise BadRow(f"method {key}", None, "the method has no steps.")
    method = Method(key, title, tuple(steps), phases, onsite_days)
    check_method(method, numbered)
    return method


def check_method(method: Method, rows: Iterable[Row]) -> None:
    """Refuse, by BadRow, what is wrong with the steps taken together; ``rows`` are theirs, in the same order."""
    row_of = dict(zip((step.key for step in method.steps), rows, strict=True))
    file = row_of[method.steps[0].key].file
    first = method.step(NOTIFICATION)
    if first is None or first.week != 1:
        raise BadRow(file, None, f"the step “{NOTIFICATION}” must stand in week 1 (R6).")
    for step in method.steps:
        for key in step.leans_on:
            if key not in row_of:
                raise row_of[step.key].refuse(
                    f"leans on the step “{key}”, which the method does not have."
                )
        if _leans_on_itself(method, step):
            raise row_of[step.key].refuse("leans on itself in a circle.")
    _check_onsite(method, row_of, file)


def _check_onsite(method: Method, row_of: Mapping[str, Row], file: str) -> None:
    earlier: Step | None = None
    for step in method.onsite_steps:
        if earlier and (earlier.until_week, earlier.until_weekday) >= (step.week, step.weekday):
            raise row_of[step.key].refuse(
                f"its on-site days overlap with those of “{earlier.key}”."
            )
        earlier = step
    total = sum(step.length for step in method.onsite_steps)
    if total != method.onsite_days:
        raise BadRow(
            file, None, f"the on-site days sum to {total}, not to {method.onsite_days} (R9)."
        )


def _leans_on_itself(method: Method, start: Step) -> bool:
    seen, ahead = set(), list(start.leans_on)
    while ahead:
        key = ahead.pop()
        if key == start.key:
            return True
        step = method.step(key)
        if step and key not in seen:
            seen.add(key)
            ahead.extend(step.leans_on)
    return False


def _numbered(rows: Iterable[Row | Mapping[str, object]], file: str) -> Iterable[Row]:
    for number, row in enumerate(rows, start=2):
        if isinstance(row, Row):
            yield row
        else:
            yield Row(
                file,
                number,
                {name: "" if cell is None else str(cell) for name, cell in row.items()},
            )


def _read(row: Row, method: Method) -> Step:
    phase, kind = _phase(row, method), _kind(row)
    key = row.get("key", "")
    if not KEY.fullmatch(key):
        raise row.refuse(
            f"the key “{key}” is not a word of lower-case letters, digits and underlines."
        )
    if not row.get("title"):
        raise row.refuse("the title is missing.")
    step = Step(
        key=key,
        phase=phase,
        kind=kind,
        week=_week(row, "week"),
        weekday=_weekday(row, "weekday"),
        until_week=_week(row, "until_week"),
        until_weekday=_weekday(row, "until_weekday"),
        title=row["title"],
        owner=row.get("owner", ""),
        with_=row.get("with", "") or row.get("with_whom", ""),
        basis=row.get("basis", ""),
        after=row.get("after", ""),
    )
    _check_place(row, step, method)
    _check_span(row, step)
    return step


def _phase(row: Row, method: Method) -> Phase:
    text = row.get("phase", "")
    if text == AFTER:
        return AFTER
    if text.isdecimal() and int(text) in method.phases:
        return int(text)
    known = ", ".join(str(phase) for phase in method.phases)
    raise row.refuse(f"the phase “{text}” is not {known} or {AFTER}.")


def _kind(row: Row) -> Kind:
    try:
        return Kind(row.get("kind", ""))
    except ValueError as problem:
        raise row.refuse(f"the kind “{row.get('kind', '')}” is not {', '.join(Kind)}.") from problem


def _week(row: Row, column: str) -> int | None:
    text = row.get(column, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 3 or int(text) < 1:
        raise row.refuse(f"{column} “{text}” is not a week from 1 on.")
    return int(text)


def _weekday(row: Row, column: str) -> int | None:
    text = row.get(column, "")
    if not text:
        return None
    if text not in WEEKDAYS:
        raise row.refuse(f"{column} “{text}” is not {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(text)


def _check_place(row: Row, step: Step, method: Method) -> None:
    """The step has a place in time, inside the weeks of its phase (R7)."""
    if step.after and not step.leans_on:
        raise row.refuse(
            f"the rule “{step.after}” is not like publication+6w, draft+10wd, one+1y or one..other."
        )
    if (step.week is None) != (step.weekday is None):
        raise row.refuse("week and weekday go together; one of them is missing.")
    if step.week is None and not step.after:
        raise row.refuse("has neither a week nor a rule that says after what it comes.")
    if isinstance(step.phase, int):
        first, last = method.phases[step.phase]
    else:
        first, last = method.length + 1, LAST_WEEK_AFTER
    for week in (step.week, step.until_week):
        if week is not None and not first <= week <= last:
            raise row.refuse(
                f"week {week} is outside phase {step.phase}, weeks {first} to {last} (R7)."
            )


def _check_span(row: Row, step: Step) -> None:
    """Windows and on-site days last; everything else is one day."""
    if (step.until_week is None) != (step.until_weekday is None):
        raise row.refuse("until_week and until_weekday go together; one of them is missing.")
    lasts = step.kind in (Kind.WINDOW, Kind.ONSITE)
    if lasts and step.until_week is None and not SPAN_RULE.fullmatch(step.after):
        raise row.refuse(f"a step of kind {step.kind} needs until_week and until_weekday.")
    if not lasts and step.until_week is not None:
        raise row.refuse(f"a step of kind {step.kind} is one day and has no end.")
    if step.length < 1 or (step.until_week is not None and step.week is None):
        raise row.refuse("ends before it starts.")
    if step.kind is Kind.ONSITE and (step.phase != ONSITE_PHASE or step.after):
        raise row.refuse("on-site days belong in phase 2, in weeks of their own (R9).")
