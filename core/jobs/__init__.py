"""The ledger of work that must not be lost, whatever the broker does.

A page writes a row in its own transaction (`enqueue`). After the commit the row's id is published; a
worker takes it by compare-and-set with a lease (`run`). The clock publishes again whatever is due or
whose lease ran out (`sweep`), so a broker that is down, or a worker that is killed, only costs time. A worker that
died on the same machine is known to be dead (`free_what_the_dead_held`), and its job is begun again at once.

What a handler must know: it may run twice (killed after its work, before the ledger heard of it).
* Short work that only touches the database: `@job(name, atomic=True)`. Work and the mark "done" are then
  one transaction, so its effect happens exactly once, and a worker that lost its lease changes nothing.
* Anything else: look first whether the work is already done. In long work call `heartbeat()` well
  within the lease; called first inside the transaction that writes the result, it also
  makes sure that this worker, and no other, still holds the job.
* A round over many things: `each(things, do)`. A fault in one is undone, seen by the operator, and holds up no other.
"""

from core.jobs.alive import free_what_the_dead_held
from core.jobs.asking import enqueue, publish, publish_with, retry
from core.jobs.clock import due, forget, run_due, sweep, tick
from core.jobs.registry import (
    GiveUp,
    LeaseLost,
    NotYet,
    SomeFailed,
    UnknownJob,
    job,
    recurring,
    registered,
)
from core.jobs.rounds import each, one_after_another
from core.jobs.worker import run

__all__ = [
    "GiveUp",
    "LeaseLost",
    "NotYet",
    "SomeFailed",
    "UnknownJob",
    "due",
    "each",
    "enqueue",
    "forget",
    "free_what_the_dead_held",
    "job",
    "one_after_another",
    "publish",
    "publish_with",
    "recurring",
    "registered",
    "retry",
    "run",
    "run_due",
    "sweep",
    "tick",
]
