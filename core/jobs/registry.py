"""Which jobs there are, how each is done, and on what terms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

Handler = TypeVar("Handler", bound=Callable[..., object])


class LeaseLost(Exception):
    """Another worker holds this job now; whatever was done here must not be written."""


class GiveUp(Exception):
    """Raised by a handler when trying again cannot help. The sentence is stored: no personal data."""


class NotYet(Exception):
    """Raised by a handler when something that it needs is not there yet, and somebody may bring it at any time.

    The job is tried again every minute, uses up none of its tries and is never given up. The sentence is stored.
    """


class SomeFailed(Exception):
    """Raised at the end of a round in which some things failed and the others were done. The sentence is stored.

    The recurring deed comes round at its usual pace: those for whom nothing failed do not wait longer.
    """


class UnknownJob(LookupError):
    """No handler of that name is registered."""


@dataclass(frozen=True)
class Registration:
    """How one kind of job is done."""

    name: str
    handler: Callable[..., object]
    lease: timedelta
    tries: int
    atomic: bool
    every: timedelta | None = None


_registry: dict[str, Registration] = {}


def job(
    name: str, *, lease: timedelta = timedelta(minutes=2), tries: int = 5, atomic: bool = False
) -> Callable[[Handler], Handler]:
    """Register the function below as the handler of jobs called `name`.

    It is called with the job's arguments by keyword and, where its signature names them, `now`
    (a datetime) and `heartbeat` (renews the lease, raises LeaseLost).
    """

    def register(handler: Handler) -> Handler:
        _register(Registration(name, handler, lease, tries, atomic))
        return handler

    return register


def recurring(
    name: str, *, every: timedelta, lease: timedelta = timedelta(minutes=5), atomic: bool = False
) -> Callable[[Handler], Handler]:
    """Register a deed that comes round again, such as reminders: found by query, never by appointment.

    It is one row of the ledger that returns to the queue after each round, so two workers never do it at
    once, it catches up once after an outage, and a fault in it is retried and seen like any other.
    """

    def register(handler: Handler) -> Handler:
        _register(Registration(name, handler, lease, tries=5, atomic=atomic, every=every))
        return handler

    return register


def _register(how: Registration) -> None:
    if how.name in _registry:
        raise ValueError(f"Two handlers are called {how.name}.")
    _registry[how.name] = how


def names() -> list[str]:
    """Every job that has a handler here."""
    return list(_registry)


def registered(name: str) -> Registration:
    """The handler of that name and its terms; UnknownJob when there is none."""
    try:
        return _registry[name]
    except KeyError:
        raise UnknownJob(f"No job is called {name}.") from None
