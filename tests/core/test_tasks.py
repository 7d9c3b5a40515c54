"""The floor's entrance for the clock."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import jobs, tasks
from core.models import Job, JobState

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_messages_that_were_taken_an_hour_ago_are_deleted(settings, tmp_path: Path) -> None:
    for name, minutes in [("old", 61), ("new", 59)]:
        (tmp_path / name).touch()
        at = (NOW - timedelta(minutes=minutes)).timestamp()
        os.utime(tmp_path / name, (at, at))
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"processed_folder": str(tmp_path)}
    tasks.empty_processed_folder(now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_without_such_a_folder_there_is_nothing_to_delete(settings) -> None:
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    tasks.empty_processed_folder(now=NOW)


@pytest.mark.django_db
def test_the_tasks_do_what_the_ledger_says() -> None:
    tasks.tick()
    waiting = Job.objects.get(name="core.forget_jobs")
    tasks.run_job(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == (JobState.QUEUED, 0)
    assert waiting.finished_at is None
    assert waiting.due_at > datetime.now(UTC)
    tasks.sweep_jobs()


@pytest.mark.django_db
def test_every_job_of_the_product_is_known_by_name() -> None:
    assert jobs.registered("core.send_letter").handler is tasks.send_letter
