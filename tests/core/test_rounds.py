"""A round of the clock over many things: each on its own."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from core import jobs
from core.jobs import registry
from core.models import Job, JobState, ReferenceCounter
from core.references import next_reference
from workspace.queries import health

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EVERY = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the handlers of the test are known."""
    monkeypatch.setattr(registry, "_registry", {})


def write_for(year: int) -> None:
    """Write a row, and fail after it for one of them."""
    next_reference("TRIAL", year)
    if year == 2026:
        raise RuntimeError("Morag Sinclair, 07700 900123")


def written() -> list[int]:
    return list(ReferenceCounter.objects.order_by("year").values_list("year", flat=True))


def test_a_fault_in_one_is_undone_and_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(
        jobs.SomeFailed, match=r"^1 of 3 failed, the last with builtins.RuntimeError"
    ):
        jobs.each([2025, 2026, 2027], write_for)
    assert written() == [2025, 2027]
    assert "int 2026 of a round: builtins.RuntimeError" in caplog.text
    assert "Morag" not in caplog.text


def test_a_round_without_a_fault_says_nothing() -> None:
    jobs.each([2025, 2027], write_for)
    assert written() == [2025, 2027]


def test_a_worker_that_lost_its_job_stops_the_round() -> None:
    def lost(year: int) -> None:
        raise jobs.LeaseLost

    with pytest.raises(jobs.LeaseLost):
        jobs.each([2025], lost)


def test_what_failed_in_one_round_keeps_no_other_from_being_done() -> None:
    with pytest.raises(jobs.SomeFailed, match="1 of 1 failed"):
        jobs.one_after_another(
            lambda: jobs.each([2026], write_for), lambda: jobs.each([2027], write_for)
        )
    assert written() == [2027]


def test_a_recurring_deed_that_failed_for_some_is_seen_and_keeps_its_pace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    faults = [2026]

    @jobs.recurring("remind", every=EVERY)
    def remind() -> None:
        jobs.each([2025, *faults], write_for)

    jobs.tick(NOW)
    found = Job.objects.get()
    for minute in range(8):
        jobs.run(found.pk, now=NOW + minute * EVERY)
        found.refresh_from_db()
        assert (found.state, found.due_at) == (JobState.QUEUED, NOW + (minute + 1) * EVERY)
    assert found.last_error.startswith("1 of 2 failed")
    assert health(NOW).as_dict()["recurring_failing"] == 1
    assert [one for one in caplog.records if one.levelno == logging.ERROR]

    faults.clear()
    jobs.run(found.pk, now=NOW + 8 * EVERY)
    found.refresh_from_db()
    assert (found.attempts, found.last_error) == (0, "")
    assert health(NOW).as_dict()["recurring_failing"] == 0
