"""References: in order, by prefix and year, never the same one twice."""

import threading

import pytest
from django.db import connection, transaction

from core.models import ReferenceCounter
from core.references import next_reference


@pytest.mark.django_db
def test_references_count_up_by_prefix_and_year():
    assert [next_reference("JI", 2026) for _ in range(2)] == [
        "JI-2026-001",
        "JI-2026-002",
    ]
    assert next_reference("JI", 2027) == "JI-2027-001"
    assert next_reference("MC", 2026) == "MC-2026-001"


@pytest.mark.django_db
def test_after_999_the_number_grows():
    ReferenceCounter.objects.create(prefix="JI", year=2026, last=999)
    assert next_reference("JI", 2026) == "JI-2026-1000"


@pytest.mark.django_db
def test_a_number_whose_transaction_was_undone_was_never_used():
    with transaction.atomic():
        next_reference("JI", 2026)
        transaction.set_rollback(True)
    assert next_reference("JI", 2026) == "JI-2026-001"


@pytest.mark.django_db(transaction=True)
def test_four_at_once_never_get_the_same():
    given: list[str] = []
    start = threading.Barrier(4)

    def take_ten() -> None:
        start.wait(10)
        given.extend(next_reference("JI", 2026) for _ in range(10))
        connection.close()

    threads = [threading.Thread(target=take_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(given) == [f"JI-2026-{number:03d}" for number in range(1, 41)]
