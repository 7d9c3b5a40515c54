"""The ledger when many ask, and many work, at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from core import jobs
from core.jobs import registry
from core.models import Job, JobState, ReferenceCounter
from core.references import next_reference

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 6


@pytest.fixture(autouse=True)
def two_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of each kind; the effect is counted by the database."""
    monkeypatch.setattr(registry, "_registry", {})

    @jobs.job("atomic", atomic=True)
    def atomic() -> None:
        next_reference("TRIAL", 2026)

    @jobs.job("plain")
    def plain() -> None:
        next_reference("TRIAL", 2026)


def at_once(deed: Callable[[], object]) -> list[object]:
    """What each of six threads got for the same deed, begun at the same moment."""
    answers: list[object] = []
    start = threading.Barrier(MANY)

    def once() -> None:
        try:
            start.wait(10)
            answers.append(deed())
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.fixture(params=["atomic", "plain"])
def name(request: pytest.FixtureRequest) -> str:
    """Both kinds of job."""
    return str(request.param)


def test_six_who_ask_for_the_same_get_the_same_job(name):
    answers = at_once(lambda: jobs.enqueue(name, key="a").pk)
    assert answers == [Job.objects.get().pk] * MANY


def test_six_workers_do_a_job_once(name):
    found = jobs.enqueue(name, key="a")
    assert sorted(map(str, at_once(lambda: jobs.run(found.pk)))) == ["False"] * 5 + ["True"]
    assert ReferenceCounter.objects.get().last == 1
    assert Job.objects.get().state == JobState.DONE


def test_what_is_asked_while_workers_work_is_never_lost(name):
    """Half ask and half work: whatever the order, no job stays undone that was asked for after a round began."""
    asked = jobs.enqueue(name, key="a")
    turns = iter(range(MANY))
    lock = threading.Lock()

    def ask_or_work() -> None:
        with lock:
            turn = next(turns)
        if turn % 2:
            jobs.enqueue(name, key="a")
        else:
            jobs.run(asked.pk)

    assert at_once(ask_or_work) == [None] * MANY
    jobs.run_due()
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    rounds = ReferenceCounter.objects.get().last
    assert Job.objects.count() <= rounds <= 4
