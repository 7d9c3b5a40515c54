"""The record: a chain that shows when it was tampered with, and that nobody changes through the product."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from accounts.models import User
from audit.models import GENESIS, AppendOnly, ChainHead, Event
from audit.narrate import known, narrate
from audit.record import broken_links, record
from tests.inspections.record import undone

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("rona@example.org", "three unlikely words", name="Rona Brae")


def write(person: User, count: int = 1) -> None:
    with transaction.atomic():
        for _ in range(count):
            record(
                "accounts.account_opened",
                by=person,
                at=AT,
                subject=person,
                inspection="JI-2026-001",
            )


def test_record_links_each_event_to_the_one_before(person: User) -> None:
    write(person, 3)
    first, second, third = Event.objects.order_by("number")
    assert (first.number, first.previous_hash) == (1, GENESIS)
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    head = ChainHead.objects.get()
    assert (head.last_number, head.last_hash) == (3, third.hash)
    assert list(broken_links()) == []


def test_record_of_a_deed_that_fails_is_not_there(person: User) -> None:
    write(person)
    undone(lambda: write(person))
    write(person)
    assert list(Event.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert list(broken_links()) == []


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused() -> None:
    person = User.objects.create_user("rona@example.org", None, name="Rona Brae")
    with pytest.raises(RuntimeError, match="must be recorded in the transaction of its deed"):
        record("accounts.account_opened", by=person, at=AT, subject=person)


def test_events_are_never_changed_or_removed(person: User) -> None:
    write(person)
    event = Event.objects.get()
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    with pytest.raises(AppendOnly):
        Event.objects.update(by_name="Somebody")
    with pytest.raises(AppendOnly):
        Event.objects.filter(number=1).delete()
    assert list(broken_links()) == []


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_make_one_chain() -> None:
    person = User.objects.create_user("rona@example.org", None, name="Rona Brae")
    faults: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(5):
                write(person, 2)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=work) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert Event.objects.count() == 40
    assert list(broken_links()) == []


def test_narrate_never_breaks_the_log(person: User) -> None:
    write(person)
    event = Event.objects.get()
    assert narrate(event) == "Rona Brae opened an account."
    event.name = "inspections.person_invited"
    assert narrate(event) == "Rona Brae invited – as –."
    event.name = "long.gone"
    assert narrate(event) == "Rona Brae did something that has no sentence any more (long.gone)."


def test_every_sentence_is_a_sentence() -> None:
    for name, sentence in known().items():
        assert sentence[0].isupper() or sentence.startswith("{"), name
        assert sentence.endswith((".", "}")), name
