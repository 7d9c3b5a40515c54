"""The ledger: asked once, done once, tried again, taken over, given up aloud."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core import jobs
from core.jobs import asking, registry, worker
from core.models import Job, JobState, ReferenceCounter
from core.references import next_reference

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SOMEBODY = "Morag Sinclair, 07700 900123"


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the handlers of the test are known."""
    monkeypatch.setattr(registry, "_registry", {})


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids handed to the broker, a list."""
    ids: list[int] = []
    monkeypatch.setattr(asking, "_publisher", ids.append)
    return ids


@pytest.fixture
def calls() -> list[dict[str, object]]:
    """The calls of the job "count"."""
    seen: list[dict[str, object]] = []

    @jobs.job("count", lease=60 * SECOND)
    def count(**arguments: object) -> None:
        seen.append(arguments)

    return seen


def failing(times: int, name: str = "fragile") -> list[int]:
    """Register a job that fails so many times before it works."""
    attempts: list[int] = []

    @jobs.job(name, tries=3)
    def fragile() -> None:
        attempts.append(1)
        if len(attempts) <= times:
            raise RuntimeError(SOMEBODY)

    return attempts


def test_a_job_is_published_only_after_the_commit(
    published, calls, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as waiting:
        found = jobs.enqueue("count", key="a", person=7)
        assert published == []
    for callback in waiting:
        callback()
    assert published == [found.pk]
    assert jobs.run(found.pk)
    assert calls == [{"person": 7}]


def test_a_rollback_leaves_no_job(calls):
    with transaction.atomic():
        jobs.enqueue("count", key="a")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_the_same_key_is_one_job_while_it_waits_and_another_once_it_is_done(calls):
    first = jobs.enqueue("count", key="a", now=NOW)
    assert jobs.enqueue("count", key="a", now=NOW).pk == first.pk
    assert jobs.run(first.pk, now=NOW)
    assert jobs.enqueue("count", key="a", now=NOW).pk != first.pk
    assert len(calls) == 1


def test_the_database_itself_refuses_two_live_jobs_of_one_key(calls):
    jobs.enqueue("count", key="a", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(name="count", key="a", due_at=NOW, created_at=NOW)


def test_a_waiting_job_with_other_arguments_is_refused(calls):
    jobs.enqueue("count", key="a", person=7)
    with pytest.raises(ValueError, match="other arguments"):
        jobs.enqueue("count", key="a", person=8)


def test_a_waiting_job_is_brought_forward_and_never_put_off(calls):
    jobs.enqueue("count", key="a", now=NOW, due_at=NOW + 60 * SECOND)
    assert jobs.enqueue("count", key="a", now=NOW).due_at == NOW
    assert jobs.enqueue("count", key="a", now=NOW, due_at=NOW + 60 * SECOND).due_at == NOW


def test_an_unknown_job_cannot_be_asked_for():
    with pytest.raises(jobs.UnknownJob, match=r"No job is called nothing\."):
        jobs.enqueue("nothing", key="a")


def test_two_handlers_cannot_share_a_name(calls):
    with pytest.raises(ValueError, match="Two handlers"):
        jobs.job("count")(print)


def test_a_job_is_not_done_before_it_is_due(calls):
    found = jobs.enqueue("count", key="a", now=NOW, due_at=NOW + SECOND)
    assert not jobs.run(found.pk, now=NOW)
    assert jobs.run(found.pk, now=NOW + SECOND)
    assert not jobs.run(found.pk, now=NOW + 2 * SECOND)
    assert len(calls) == 1


def test_a_broker_that_is_down_costs_only_time(
    calls, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def down(job_id: int) -> None:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(asking, "_publisher", down)
    with django_capture_on_commit_callbacks(execute=True):
        found = jobs.enqueue("count", key="a", now=NOW)
    assert "could not be published" in caplog.text
    assert jobs.sweep(NOW + 60 * SECOND) == 0
    ids: list[int] = []
    monkeypatch.setattr(asking, "_publisher", ids.append)
    assert jobs.sweep(NOW + 60 * SECOND) == 1
    assert ids == [found.pk]


def test_sweep_leaves_alone_what_was_just_published_and_what_is_not_due(calls, published):
    jobs.enqueue("count", key="a", now=NOW)
    jobs.enqueue("count", key="later", now=NOW, due_at=NOW + 3600 * SECOND)
    assert jobs.sweep(NOW + 5 * SECOND) == 0
    assert jobs.sweep(NOW + 11 * SECOND) == 1
    assert jobs.sweep(NOW + 12 * SECOND) == 0
    assert jobs.sweep(NOW + 3601 * SECOND) == 2


def test_a_failure_is_tried_again_after_a_growing_pause(published):
    attempts = failing(2)
    found = jobs.enqueue("fragile", key="a", now=NOW)
    assert not jobs.run(found.pk, now=NOW)
    assert not jobs.run(found.pk, now=NOW + 9 * SECOND)
    assert not jobs.run(found.pk, now=NOW + 10 * SECOND)
    assert not jobs.run(found.pk, now=NOW + 29 * SECOND)
    assert jobs.run(found.pk, now=NOW + 30 * SECOND)
    assert len(attempts) == 3
    found.refresh_from_db()
    assert (found.state, found.last_error) == (JobState.DONE, "")


def test_after_the_last_try_it_is_given_up_aloud_without_naming_anybody(caplog):
    failing(3)
    found = jobs.enqueue("fragile", key="a", now=NOW)
    for minutes in range(3):
        jobs.run(found.pk, now=NOW + minutes * 60 * SECOND)
    found.refresh_from_db()
    assert found.state == JobState.FAILED
    assert found.last_error.startswith("builtins.RuntimeError in test_jobs.py line ")
    assert "Morag" not in found.last_error + caplog.text
    assert [record.levelno for record in caplog.records][-1] == logging.ERROR


def test_a_job_given_up_can_be_put_back(published, django_capture_on_commit_callbacks):
    failing(3)
    found = jobs.enqueue("fragile", key="a", now=NOW)
    for minutes in range(3):
        jobs.run(found.pk, now=NOW + minutes * 60 * SECOND)
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.retry(found.pk, now=NOW)
    assert published == [found.pk]
    assert jobs.run(found.pk, now=NOW)
    assert not jobs.retry(found.pk, now=NOW)


def test_a_handler_may_give_up_at_once_with_a_sentence():
    @jobs.job("hopeless")
    def hopeless() -> None:
        raise jobs.GiveUp("The file is gone.")

    found = jobs.enqueue("hopeless", key="a", now=NOW)
    assert not jobs.run(found.pk, now=NOW)
    found.refresh_from_db()
    assert (found.state, found.last_error) == (JobState.FAILED, "The file is gone.")


def test_a_job_that_must_wait_waits_without_being_given_up_and_then_runs(caplog):
    there: list[str] = []

    @jobs.job("drawn", tries=2)
    def drawn() -> None:
        if not there:
            raise jobs.NotYet("The library is missing.")

    row = jobs.enqueue("drawn", key="k", now=NOW)
    for minute in range(10):
        assert not jobs.run(row.pk, now=NOW + minute * 60 * SECOND)
        row.refresh_from_db()
        assert (row.state, row.attempts) == (JobState.QUEUED, 0)
        assert row.last_error == "The library is missing."
        assert row.due_at == NOW + (minute + 1) * 60 * SECOND
        assert not jobs.run(row.pk, now=NOW + (minute * 60 + 59) * SECOND)
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]

    there.append("now")
    assert jobs.run(row.pk, now=NOW + 600 * SECOND)
    row.refresh_from_db()
    assert (row.state, row.last_error) == (JobState.DONE, "")


def test_a_lease_keeps_others_out_until_it_runs_out(calls):
    found = jobs.enqueue("count", key="a", now=NOW)
    abandoned = worker.take(found, jobs.registered("count"), NOW)
    assert abandoned is not None
    assert not jobs.run(found.pk, now=NOW + 60 * SECOND)
    assert jobs.run(found.pk, now=NOW + 61 * SECOND)
    assert len(calls) == 1


def test_sweep_publishes_what_a_dead_worker_left(calls, published):
    found = jobs.enqueue("count", key="a", now=NOW)
    worker.take(found, jobs.registered("count"), NOW)
    assert jobs.sweep(NOW + 60 * SECOND) == 0
    assert jobs.sweep(NOW + 61 * SECOND) == 1


def test_a_stale_worker_does_not_overwrite_the_newer_claim(calls, caplog):
    found = jobs.enqueue("count", key="a", now=NOW)
    how = jobs.registered("count")
    stale = worker.take(found, how, NOW)
    newer = worker.take(Job.objects.get(pk=found.pk), how, NOW + 61 * SECOND)
    assert stale
    assert newer
    for write in (stale.heartbeat, stale.succeed):
        with pytest.raises(jobs.LeaseLost):
            write()
    stale.fail(RuntimeError())
    found.refresh_from_db()
    assert (found.state, found.claimed_by) == (JobState.RUNNING, newer.token)
    newer.succeed()
    found.refresh_from_db()
    assert found.state == JobState.DONE


def test_heartbeat_keeps_the_lease():
    seen: list[datetime | None] = []

    @jobs.job("long", lease=60 * SECOND)
    def long(*, heartbeat, now) -> None:
        Job.objects.update(claimed_until=now + SECOND)
        heartbeat()
        seen.append(Job.objects.get().claimed_until)

    found = jobs.enqueue("long", key="a", now=NOW)
    assert jobs.run(found.pk, now=NOW)
    assert seen == [NOW + 60 * SECOND]


def test_an_atomic_job_that_lost_its_lease_changes_nothing():
    @jobs.job("atomic", atomic=True)
    def atomic() -> None:
        next_reference("TRIAL", 2026)
        Job.objects.update(claimed_by="somebody else")

    found = jobs.enqueue("atomic", key="a", now=NOW)
    assert not jobs.run(found.pk, now=NOW)
    assert not ReferenceCounter.objects.exists()


def test_an_atomic_job_that_fails_changes_nothing():
    @jobs.job("atomic", atomic=True)
    def atomic() -> None:
        next_reference("TRIAL", 2026)
        raise RuntimeError

    found = jobs.enqueue("atomic", key="a", now=NOW)
    assert not jobs.run(found.pk, now=NOW)
    assert not ReferenceCounter.objects.exists()
    found.refresh_from_db()
    assert (found.state, found.attempts) == (JobState.QUEUED, 1)


def test_work_asked_for_while_it_runs_is_done_once_more():
    rounds: list[int] = []

    @jobs.job("summarise")
    def summarise() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            jobs.enqueue("summarise", key="a", now=NOW)

    found = jobs.enqueue("summarise", key="a", now=NOW)
    assert jobs.run(found.pk, now=NOW)
    assert jobs.run(found.pk, now=NOW)
    assert not jobs.run(found.pk, now=NOW)
    assert len(rounds) == 2


def test_a_job_that_kills_every_worker_is_given_up(calls, caplog):
    found = jobs.enqueue("count", key="a", now=NOW)
    how = jobs.registered("count")
    for minutes in range(how.tries):
        at = NOW + minutes * 120 * SECOND
        assert worker.take(Job.objects.get(pk=found.pk), how, at)
    assert not jobs.run(found.pk, now=NOW + timedelta(hours=1))
    found.refresh_from_db()
    assert (found.state, found.last_error) == (
        JobState.FAILED,
        "The worker stopped in the middle of it, every time.",
    )
    assert calls == []


def test_a_recurring_deed_comes_round_and_catches_up_once_after_an_outage():
    rounds: list[datetime] = []
    jobs.recurring("remind", every=60 * SECOND)(lambda now: rounds.append(now))
    for seconds in (0, 30, 60, 7200):
        jobs.run_due(NOW + seconds * SECOND)
    assert rounds == [NOW, NOW + 60 * SECOND, NOW + 7200 * SECOND]
    assert jobs.tick(NOW) == 0
    assert Job.objects.count() == 1


def test_a_recurring_deed_that_is_no_more_leaves_the_ledger(calls, monkeypatch):
    jobs.recurring("remind", every=60 * SECOND)(lambda now: None)
    kept = jobs.enqueue("count", key="a", now=NOW)
    assert jobs.tick(NOW) == 1
    monkeypatch.delitem(registry._registry, "remind")
    assert jobs.tick(NOW) == 0
    assert list(Job.objects.all()) == [kept]


def test_a_recurring_deed_that_fails_is_never_given_up(caplog):
    def broken(now: datetime) -> None:
        raise RuntimeError

    jobs.recurring("broken", every=60 * SECOND)(broken)
    for hours in range(8):
        jobs.run_due(NOW + timedelta(hours=2 * hours))
    assert Job.objects.get().state == JobState.QUEUED
    assert Job.objects.get().attempts == 8
    assert caplog.records[-1].levelno == logging.ERROR


def test_one_broken_job_does_not_hold_up_the_rest(calls):
    failing(9)
    jobs.enqueue("fragile", key="a", now=NOW)
    jobs.enqueue("count", key="a", now=NOW)
    assert jobs.run_due(NOW) == 1
    assert len(calls) == 1


def test_run_jobs_says_how_many_it_did(calls, capsys):
    jobs.enqueue("count", key="a")
    jobs.enqueue("count", key="b")
    call_command("run_jobs")
    assert capsys.readouterr().out == "2 done.\n"


def test_forget_deletes_what_was_done_long_ago_and_keeps_what_failed(calls):
    failing(9)
    old = jobs.enqueue("count", key="old", now=NOW)
    given_up = jobs.enqueue("fragile", key="a", now=NOW)
    jobs.run(old.pk, now=NOW)
    for minutes in range(3):
        jobs.run(given_up.pk, now=NOW + minutes * 60 * SECOND)
    recent = jobs.enqueue("count", key="recent", now=NOW + timedelta(days=1))
    jobs.run(recent.pk, now=NOW + timedelta(days=1))
    assert jobs.forget(NOW + timedelta(hours=12)) == 1
    assert set(Job.objects.values_list("pk", flat=True)) == {given_up.pk, recent.pk}
