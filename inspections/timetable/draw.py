"""From a method and a calendar to dated entries.

What the engine decides (R6 to R12), in this order:

* The notification stands on its own day; week 1 is the week around it, and nothing is earlier than it.
* On-site days are dealt out in order, the first block (records reading) first. A day that is at a weekend, closed or
  in a holiday week is passed over, so days move forward, keep their number, and push those that follow (R9, R11).
  The first block is held on days that follow each other without a gap where its week has such days (R10).
* A milestone, due date or meeting on a closed day moves to the next working day in a counted week of the same phase,
  at most a week away; where there is none, to the last working day before.
* A window keeps its weeks: it is a span, and holidays inside it are part of it.
* "publication+6w" is a calendar date, moved only off weekends and closed days. "publication+1y" is the law's date and
  is never moved. "draft_to_partnership+10wd" is the later of ten working days after the draft and the method's own
  week; only the former where somebody moved the draft.
* Panel, draft, comments, answers, embargoed copy and publication come one after the other, each on a later day (R12):
  a step drawn too early is moved on, a step that a person moved too early is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from core.workdays import ONE_DAY, count_on
from inspections.timetable.entries import Entry, Override, TimetableRefused, in_words
from inspections.timetable.method import AFTER_RULE, NOTIFICATION, SPAN_RULE, Kind, Method, Step
from inspections.timetable.onsite import Placed, deal_onsite_days, moved_by_hand, onsite_by_hand
from inspections.timetable.weeks import ClosedDays, HolidayWeeks, Weeks

FIRST_YEAR, LAST_YEAR = (
    2000,
    2095,
)  # public holidays are known to 2099, and disposal is two years on
REACH = 7  # days a step is moved forward before it is moved back instead
FURTHEST_BACK = 14
LONGEST_NOTE = 300

# R12. Steps that a method does not have are left out.
PUBLICATION = "publication"
PUBLICATION_ORDER = (
    "panel",
    "draft_to_partnership",
    "factual_accuracy_due",
    "comments_answered",
    "embargo_copy",
    "publication",
)


def draw_timetable(
    method: Method,
    notified_on: date,
    holiday_weeks: HolidayWeeks = (),
    public_holidays: ClosedDays = (),
    overrides: Iterable[Override] = (),
) -> list[Entry]:
    """Every step of ``method`` as an entry, in order of date and then of the method.

    ``holiday_weeks`` are school-holiday weeks, each named by any day in it; ``public_holidays`` are closed days, local
    ones among them. Either may be a mapping from day to name, and the names then stand in the notes. Raises
    TimetableRefused with a sentence where no timetable can be drawn.
    """
    weeks = Weeks(notified_on, holiday_weeks, public_holidays)
    _check_notification(notified_on, weeks)
    moved = _moved_by_hand(method, overrides)
    drawing = _Drawing(method, notified_on, weeks, moved)
    entries = [drawing.entry(step) for step in method.steps]
    return sorted(entries, key=lambda entry: entry.starts_on)


def draw_after(
    method: Method,
    key: str,
    day: date,
    notified_on: date,
    holiday_weeks: HolidayWeeks = (),
    public_holidays: ClosedDays = (),
) -> list[Entry]:
    """The steps that ``method`` reckons from the step ``key``, once that step really was on ``day``; in order of date."""
    drawing = _Drawing(method, notified_on, Weeks(notified_on, holiday_weeks, public_holidays), {})
    drawing.placed[key] = Placed(day, day)
    entries = [drawing.entry(step) for step in method.steps if key in step.leans_on]
    return sorted(entries, key=lambda entry: entry.starts_on)


def draw_around(
    method: Method, notified_on: date, weeks: Weeks, fixed: Mapping[str, Placed]
) -> dict[str, Placed]:
    """Where each step of ``method`` stands when those in ``fixed`` stand as given, whatever the rules say of them.

    Raises TimetableRefused where no timetable can be drawn around them.
    """
    drawing = _Drawing(method, notified_on, weeks, {}, fixed)
    return {step.key: drawing.place(step) for step in method.steps}


def _check_notification(notified_on: date, weeks: Weeks) -> None:
    if not FIRST_YEAR <= notified_on.year <= LAST_YEAR:
        raise TimetableRefused(
            f"The year of notification, {notified_on.year}, is not between {FIRST_YEAR} and {LAST_YEAR}.",
            "R6",
        )
    if weeks.number(notified_on) is None or notified_on.weekday() > 4:
        raise TimetableRefused(
            f"{in_words(notified_on)} {weeks.why_not(notified_on)}; "
            "choose a weekday in a week that counts, because the week of notification is week 1.",
            "R6",
        )


def _moved_by_hand(method: Method, overrides: Iterable[Override]) -> dict[str, Override]:
    moved: dict[str, Override] = {}
    for override in overrides:
        step = method.step(override.key)
        if step is None:
            raise TimetableRefused(f"The method has no step “{override.key}” to move.", "R8")
        if override.key in moved:
            raise TimetableRefused(f"“{step.title}” is moved twice; give one new date.", "R8")
        if not override.reason.strip():
            raise TimetableRefused(f"Say why “{step.title}” moves; a move needs a reason.", "R8")
        if step.key == NOTIFICATION:
            raise TimetableRefused("The notification is moved by notifying on another day.", "R6")
        if override.ends_on < override.starts_on:
            raise TimetableRefused(f"“{step.title}” would end before it starts.", "R8")
        if override.ends_on != override.starts_on and step.kind not in (Kind.WINDOW, Kind.ONSITE):
            raise TimetableRefused(
                f"“{step.title}” is one day; give the same day as its end.", "R8"
            )
        moved[override.key] = override
    return moved


class _Drawing:
    """One timetable on its way: each step is placed once, after those from which it is reckoned."""

    __slots__ = ("before", "method", "moved", "notified_on", "placed", "weeks")

    def __init__(
        self,
        method: Method,
        notified_on: date,
        weeks: Weeks,
        moved: dict[str, Override],
        fixed: Mapping[str, Placed] | None = None,
    ) -> None:
        self.method = method
        self.notified_on = notified_on
        self.weeks = weeks
        self.moved = moved
        by_hand = {
            step.key: onsite_by_hand(step, moved[step.key], weeks)
            for step in method.onsite_steps
            if step.key in moved
        }
        fixed = fixed or {}
        by_hand |= {step.key: fixed[step.key] for step in method.onsite_steps if step.key in fixed}
        self.placed = dict(fixed) | deal_onsite_days(method, weeks, by_hand)
        present = [key for key in PUBLICATION_ORDER if method.step(key)]
        self.before = dict(zip(present[1:], present, strict=False))

    def entry(self, step: Step) -> Entry:
        place = self.place(step)
        week, until = self.weeks.number(place.starts_on), self.weeks.number(place.ends_on)
        lasting = step.kind in (Kind.WINDOW, Kind.ONSITE)
        return Entry(
            key=step.key,
            title=step.title,
            kind=str(step.kind),
            phase=step.phase,
            week=None if step.after.endswith("y") else week,
            starts_on=place.starts_on,
            ends_on=place.ends_on,
            until_week=until if lasting else None,
            days=place.days,
            note=place.note[:LONGEST_NOTE],
        )

    def place(self, step: Step) -> Placed:
        if step.key not in self.placed:
            if step.key in self.moved:
                place = self._by_hand(step, self.moved[step.key])
            else:
                place = self._in_order(step, self._by_method(step))
            self.placed[step.key] = place
        return self.placed[step.key]

    def _of(self, key: str) -> Placed:
        step = self.method.step(key)
        assert step is not None, "parse_method refuses a step that leans on nothing"
        return self.place(step)

    def _by_method(self, step: Step) -> Placed:
        if step.key == NOTIFICATION:
            return self._notification()
        if found := SPAN_RULE.fullmatch(step.after):
            starts_on, ends_on = self._of(found["key"]).ends_on, self._of(found["until"]).ends_on
            return Placed(starts_on, max(starts_on, ends_on))
        if found := AFTER_RULE.fullmatch(step.after):
            return self._after(
                step, self._of(found["key"]).ends_on, int(found["count"]), found["unit"]
            )
        starts_on, ends_on = self._span(step)
        if step.kind is Kind.WINDOW:
            return Placed(starts_on, ends_on)
        if step.kind is Kind.MILESTONE and step.key != PUBLICATION:
            return self._kept(starts_on)
        return self._settle(step, starts_on)

    def _kept(self, day: date) -> Placed:
        """A milestone of ours keeps the day that the method gives it (R6); a closed day is said."""
        note = (
            ""
            if self.weeks.works(day)
            else f"{in_words(day)} {self.weeks.why_not(day)}; the date is kept."
        )
        return Placed(day, day, note=note)

    def _notification(self) -> Placed:
        note = ""
        if not self.weeks.works(self.notified_on):
            note = f"{in_words(self.notified_on)} {self.weeks.why_not(self.notified_on)}; the date is kept as given."
        return Placed(self.notified_on, self.notified_on, note=note)

    def _span(self, step: Step) -> tuple[date, date]:
        """The days that the method's weeks give, none before the notification."""
        starts_on = max(self.weeks.day(*step.place), self.notified_on)
        if step.until_week is None or step.until_weekday is None:
            return starts_on, starts_on
        return starts_on, max(self.weeks.day(step.until_week, step.until_weekday), starts_on)

    def _after(self, step: Step, base: date, count: int, unit: str) -> Placed:
        day = period_end(step, base, self.weeks)
        if unit == "y":
            return Placed(day, day)
        if unit == "w":
            return Placed(day, day, note=self._moved_from(base + timedelta(weeks=count), day))
        if step.week is not None and not any(key in self.moved for key in step.leans_on):
            day = max(day, self._span(step)[0])
        return self._settle(step, day)

    def _settle(self, step: Step, wanted: date) -> Placed:
        """One day on which the inspection works, ``wanted`` if it can be."""
        day = self._nearest(step, wanted)
        return Placed(day, day, note=self._moved_from(wanted, day))

    def _nearest(self, step: Step, wanted: date) -> date:
        weeks = self.weeks
        if weeks.is_open(wanted):
            return wanted
        last = self._last_day(step)
        for ahead in range(1, REACH + 1):
            day = wanted + timedelta(days=ahead)
            if weeks.is_open(day) and day <= last:
                return day
        for back in range(1, FURTHEST_BACK + 1):
            day = wanted - timedelta(days=back)
            if weeks.is_open(day) and day >= self.notified_on:
                return day
        raise TimetableRefused(
            f"There is no working day near {in_words(wanted)} for “{step.title}”; check the holidays around it.",
            "R8",
        )

    def _last_day(self, step: Step) -> date:
        """No step slips out of its phase because a day is closed; phase three may, rather than lose its order."""
        phases = self.method.phases
        if isinstance(step.phase, int) and step.phase != max(phases):
            return self.weeks.day(phases[step.phase][1], 4)
        return date.max

    def _in_order(self, step: Step, place: Placed) -> Placed:
        """R12 for a step that nobody moved: on the first open day after the one it must follow."""
        if step.key not in self.before:
            return place
        earlier = self._of(self.before[step.key])
        if place.starts_on > earlier.ends_on:
            return place
        day = earlier.ends_on + ONE_DAY
        while not self.weeks.is_open(day):
            day += ONE_DAY
        title = next(
            other.title for other in self.method.steps if other.key == self.before[step.key]
        )
        return Placed(
            day, day, note=f"Moved from {in_words(place.starts_on)}, to come after “{title}”."
        )

    def _by_hand(self, step: Step, override: Override) -> Placed:
        starts_on, ends_on = override.starts_on, override.ends_on
        if starts_on < self.notified_on:
            raise TimetableRefused(
                f"“{step.title}” cannot be before the notification, {in_words(self.notified_on)}.",
                "R6",
            )
        if step.kind is not Kind.WINDOW and not self.weeks.is_open(starts_on):
            raise TimetableRefused(
                f"{in_words(starts_on)} {self.weeks.why_not(starts_on)}; choose another day for “{step.title}”.",
                "R8",
            )
        if step.key in self.before:
            earlier = self.method.step(self.before[step.key])
            if earlier and (reached := self.place(earlier).ends_on) >= starts_on:
                raise TimetableRefused(
                    f"“{step.title}” cannot be on {in_words(starts_on)}: "
                    f"it comes after “{earlier.title}”, which is on {in_words(reached)}.",
                    "R12",
                )
        return Placed(starts_on, ends_on, note=moved_by_hand(override))

    def _moved_from(self, wanted: date, day: date) -> str:
        return (
            ""
            if day == wanted
            else f"Moved from {in_words(wanted)}, which {self.weeks.why_not(wanted)}."
        )


def period_end(step: Step, base: date, weeks: Weeks) -> date:
    """The day on which the period of a step ends that the method reckons from ``base``: "+10wd", "+6w" or "+1y".

    Raises ValueError for a step that is not reckoned by a period.
    """
    found = AFTER_RULE.fullmatch(step.after)
    if found is None:
        raise ValueError(f"The step “{step.key}” is not reckoned by a period from another.")
    count, unit = int(found["count"]), found["unit"]
    if unit == "y":
        return _years_on(base, count)
    if unit == "wd":
        return count_on(base, count, weeks.closed)
    day = base + timedelta(weeks=count)
    while not weeks.works(day):
        day += ONE_DAY
    return day


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February: the last day that is not later than a year on
        return day.replace(year=day.year + years, day=28)
