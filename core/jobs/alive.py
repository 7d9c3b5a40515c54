"""Which workers of this machine are alive: each holds a lock that the system takes from it when it dies, however.

A job's claim begins with its worker's mark. Where the file of that mark can be locked by somebody else, its worker is
dead for certain, and the job need not wait for the lease to run out. A mark without a file says nothing: that worker
may live on another machine, and there the lease decides.
"""

import fcntl
import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from core.models import Job, JobState

logger = logging.getLogger(__name__)

MARK_LENGTH = 12  # of the 32 characters of a claim
_own: dict[Path, tuple[str, int]] = {}  # folder: this process's mark there, and its open file


def new_claim() -> str:
    """A claim that no other has, beginning with the mark of this process."""
    return mark() + uuid.uuid4().hex[MARK_LENGTH:]


def mark() -> str:
    """The mark of this process, whose file is locked from now on until the process ends."""
    folder = _folder()
    if folder in _own:
        return _own[folder][0]
    name = uuid.uuid4().hex[:MARK_LENGTH]
    with suppress(OSError):  # nowhere to write or to lock: then the lease alone decides
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / name, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _own[folder] = name, file
    return name


def free_what_the_dead_held(now: datetime | None = None) -> int:
    """End the leases of workers that have died on this machine; the number of jobs that need not wait any more."""
    now, freed = now or timezone.now(), 0
    try:
        paths = list(_folder().iterdir())
    except OSError:
        return 0
    for path in paths:
        with _of_the_dead(path) as is_dead:
            if not is_dead:
                continue
            held = Job.objects.filter(
                claimed_by__startswith=path.name, state=JobState.RUNNING, claimed_until__gte=now
            )
            count = held.update(claimed_until=now - timedelta(microseconds=1))
            path.unlink(missing_ok=True)
        if count:
            logger.warning("A worker ended in the middle of %s of its jobs; begun again.", count)
        freed += count
    return freed


@contextmanager
def _of_the_dead(path: Path) -> Iterator[bool]:
    """Whether nobody alive holds that file; held here meanwhile, so that only one looks."""
    try:
        file = os.open(path, os.O_RDWR)
    except OSError:
        yield False
        return
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(file)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "workers"


def _forget_the_parents() -> None:
    """A forked process is a worker of its own, and must not keep its parent's lock alive."""
    for _, file in _own.values():
        os.close(file)
    _own.clear()


os.register_at_fork(after_in_child=_forget_the_parents)
