"""What ties the steps of a timetable together: which comes before which, and which is reckoned from which.

Orders come from the numbered rules; notice periods and windows from the ``after`` column of the method's data.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from inspections.timetable.draw import PUBLICATION_ORDER
from inspections.timetable.method import AFTER_RULE, SPAN_RULE, Method, Step

UNITS = {"wd": "working day", "w": "calendar week", "y": "year"}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Order:
    """One step comes before another. ``stops`` says that the rule is a hard one, and then each has a day of its own."""

    first: str
    then: str
    source: str
    stops: bool = False


# Besides R12, whose order is that of ``PUBLICATION_ORDER``.
ORDERS = (
    Order("name_coordinators", "pack_sent", "R15"),
    Order("pir_due", "records_sample", "R32"),
    Order("staff_survey", "emerging_themes", "R26"),
    Order("children_survey", "emerging_themes", "R26"),
    Order("parents_survey", "emerging_themes", "R26"),
    Order("reader_training", "records_reading", "R29"),
)

# The number of the rule that names a period, where one does; the others are the method's own.
PERIOD_RULES = {"action_plan_due": "R50", "disposal_due": "R52"}


@dataclass(frozen=True, slots=True)
class Tie:
    """Another step that is tied to the one asked about, and how, to follow the other's title."""

    key: str
    words: str
    source: str = ""


def orders_of(method: Method) -> list[Order]:
    """The orders between steps that this method has. Where it lacks one in between, its neighbours follow each other."""
    present = [key for key in PUBLICATION_ORDER if method.step(key)]
    chain = [Order(first, then, "R12", stops=True) for first, then in pairwise(present)]
    return [one for one in ORDERS if method.step(one.first) and method.step(one.then)] + chain


def ties_of(method: Method, key: str) -> list[Tie]:
    """Every step that is tied to the step ``key`` by a rule or by the method's data, each once with all its ties."""
    step = method.step(key)
    if step is None:
        return []
    found = []
    for order in orders_of(method):
        if order.then == key:
            found.append(Tie(order.first, "comes before it", order.source))
        if order.first == key:
            found.append(Tie(order.then, "comes after it", order.source))
    if step in method.onsite_steps:
        found += [
            Tie(other.key, "are on-site days too, on days of their own", "R9")
            for other in method.onsite_steps
            if other != step
        ]
    for other in method.steps:
        if key in other.leans_on:
            found.append(Tie(other.key, _reckoned(other), _source(other)))
        if other.key in step.leans_on:
            found.append(Tie(other.key, _reckons(step), _source(step)))
    return _merged(found)


def _merged(ties: list[Tie]) -> list[Tie]:
    by_key: dict[str, Tie] = {}
    for tie in ties:
        if known := by_key.get(tie.key):
            sources = ", ".join(filter(None, (known.source, tie.source)))
            tie = Tie(tie.key, f"{known.words}, and {tie.words}", sources)
        by_key[tie.key] = tie
    return list(by_key.values())


def period_in_words(step: Step) -> str:
    """``ten working days``; empty for a step that is not reckoned by a period from another."""
    found = AFTER_RULE.fullmatch(step.after)
    if not found:
        return ""
    count = int(found["count"])
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} {UNITS[found['unit']]}{'' if count == 1 else 's'}"


def _reckoned(step: Step) -> str:
    if SPAN_RULE.fullmatch(step.after):
        return "begins or ends with its last day"
    return f"is due {period_in_words(step)} after it"


def _reckons(step: Step) -> str:
    if SPAN_RULE.fullmatch(step.after):
        return "has the last day with which it begins or ends"
    return f"comes {period_in_words(step)} before it"


def _source(step: Step) -> str:
    return PERIOD_RULES.get(step.key, "")
