"""Doing a job: take it with a lease, do it, write down how it went."""

import inspect
import logging
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Case, F, PositiveIntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from core.jobs.alive import new_claim
from core.jobs.registry import (
    GiveUp,
    LeaseLost,
    NotYet,
    Registration,
    SomeFailed,
    UnknownJob,
    registered,
)
from core.models import LIVE, Job, JobState

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
WAITING_PAUSE = timedelta(minutes=1)


def run(job_id: int, *, now: datetime | None = None) -> bool:
    """Do the job if it is due and free. True when it was done here and now.

    A failure is written down without its message, which might name a person, and tried again after a growing
    pause (10 s, 20 s, 40 s, at most an hour); after the last try the job is given up and logged as an error.
    """
    found = Job.objects.filter(pk=job_id, state__in=LIVE).first()
    if found is None:
        return False
    try:
        how = registered(found.name)
    except UnknownJob:
        logger.error("Job %s is called %s, which nobody knows.", job_id, found.name)
        return False
    claim = take(found, how, now)
    if claim is None:
        return False
    try:
        if how.atomic:
            with transaction.atomic():
                claim.heartbeat()
                claim.call()
                claim.succeed()
        else:
            claim.call()
            claim.succeed()
    except LeaseLost:
        logger.warning("Job %s (%s) was taken over by another worker.", job_id, found.name)
        return False
    except NotYet as reason:
        claim.wait(reason)
        return False
    except Exception as error:
        claim.fail(error)
        return False
    return True


@dataclass(frozen=True)
class Claim:
    """One worker's hold on one job. Every write names the claim's token, so a stale worker writes nothing."""

    job: Job
    how: Registration
    token: str
    given_now: datetime | None

    def now(self) -> datetime:
        """The moment that the caller set, or the clock's."""
        return self.given_now or timezone.now()

    def held(self) -> QuerySet[Job]:
        """The job's row, while this claim is the one that stands."""
        return Job.objects.filter(pk=self.job.pk, claimed_by=self.token, state=JobState.RUNNING)

    def heartbeat(self) -> None:
        """Renew the lease from this moment; LeaseLost when another worker has taken over."""
        if not self.held().update(claimed_until=self.now() + self.how.lease):
            raise LeaseLost

    def call(self) -> None:
        """Call the handler with its arguments, and with `now` and `heartbeat` where it names them."""
        offered = {"now": self.now(), "heartbeat": self.heartbeat}
        wanted = inspect.signature(self.how.handler).parameters
        extras = {name: value for name, value in offered.items() if name in wanted}
        self.how.handler(**self.job.arguments, **extras)

    def succeed(self) -> None:
        """Mark the job done, or back in the queue when it recurs or was asked for again meanwhile."""
        now = self.now()
        if self.how.every:
            self._release(state=JobState.QUEUED, due_at=now + self.how.every, attempts=0)
        else:
            self._release(**_unless_asked_again(JobState.DONE), due_at=now, finished_at=now)

    def wait(self, reason: NotYet) -> None:
        """Back into the queue for a minute, with all the tries it had."""
        changes: dict[str, Any] = {"state": JobState.QUEUED, "attempts": self.job.attempts - 1}
        sentence = str(reason)[:300]
        try:
            self._release(last_error=sentence, due_at=self.now() + WAITING_PAUSE, **changes)
        except LeaseLost:
            return
        logger.info("Job %s (%s) waits. %s", self.job.pk, self.job.name, sentence)

    def fail(self, error: Exception) -> None:
        """Back into the queue after a pause, or given up."""
        now = self.now()
        attempt = self.job.attempts
        says = isinstance(error, GiveUp | SomeFailed)
        last_error = (str(error) if says else place_of_error(error))[:300]
        is_last = isinstance(error, GiveUp) or attempt >= self.how.tries
        changes: dict[str, Any] = {"state": JobState.QUEUED}
        if is_last and not self.how.every:
            changes = {"finished_at": now, **_unless_asked_again(JobState.FAILED)}
        pause = _pause(attempt)
        if self.how.every and isinstance(error, SomeFailed):
            pause = self.how.every
        try:
            self._release(last_error=last_error, due_at=now + pause, **changes)
        except LeaseLost:
            return
        frames = "".join(traceback.format_tb(error.__traceback__))
        level = logging.ERROR if is_last else logging.WARNING
        sentence = "Job %s (%s), attempt %s of %s: %s\n%s"
        of = (self.job.pk, self.job.name, attempt, self.how.tries)
        logger.log(level, sentence, *of, last_error, frames)

    def _release(self, **changes: Any) -> None:
        """Let go of the job. LeaseLost when it was no longer ours."""
        free = {"claimed_by": "", "claimed_until": None, "asked_again": False, "published_at": None}
        if not self.held().update(**{"last_error": "", **free, **changes}):
            raise LeaseLost


def _unless_asked_again(end: JobState) -> dict[str, Any]:
    """That state; or the queue, with all its tries, when somebody asked again while it ran."""
    state = Case(
        When(asked_again=True, then=Value(JobState.QUEUED.value)), default=Value(end.value)
    )
    attempts = Case(
        When(asked_again=True, then=Value(0)),
        default=F("attempts"),
        output_field=PositiveIntegerField(),
    )
    return {"state": state, "attempts": attempts}


def _pause(attempt: int) -> timedelta:
    """How long to wait after that failed attempt, the first being 1."""
    return min(FIRST_PAUSE * (1 << min(attempt - 1, 10)), LONGEST_PAUSE)


def take(found: Job, how: Registration, given_now: datetime | None) -> Claim | None:
    """Take the job by compare-and-set; None when it is not due, taken, or has crashed too often."""
    now = given_now or timezone.now()
    token = new_claim()
    if found.state == JobState.RUNNING and found.attempts >= how.tries and not how.every:
        _bury(found, now)
        return None
    taken = Job.objects.filter(free(now), pk=found.pk, attempts=found.attempts).update(
        state=JobState.RUNNING,
        claimed_by=token,
        claimed_until=now + how.lease,
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    found.refresh_from_db()
    return Claim(found, how, token, given_now)


def free(now: datetime) -> Q:
    """Waiting and due, or left behind by a worker whose lease ran out."""
    return Q(state=JobState.QUEUED, due_at__lte=now) | Q(
        state=JobState.RUNNING, claimed_until__lt=now
    )


def _bury(found: Job, now: datetime) -> None:
    """Give up a job whose worker died every time."""
    sentence = "The worker stopped in the middle of it, every time."
    buried = Job.objects.filter(free(now), pk=found.pk, claimed_by=found.claimed_by).update(
        state=JobState.FAILED,
        finished_at=now,
        last_error=sentence,
        claimed_by="",
        claimed_until=None,
    )
    if buried:
        logger.error("Job %s (%s) given up. %s", found.pk, found.name, sentence)


def place_of_error(error: Exception) -> str:
    """The kind of error and where it arose, in one line, without its message."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    frames = traceback.extract_tb(error.__traceback__)
    where = (
        f"{Path(frame.filename).name} line {frame.lineno} ({frame.name})" for frame in frames[-1:]
    )
    return " in ".join([kind, *where])
