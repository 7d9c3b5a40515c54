"""A round of the clock over many things: each on its own, so that a fault in one holds up no other."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction

from core.jobs.registry import LeaseLost, SomeFailed
from core.jobs.worker import place_of_error

logger = logging.getLogger(__name__)

Thing = TypeVar("Thing")


def each(things: Iterable[Thing], do: Callable[[Thing], object]) -> None:
    """Do it for each, in a transaction of its own.

    What failed is undone and logged, without its message, and the others go on. At the end SomeFailed says how many
    failed: the recurring deed stands in the ledger as failing, is looked after by a person, and keeps its pace.
    """
    done = failed = 0
    last = ""
    for thing in things:
        try:
            with transaction.atomic():
                do(thing)
        except LeaseLost:
            raise
        except Exception as error:
            failed += 1
            last = place_of_error(error)
            first = thing[0] if isinstance(thing, tuple) else thing
            which = getattr(first, "pk", first if isinstance(first, int) else "")
            logger.warning("%s %s of a round: %s", type(first).__name__, which, last)
        else:
            done += 1
    if failed:
        raise SomeFailed(f"{failed} of {done + failed} failed, the last with {last}")


def one_after_another(*rounds: Callable[[], object]) -> None:
    """Several rounds of one recurring deed: what failed in one keeps no other from being done."""
    failures = []
    for one in rounds:
        try:
            one()
        except SomeFailed as failure:
            failures.append(str(failure))
    if failures:
        raise SomeFailed("; ".join(failures))
