"""The ledger of work that must not be lost, whatever the broker does.

A page writes a row in its own transaction (`enqueue`). After the commit the row's id is published; a
worker takes it by compare-and-set with a lease (`run`). The clock publishes again whatever is due or
whose lease ran out (`sweep`), so a broker that is down, or a worker that is killed, only costs time.

What a handler must know: it may run twice (killed after its work, before the ledger heard of it).
* Short work that only touches the database: `@job(name, atomic=True)`. Work and the mark "done" are then
  one transaction, so its effect happens exactly once, and a worker that lost its lease changes nothing.
* Anything else: look first whether the work is already done. In long work call `heartbeat()` well
  within the lease; called first inside the transaction that writes the result, it also
  makes sure that this worker, and no other, still holds the job.
"""

import inspect
import logging
import traceback
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Case, F, PositiveIntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from core.models import LIVE, Job, JobState

logger = logging.getLogger(__name__)

Handler = TypeVar("Handler", bound=Callable[..., object])

SEND_AGAIN_AFTER = timedelta(seconds=10)
SWEEP_AT_MOST = 100
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)


class LeaseLost(Exception):
    """Another worker holds this job now; whatever was done here must not be written."""


class GiveUp(Exception):
    """Raised by a handler when trying again cannot help. The sentence is stored: no personal data."""


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
_publisher: Callable[[int], object] | None = None


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


def registered(name: str) -> Registration:
    """The handler of that name and its terms; UnknownJob when there is none."""
    try:
        return _registry[name]
    except KeyError:
        raise UnknownJob(f"No job is called {name}.") from None


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
    except Exception as error:  # noqa: BLE001 - whatever a broker throws, the page must not fail
        logger.warning("Job %s could not be published (%s); the sweep will.", job_id, _kind(error))
        return False
    return True


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
    claim = _claim(found, how, now)
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
    except Exception as error:  # noqa: BLE001 - any fault of a handler is the ledger's business
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

    def fail(self, error: Exception) -> None:
        """Back into the queue after a pause, or given up."""
        now = self.now()
        attempt = self.job.attempts
        last_error = (str(error) if isinstance(error, GiveUp) else _place(error))[:300]
        is_last = isinstance(error, GiveUp) or attempt >= self.how.tries
        changes: dict[str, Any] = {"state": JobState.QUEUED}
        if is_last and not self.how.every:
            changes = {"finished_at": now, **_unless_asked_again(JobState.FAILED)}
        try:
            self._release(last_error=last_error, due_at=now + _pause(attempt), **changes)
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


def _claim(found: Job, how: Registration, given_now: datetime | None) -> Claim | None:
    """Take the job by compare-and-set; None when it is not due, taken, or has crashed too often."""
    now = given_now or timezone.now()
    token = uuid.uuid4().hex
    if found.state == JobState.RUNNING and found.attempts >= how.tries and not how.every:
        _bury(found, now)
        return None
    taken = Job.objects.filter(_free(now), pk=found.pk, attempts=found.attempts).update(
        state=JobState.RUNNING,
        claimed_by=token,
        claimed_until=now + how.lease,
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    found.refresh_from_db()
    return Claim(found, how, token, given_now)


def _free(now: datetime) -> Q:
    """Waiting and due, or left behind by a worker whose lease ran out."""
    return Q(state=JobState.QUEUED, due_at__lte=now) | Q(
        state=JobState.RUNNING, claimed_until__lt=now
    )


def _bury(found: Job, now: datetime) -> None:
    """Give up a job whose worker died every time."""
    sentence = "The worker stopped in the middle of it, every time."
    buried = Job.objects.filter(_free(now), pk=found.pk, claimed_by=found.claimed_by).update(
        state=JobState.FAILED,
        finished_at=now,
        last_error=sentence,
        claimed_by="",
        claimed_until=None,
    )
    if buried:
        logger.error("Job %s (%s) given up. %s", found.pk, found.name, sentence)


def due(now: datetime) -> QuerySet[Job]:
    """Every job that a worker could take at this moment, the longest waiting first."""
    return Job.objects.filter(_free(now)).order_by("due_at", "pk")


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
    """See that every recurring deed stands in the ledger; the number newly written."""
    now = now or timezone.now()
    standing = set(
        Job.objects.filter(key="recurring", state__in=LIVE).values_list("name", flat=True)
    )
    missing = [how.name for how in _registry.values() if how.every and how.name not in standing]
    for name in missing:
        enqueue(name, key="recurring", now=now)
    return len(missing)


def run_due(now: datetime | None = None, *, at_most: int = 10_000) -> int:
    """Do everything that is due, here, one after the other, with what follows from it; the number done.

    For the terminal, for machines without a worker, and for tests. `now` sets the moment for all of it.
    """
    tick(now)
    done = 0
    for _ in range(at_most):
        next_one = due(now or timezone.now()).filter(name__in=_registry).first()
        if next_one is None:
            break
        done += run(next_one.pk, now=now)
    return done


def retry(job_id: int, *, now: datetime | None = None) -> bool:
    """Put a job that was given up back into the queue, with all its tries. False when it was not given up."""
    now = now or timezone.now()
    revived = Job.objects.filter(pk=job_id, state=JobState.FAILED).update(
        state=JobState.QUEUED, due_at=now, attempts=0, finished_at=None, published_at=now
    )
    if revived:
        transaction.on_commit(partial(publish, job_id))
    return bool(revived)


def forget(before: datetime) -> int:
    """Delete jobs done before that moment; the number deleted. Jobs given up stay, to be looked at."""
    return Job.objects.filter(state=JobState.DONE, finished_at__lt=before).delete()[0]


def _kind(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _place(error: Exception) -> str:
    """The kind of error and where it arose, in one line, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    where = (
        f"{Path(frame.filename).name} line {frame.lineno} ({frame.name})" for frame in frames[-1:]
    )
    return " in ".join([_kind(error), *where])
