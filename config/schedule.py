"""The timetable of recurring work, as a table.

The clock only looks, often and cheaply: what is due stands in the database, so an outage of the clock
costs time and nothing else. Recurring deeds are not here: they register with `core.jobs.recurring` in their
app's `tasks.py`, and `core.tick` puts them in the ledger.
"""

from datetime import timedelta
from typing import Any

# (task, how often)
CLOCK = [
    ("core.sweep_jobs", timedelta(seconds=5)),  # publish again what waits or was left behind
    ("core.tick", timedelta(minutes=1)),  # see that every recurring deed stands in the ledger
]


def beat_schedule() -> dict[str, dict[str, Any]]:
    """The table as Celery's beat reads it.

    A call that nobody took before the next was due is thrown away by the worker: after an outage one
    look is enough.
    """
    return {
        task: {"task": task, "schedule": every, "options": {"expires": every.total_seconds()}}
        for task, every in CLOCK
    }
