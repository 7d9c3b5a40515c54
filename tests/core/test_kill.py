"""`kill -9` in the middle of ten jobs: nothing lost, no effect twice. A real worker, clock and broker.

On the embedded default the broker is a folder; with CELERY_BROKER_URL and DATABASE_URL in the environment
the same trial runs there.
"""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from core import jobs
from core.models import Job, JobState, ReferenceCounter

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Trial:
    """One folder, one database, one queue; and a worker that can be started and killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.worker: subprocess.Popen[bytes] | None = None
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.core.trial.settings",
            "TRIAL_FOLDER": str(folder),
            "TRIAL_DATABASE": str(connection.settings_dict["NAME"]),
            "TRIAL_QUEUE": f"trial-{uuid.uuid4().hex}",
        }

    def ask(self, kind: str) -> None:
        """Ten jobs, asked for by another process, as a page would."""
        command = [sys.executable, "-m", "tests.core.trial", kind]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, timeout=30)

    def start(self) -> None:
        """A worker with two processes and the clock, in a process group of its own."""
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-B"]
        command += [
            "--concurrency=2",
            "--loglevel=WARNING",
            "--without-gossip",
            "--without-mingle",
        ]
        log = (self.folder / "worker.log").open("ab")
        self.worker = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()

    def kill(self) -> None:
        """`kill -9` for the worker, its processes and its clock, in one blow."""
        if self.worker is not None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait(10)
            self.worker = None

    def let_go(self) -> None:
        """From now on the work ends at once."""
        (self.folder / "go").touch()

    def started(self) -> Counter[str]:
        """How often each job was begun."""
        diary = self.folder / "diary"
        return Counter(diary.read_text().splitlines() if diary.exists() else ())

    def until(self, condition: Callable[[], object], *, seconds: float) -> None:
        """Look again and again; fail with the worker's own words when the time is up."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                said = (self.folder / "worker.log").read_text()[-3000:]
                rows = list(Job.objects.values_list("name", "key", "state", "attempts"))
                pytest.fail(f"Not within {seconds} s.\n{rows}\n{self.started()}\n{said}")
            time.sleep(0.1)


@pytest.fixture
def trial(tmp_path: Path, transactional_db: None) -> Iterator[Trial]:
    """A trial whose worker is gone afterwards, whatever happened."""
    held = Trial(tmp_path)
    yield held
    held.kill()


def done() -> int:
    """The jobs of the trial that are done."""
    return Job.objects.filter(name__startswith="trial.", state=JobState.DONE).count()


def effects() -> dict[int, int]:
    """What each number's job did to the database, and how many times."""
    return dict(ReferenceCounter.objects.values_list("year", "last"))


@pytest.mark.parametrize(("kind", "at_once"), [("slow", 2), ("short", 1)])
def test_kill_9_in_the_middle_loses_nothing_and_does_nothing_twice(
    trial: Trial, kind: str, at_once: int
) -> None:
    trial.ask(kind)
    trial.start()
    trial.until(lambda: len(trial.started()) >= at_once, seconds=20)
    trial.kill()
    interrupted = trial.started()
    assert (done(), effects()) == (0, {})

    trial.let_go()
    trial.start()
    trial.until(lambda: done() == 10, seconds=35)
    assert effects() == dict.fromkeys(range(1, 11), 1)
    assert trial.started() == Counter(f"{kind} {n}" for n in range(1, 11)) + interrupted


def test_a_job_whose_worker_was_killed_does_not_wait_for_its_lease(trial: Trial) -> None:
    """Ten minutes of lease, and it is begun again within seconds, since its worker is known to be dead."""
    trial.ask("long")
    trial.start()
    trial.until(lambda: len(trial.started()) == 2, seconds=20)
    trial.kill()
    interrupted = trial.started()
    trial.let_go()
    trial.start()
    trial.until(lambda: done() == 10, seconds=35)
    assert effects() == dict.fromkeys(range(1, 11), 1)
    assert trial.started() == Counter(f"long {n}" for n in range(1, 11)) + interrupted


def test_a_job_whose_worker_lives_is_left_to_it(trial: Trial, settings: Any) -> None:
    settings.VAR_DIR = trial.folder
    trial.ask("long")
    trial.start()
    trial.until(lambda: len(trial.started()) == 2, seconds=20)
    assert jobs.free_what_the_dead_held() == 0
    assert set(trial.started().values()) == {1}
    trial.kill()
    freed: list[int] = []  # a killed process takes a moment to be gone
    trial.until(lambda: freed.append(jobs.free_what_the_dead_held()) or sum(freed) == 2, seconds=5)
    assert jobs.free_what_the_dead_held() == 0
    assert list((trial.folder / "workers").iterdir()) == []
