"""What comes due: published again, begun again, and done at the terminal."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.jobs.asking import enqueue, publish
from core.jobs.registry import names, registered
from core.jobs.worker import free, run
from core.models import LIVE, Job, JobState

SEND_AGAIN_AFTER = timedelta(seconds=10)
SWEEP_AT_MOST = 100
RECURRING = "recurring"


def due(now: datetime) -> QuerySet[Job]:
    """Every job that a worker could take at this moment, the longest waiting first."""
    return Job.objects.filter(free(now)).order_by("due_at", "pk")


def sweep(now: datetime | None = None) -> int:
    """Publish again what is due and was not published lately; the number published.

    What was published is left for 10 seconds before it is sent again, so that a long queue is not doubled at
    each sweep. It stops at the first refusal: the broker is down, and the next sweep is a few seconds off.
    """
    now = now or timezone.now()
    unsent = Q(published_at__isnull=True) | Q(published_at__lte=now - SEND_AGAIN_AFTER)
    orphaned = Q(state=JobState.RUNNING, published_at__lte=F("claimed_until"))
    waiting = due(now).filter(unsent | orphaned).values_list("pk", flat=True)[:SWEEP_AT_MOST]
    sent = 0
    for job_id in list(waiting):
        if not publish(job_id):
            break
        Job.objects.filter(pk=job_id, state__in=LIVE).update(published_at=now)
        sent += 1
    return sent


def tick(now: datetime | None = None) -> int:
    """See that every recurring deed, and no other, stands in the ledger; the number newly written."""
    wanted = {name for name in names() if registered(name).every}
    rows = Job.objects.filter(key=RECURRING, state__in=LIVE)
    rows.filter(state=JobState.QUEUED).exclude(name__in=wanted).delete()
    missing = wanted.difference(rows.values_list("name", flat=True))
    for name in sorted(missing):
        enqueue(name, key=RECURRING, now=now)
    return len(missing)


def run_due(now: datetime | None = None, *, at_most: int = 10_000) -> int:
    """Do everything that is due, here, one after the other, with what follows from it; the number done.

    For the terminal, for machines without a worker, and for tests. `now` sets the moment for all of it.
    """
    tick(now)
    done = 0
    for _ in range(at_most):
        next_one = due(now or timezone.now()).filter(name__in=names()).first()
        if next_one is None:
            break
        done += run(next_one.pk, now=now)
    return done


def forget(before: datetime) -> int:
    """Delete jobs done before that moment; the number deleted. Jobs given up stay, to be looked at."""
    return Job.objects.filter(state=JobState.DONE, finished_at__lt=before).delete()[0]
