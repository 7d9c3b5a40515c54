"""Work that lasts until it is let go, so that a worker can be killed in the very middle."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from core import jobs, mail
from core.references import next_reference


@jobs.job("trial.slow", lease=timedelta(seconds=4))
def slow(*, number: int, heartbeat: Callable[[], None]) -> None:
    """Long work: wait to be let go, then write the result while the job is still ours."""
    tell(f"slow {number}")
    while not (settings.TRIAL_FOLDER / "go").exists():
        heartbeat()
        threading.Event().wait(0.2)
    with transaction.atomic():
        heartbeat()
        next_reference("SLOW", number)


@jobs.job("trial.long", lease=timedelta(minutes=10))
def long(*, number: int) -> None:
    """Work with a lease far longer than any test, as a report's PDF has."""
    tell(f"long {number}")
    while not (settings.TRIAL_FOLDER / "go").exists():
        threading.Event().wait(0.2)
    next_reference("LONG", number)


@jobs.job("trial.short", lease=timedelta(seconds=4), atomic=True)
def short(*, number: int) -> None:
    """Short work whose effect and mark are one transaction; the first waits, with its effect made."""
    next_reference("SHORT", number)
    tell(f"short {number}")
    while not (settings.TRIAL_FOLDER / "go").exists():
        threading.Event().wait(0.2)


@jobs.job("trial.day", lease=timedelta(seconds=4), atomic=True)
def day(*, number: int, now: datetime) -> None:
    """The letter of the day, ten times asked for; whoever has drawn it waits with it, before anything is written for good."""
    drawn = mail.draw_letter_of_the_day("morag@example.org", now=now)
    tell(f"day {number}")
    while drawn and not (settings.TRIAL_FOLDER / "go").exists():
        threading.Event().wait(0.2)


def tell(what: str) -> None:
    """One line in the trial's diary."""
    with (settings.TRIAL_FOLDER / "diary").open("a") as diary:
        diary.write(f"{what}\n")
