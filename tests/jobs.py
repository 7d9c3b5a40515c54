"""What the worker would do, done here and now."""

from datetime import datetime

from core import jobs
from core.models import Job


def run_jobs(now: datetime | None = None) -> int:
    """Do everything that is due, in order, in this process; the number of jobs done.

    A job that goes wrong fails the test, with the kind and place of the error. Tests of failure itself call
    `core.jobs.run`. `now` sets the moment; without it the clock's, which tests set with time_machine.
    """
    done = jobs.run_due(now)
    wrong = Job.objects.exclude(last_error="").values_list("name", "key", "last_error")
    assert not wrong, "\n".join(" ".join(row) for row in wrong)
    return done
