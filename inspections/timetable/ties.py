"""What ties the steps of a timetable together: which comes before which, and which is reckoned from which.

Orders come from the numbered rules; notice periods and windows from the ``after`` column of the method's data.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from inspections.timetable.draw import PUBLICATION_ORDER
from inspections.timetable.method import AFTER_RULE, Method, Step

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


def orders_of(method: Method) -> list[Order]:
    """The orders between steps that this method has. Where it lacks one in between, its neighbours follow each other."""
    present = [key for key in PUBLICATION_ORDER if method.step(key)]
    chain = [Order(first, then, "R12", stops=True) for first, then in pairwise(present)]
    return [one for one in ORDERS if method.step(one.first) and method.step(one.then)] + chain


def period_in_words(step: Step) -> str:
    """``ten working days``; empty for a step that is not reckoned by a period from another."""
    found = AFTER_RULE.fullmatch(step.after)
    if not found:
        return ""
    count = int(found["count"])
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} {UNITS[found['unit']]}{'' if count == 1 else 's'}"
