"""Which rules a timetable breaks as it stands: a pure function of the method, the calendar and the steps' dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from core.workdays import ONE_DAY
from inspections.timetable.draw import PUBLICATION, period_end
from inspections.timetable.entries import in_words
from inspections.timetable.method import AFTER, ONSITE_PHASE, SPAN_RULE, Kind, Method, Phase, Step
from inspections.timetable.ties import PERIOD_RULES, orders_of, period_in_words
from inspections.timetable.weeks import Weeks

PHASE_NUMBERS = {1: "one", 2: "two", 3: "three"}
WEEKS_BY_RULE = {"pack_sent": "R18", "pir_due": "R18"}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one step stands. ``done_on`` is the day on which it was done; what is done is held to no date any more."""

    key: str
    starts_on: date
    ends_on: date
    days: tuple[date, ...] = ()
    done_on: date | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule that a timetable breaks: in which steps, in a sentence, with its number where it has one.

    ``stops`` says that the rule is a hard one; the others warn.
    """

    keys: tuple[str, ...]
    sentence: str
    source: str = ""
    stops: bool = False


def broken_rules(method: Method, weeks: Weeks, stands: Mapping[str, Stand]) -> list[Broken]:
    """Every rule that these dates break (R7 to R12, R15, R18, R26, R29, R32, R50, R52, and the periods of the method)."""
    checks = _Checks(method, weeks, stands)
    return [
        *checks.phases(),
        *checks.school_holidays(),
        *checks.onsite(),
        *checks.orders(),
        *checks.publication_last(),
        *checks.periods(),
        *checks.weeks_by_rule(),
    ]


def phase_in_words(phase: Phase) -> str:
    """``phase one``; ``after publication`` for what follows."""
    if phase == AFTER:
        return "after publication"
    return f"phase {PHASE_NUMBERS.get(phase, str(phase))}"


@dataclass(frozen=True, slots=True)
class _Checks:
    method: Method
    weeks: Weeks
    stands: Mapping[str, Stand]

    def _open(self) -> Iterator[tuple[Step, Stand]]:
        for step in self.method.steps:
            stand = self.stands.get(step.key)
            if stand and stand.is_open:
                yield step, stand

    def _title(self, key: str) -> str:
        step = self.method.step(key)
        return step.title if step else key

    def phases(self) -> Iterator[Broken]:
        """R7, R8: a step stands in its phase's weeks. Only the last phase may run on: its 35 weeks are indicative."""
        for step, stand in self._open():
            if step.kind is Kind.ONSITE or not isinstance(step.phase, int):
                continue
            first, last = self.method.phases[step.phase]
            begins, ends = self.weeks.monday(first), self.weeks.day(last, 6)
            day = stand.starts_on if stand.starts_on < begins else stand.ends_on
            if stand.starts_on >= begins and stand.ends_on <= ends:
                continue
            if last == self.method.length and stand.starts_on >= begins:
                yield Broken(
                    (step.key,),
                    f"“{step.title}” would end on {in_words(day)}, after week {last}, the last of the method. "
                    "Its weeks are indicative, so this may be, with your reason.",
                    "R8",
                )
                continue
            yield Broken(
                (step.key,),
                f"“{step.title}” belongs to {phase_in_words(step.phase)}, weeks {first} to {last}, from "
                f"{in_words(begins)} to {in_words(ends)}; {in_words(day)} {self._where(day)}. "
                "Choose days in those weeks.",
                "R7",
                stops=True,
            )

    def school_holidays(self) -> Iterator[Broken]:
        """A week without a number is a week in which schools are closed: nothing is due and nobody meets."""
        for step, stand in self._open():
            if step.kind not in (Kind.DUE, Kind.MEETING) or step.phase == AFTER:
                continue
            if stand.starts_on >= self.weeks.first and self.weeks.number(stand.starts_on) is None:
                yield Broken(
                    (step.key,),
                    f"“{step.title}” would be on {in_words(stand.starts_on)}, which "
                    f"{self.weeks.why_not(stand.starts_on)}.",
                )

    def _where(self, day: date) -> str:
        week = self.weeks.number(day)
        if week is None:
            return "is in no counted week"
        phase = self.method.phase_of(week)
        return f"is in week {week}, which is {phase_in_words(phase)}"

    def onsite(self) -> Iterator[Broken]:
        """R9, R10: each on-site day once, in the weeks of the method; records reading first, on days in a row."""
        blocks = [
            (step, self.stands[step.key])
            for step in self.method.onsite_steps
            if step.key in self.stands
        ]
        for (one, here), (other, there) in combinations(blocks, 2):
            if shared := sorted(set(here.days) & set(there.days)):
                yield Broken(
                    (one.key, other.key),
                    f"“{one.title}” and “{other.title}” would both be on {in_words(shared[0])}. "
                    f"The on-site days are {self.method.onsite_days} different days.",
                    "R9",
                    stops=True,
                )
        for (one, here), (other, there) in pairwise(blocks):
            if here.starts_on > there.starts_on and (here.is_open or there.is_open):
                yield Broken(
                    (one.key, other.key),
                    f"“{one.title}” would come after “{other.title}”; records reading is the first block, and the "
                    "others follow in their order.",
                    "R10",
                )
        for step, stand in blocks:
            usual = {step.week, step.until_week}
            found = {self.weeks.number(day) for day in stand.days}
            if stand.is_open and not found <= usual:
                numbers = [str(week) for week in sorted(found, key=lambda one: one or 0)]
                where = f"week{'s' if len(numbers) > 1 else ''} {' and '.join(numbers)}"
                yield Broken(
                    (step.key,),
                    f"“{step.title}” would be in {where}; the method has these days in week {step.week}, and the "
                    f"whole of {phase_in_words(ONSITE_PHASE)} is built around them.",
                    "R9",
                )
        if blocks and blocks[0][1].is_open and not _in_a_row(blocks[0][1].days):
            yield Broken(
                (blocks[0][0].key,),
                f"“{blocks[0][0].title}” would not be on days that follow each other.",
                "R10",
            )

    def orders(self) -> Iterator[Broken]:
        """R12 and its like: what comes before stands before. What is done has come before whatever is not."""
        for order in orders_of(self.method):
            first, then = self.stands.get(order.first), self.stands.get(order.then)
            if not (first and then and first.is_open and then.is_open):
                continue
            if first.ends_on < then.starts_on or (
                not order.stops and first.ends_on == then.starts_on
            ):
                continue
            yield Broken(
                (order.first, order.then),
                f"“{self._title(order.first)}” comes before “{self._title(order.then)}”, but the first would "
                f"{_ends(first)} and the second {_begin(then)}. Move the other one first, or choose another day.",
                order.source,
                order.stops,
            )

    def publication_last(self) -> Iterator[Broken]:
        """Whatever else belongs to the three phases comes before publication, or on its day; what follows, after it."""
        last = self.stands.get(PUBLICATION)
        if last is None or not last.is_open:
            return
        ordered = {key for order in self._orders_of_publication() for key in order}
        for step, stand in self._open():
            if step.key in ordered:
                continue
            if step.phase != AFTER and stand.ends_on > last.starts_on:
                yield Broken(
                    (step.key, PUBLICATION),
                    f"The report is published on {in_words(last.starts_on)}, and “{step.title}”, which comes before it, "
                    f"would {_ends(stand)}. Move the other one first, or choose another day.",
                    stops=True,
                )
            if step.phase == AFTER and stand.starts_on <= last.ends_on:
                yield Broken(
                    (step.key, PUBLICATION),
                    f"“{step.title}” follows publication, which would be on {in_words(last.starts_on)}; "
                    f"it would {_begin(stand)}.",
                )

    def _orders_of_publication(self) -> list[tuple[str, str]]:
        """The steps whose order towards publication is R12's own."""
        return [(order.first, order.then) for order in orders_of(self.method) if order.stops]

    def periods(self) -> Iterator[Broken]:
        """What the method reckons from another step stands where it is reckoned; working days are the least there are."""
        for step, stand in self._open():
            reckoned = reckoned_from(self.method, self.weeks, self.stands, step)
            if reckoned is None:
                continue
            keys = (step.key, *step.leans_on)
            if SPAN_RULE.fullmatch(step.after):
                if (stand.starts_on, stand.ends_on) != reckoned:
                    begins, ends = step.leans_on
                    yield Broken(
                        keys,
                        f"“{step.title}” goes from the last day of “{self._title(begins)}” to the last day of "
                        f"“{self._title(ends)}”: {_span(*reckoned)}. "
                        f"It would stand on {_span(stand.starts_on, stand.ends_on)}.",
                    )
                continue
            due = reckoned[0]
            at_least = step.after.endswith("wd")
            if stand.ends_on < due or (stand.ends_on > due and not at_least):
                yield Broken(
                    keys,
                    f"“{step.title}” is {'at least ' if at_least else ''}{period_in_words(step)} after "
                    f"“{self._title(step.leans_on[0])}”, which makes {in_words(due)}; it would be on "
                    f"{in_words(stand.ends_on)}.",
                    PERIOD_RULES.get(step.key, ""),
                )

    def weeks_by_rule(self) -> Iterator[Broken]:
        """R18 names the weeks of the pre-inspection return: sent in week 3, back in week 7."""
        for step, stand in self._open():
            if step.key in WEEKS_BY_RULE and self.weeks.number(stand.ends_on) != step.week:
                yield Broken(
                    (step.key,),
                    f"“{step.title}” has its place in week {step.week}; {in_words(stand.ends_on)} "
                    f"{self._in_week(stand.ends_on)}.",
                    WEEKS_BY_RULE[step.key],
                )

    def _in_week(self, day: date) -> str:
        week = self.weeks.number(day)
        return "is in no counted week" if week is None else f"is in week {week}"


def reckoned_from(
    method: Method, weeks: Weeks, stands: Mapping[str, Stand], step: Step
) -> tuple[date, date] | None:
    """The days on which the method would have ``step``, reckoned from where the others stand; None where it is not."""
    bases = [stands.get(key) for key in step.leans_on]
    if not bases or not all(bases):
        return None
    ends = [stand.done_on or stand.ends_on for stand in bases if stand]
    if len(ends) == 2:
        return ends[0], max(ends)
    due = period_end(step, ends[0], weeks)
    return due, due


def _in_a_row(days: Sequence[date]) -> bool:
    return all(after - before == ONE_DAY for before, after in pairwise(sorted(days)))


def _ends(stand: Stand) -> str:
    if stand.starts_on == stand.ends_on:
        return f"be on {in_words(stand.ends_on)}"
    return f"end on {in_words(stand.ends_on)}"


def _span(first: date, last: date) -> str:
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"


def _begin(stand: Stand) -> str:
    if stand.starts_on == stand.ends_on:
        return f"be on {in_words(stand.starts_on)}"
    return f"begin on {in_words(stand.starts_on)}"
