"""Asking for work: a row in the caller's transaction, a word to the broker after it."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.jobs.registry import registered
from core.models import LIVE, Job, JobState

logger = logging.getLogger(__name__)

_publisher: Callable[[int], object] | None = None


def publish_with(publisher: Callable[[int], object]) -> None:
    """Say how a job's id reaches a worker. Without a publisher the sweep or `run_jobs` finds the work."""
    global _publisher
    _publisher = publisher


def enqueue(
    name: str,
    *,
    key: str,
    due_at: datetime | None = None,
    now: datetime | None = None,
    **arguments: int | str,
) -> Job:
    """Write the job down in the caller's transaction and publish it after the commit.

    Idempotent by name and key while the job is live. One that waits is only brought forward; one
    under way is done once more afterwards, since it may not have seen what the caller has just changed.
    Arguments are ids, never contents. Raises UnknownJob, or ValueError for a live job with other arguments.
    """
    registered(name)
    now = now or timezone.now()
    due_at = due_at or now
    with transaction.atomic():
        found = _live(name, key) or _write(name, key, arguments, due_at, now) or _live(name, key)
        if found is None:  # finished in the instant between: then it is ours to write
            return enqueue(name, key=key, due_at=due_at, now=now, **arguments)
        if found.arguments != arguments:
            raise ValueError(f"{name} {key} already waits with other arguments.")
        _ask_again(found, due_at)
        if found.state == JobState.QUEUED and found.due_at <= now:
            transaction.on_commit(partial(publish, found.pk))
    return found


def _live(name: str, key: str) -> Job | None:
    """The live job of that key, locked, so that no worker takes it before the caller has committed."""
    return Job.objects.select_for_update().filter(name=name, key=key, state__in=LIVE).first()


def _write(
    name: str, key: str, arguments: dict[str, Any], due_at: datetime, now: datetime
) -> Job | None:
    """A new row, or None when somebody else wrote it first."""
    try:
        with transaction.atomic():
            return Job.objects.create(
                name=name,
                key=key,
                arguments=arguments,
                due_at=due_at,
                created_at=now,
                published_at=now if due_at <= now else None,
            )
    except IntegrityError:
        return None


def _ask_again(found: Job, due_at: datetime) -> None:
    """Make a job that was already there serve this request too."""
    if found.state == JobState.RUNNING:
        found.asked_again = True
        found.save(update_fields=("asked_again",))
    elif due_at < found.due_at:
        found.due_at = due_at
        found.save(update_fields=("due_at",))


def publish(job_id: int) -> bool:
    """Hand the id to the broker. False when that failed: the row is safe, and the sweep tries again."""
    if _publisher is None:
        return False
    try:
        _publisher(job_id)
    except Exception as error:  # whatever a broker throws, the page must not fail
        logger.warning(
            "Job %s could not be published (%s); the sweep will.", job_id, type(error).__name__
        )
        return False
    return True


def retry(job_id: int, *, now: datetime | None = None) -> bool:
    """Put a job that was given up back into the queue, with all its tries. False when it was not given up."""
    now = now or timezone.now()
    revived = Job.objects.filter(pk=job_id, state=JobState.FAILED).update(
        state=JobState.QUEUED, due_at=now, attempts=0, finished_at=None, published_at=now
    )
    if revived:
        transaction.on_commit(partial(publish, job_id))
    return bool(revived)
