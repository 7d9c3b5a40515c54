"""verify_audit: what somebody with all rights changes in the record is named, at the place where it was changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.models import User
from audit.models import GENESIS, ChainHead, Event
from audit.proof import BATCH, Kind, latest_anchor, look_for_anchor, prove
from audit.record import broken_links, record
from tests.unguarded import unguarded

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("rona@example.org", None, name="Rona Brae")


def write(person: User, count: int) -> None:
    """So many events, a minute apart."""
    with transaction.atomic():
        for minute in range(count):
            at = AT + timedelta(minutes=minute)
            record("accounts.account_opened", by=person, at=at, subject=person)


def by_hand(sql: str, *values: object) -> None:
    """What somebody with the rights of the tables' owner could do."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(sql, values or None)


TAMPERED = [
    (
        "UPDATE audit_event SET by_name = 'Rona Brai' WHERE number = 2",
        [(2, Kind.CHANGED, "Event 2 was changed after it was recorded.")],
    ),
    (
        'UPDATE audit_event SET details = \'{"role": "lead"}\' WHERE number = 3',
        [(3, Kind.CHANGED, "Event 3 was changed after it was recorded.")],
    ),
    (
        "DELETE FROM audit_event WHERE number = 2",
        [
            (2, Kind.MISSING, "Event 2 is missing: the next one found is 3."),
            (3, Kind.DOES_NOT_FOLLOW, "Event 3 does not follow from the one before it."),
        ],
    ),
    (
        "DELETE FROM audit_event WHERE number < 3",
        [
            (1, Kind.MISSING, "Events 1 to 2 are missing: the next one found is 3."),
            (3, Kind.DOES_NOT_FOLLOW, "Event 3 does not follow from the one before it."),
        ],
    ),
    (
        "DELETE FROM audit_event WHERE number = 3",
        [(3, Kind.CUT, "The chain should end at event 3, but ends at 2.")],
    ),
    (
        "DELETE FROM audit_event",
        [(1, Kind.CUT, "The chain should end at event 3, but ends at 0.")],
    ),
    (
        "UPDATE audit_event SET previous_hash = '" + "f" * 64 + "' WHERE number = 3",
        [
            (3, Kind.DOES_NOT_FOLLOW, "Event 3 does not follow from the one before it."),
            (3, Kind.CHANGED, "Event 3 was changed after it was recorded."),
        ],
    ),
    (
        "UPDATE audit_chainhead SET last_number = 2",
        [
            (2, Kind.END_DIFFERS, "Event 2 is not the one with which the chain ends."),
            (
                3,
                Kind.BEYOND_END,
                "Event 3 stands after the end of the chain: it was not recorded by the product.",
            ),
        ],
    ),
    (
        "UPDATE audit_chainhead SET last_hash = '" + "f" * 64 + "'",
        [(3, Kind.END_DIFFERS, "Event 3 is not the one with which the chain ends.")],
    ),
    (
        "DELETE FROM audit_chainhead",
        [(3, Kind.NO_END, "The row that says where the chain ends is missing.")],
    ),
]


@pytest.mark.parametrize(("sql", "faults"), TAMPERED)
def test_verify_audit_names_the_first_broken_link(
    person: User, sql: str, faults: list[tuple[int, Kind, str]]
) -> None:
    write(person, 3)
    by_hand(sql)
    found = [(fault.number, fault.kind, fault.sentence) for fault in prove().faults]
    assert found == faults
    assert list(broken_links()) == [sentence for _, _, sentence in faults]
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    assert str(refused.value) == "\n".join(sentence for _, _, sentence in faults)
    assert refused.value.returncode == 1


def test_verify_audit_says_that_the_chain_is_whole(
    person: User, capsys: pytest.CaptureFixture[str]
) -> None:
    write(person, 2)
    last = Event.objects.get(number=2)
    call_command("verify_audit", "--anchor", f"2-{last.hash[:16]}")
    assert capsys.readouterr().out.splitlines() == [
        "2 events, and the chain is whole.",
        f"Its anchor: 2-{last.hash[:16]}",
        f"Anchor 2-{last.hash[:16]} is in the chain.",
    ]


def test_verify_audit_of_nothing_is_whole(db: None) -> None:
    assert (prove().events, prove().anchor, prove().count) == (0, "", 0)
    assert latest_anchor() is None


def test_verify_audit_answers_a_machine(person: User, capsys: pytest.CaptureFixture[str]) -> None:
    write(person, 2)
    call_command("verify_audit", "--format", "json")
    whole = json.loads(capsys.readouterr().out)
    assert (whole["whole"], whole["events"], whole["first_fault"]) == (True, 2, None)

    by_hand("UPDATE audit_event SET by_name = 'Rona Brai' WHERE number = 1")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", "--format", "json", "--anchor", "7-0123456789abcdef")
    assert ended.value.code == 1
    broken = json.loads(capsys.readouterr().out)
    assert broken["whole"] is False
    assert broken["first_fault"] == {
        "event": 1,
        "kind": "changed",
        "sentence": "Event 1 was changed after it was recorded.",
    }
    assert broken["anchors_missed"] == [
        "Anchor 7-0123456789abcdef: there is no event 7 in the record."
    ]


def test_verify_audit_names_the_first_of_many_and_counts_the_rest(person: User) -> None:
    write(person, 30)
    by_hand("UPDATE audit_event SET by_name = 'Somebody' WHERE number > 4")
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    lines = str(refused.value).splitlines()
    assert lines[0] == "Event 5 was changed after it was recorded."
    assert (len(lines), lines[-1]) == (21, "And 6 more places after these.")


def test_verify_audit_reads_in_batches(
    person: User, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BATCH == 2_000
    monkeypatch.setattr("audit.proof.BATCH", 4)
    write(person, 10)
    with django_assert_num_queries(6):  # type: ignore[operator]  # the end twice, three batches and an empty one
        assert prove().events == 10


def test_anchor_finds_a_record_that_was_written_anew(person: User) -> None:
    """Somebody who may do everything changes one event and makes every hash fit again: only the paper tells."""
    write(person, 4)
    printed = latest_anchor()
    earlier = latest_anchor(until=AT + timedelta(seconds=90))
    assert printed and earlier
    assert (printed.text.partition("-")[0], earlier.text.partition("-")[0]) == ("4", "2")
    assert look_for_anchor(printed.text) == look_for_anchor(earlier.text) == ""

    previous = GENESIS
    for row in Event.objects.order_by("number"):
        row.previous_hash, row.by_name = previous, "Somebody" if row.number == 3 else row.by_name
        previous = row.fingerprint()
        by_hand(
            "UPDATE audit_event SET previous_hash = %s, hash = %s, by_name = %s WHERE number = %s",
            row.previous_hash,
            previous,
            row.by_name,
            row.number,
        )
    ChainHead.objects.update(last_hash=previous)

    assert prove().count == 0
    assert look_for_anchor(earlier.text) == ""
    assert look_for_anchor(printed.text) == (
        f"Anchor {printed.text}: event 4 is not as it was when this was printed."
    )
    with pytest.raises(CommandError, match="event 4 is not as it was"):
        call_command("verify_audit", "--anchor", printed.text)


@pytest.mark.parametrize(
    "words", ["", "4", "4-", "x-0123456789abcdef", "4-0123", "4-xyz3456789abcdef"]
)
def test_anchor_that_is_none_is_named(db: None, words: str) -> None:
    assert look_for_anchor(words).startswith(f"“{words}” is not an anchor")


def test_anchor_is_taken_as_people_copy_it(person: User) -> None:
    write(person, 1)
    row = Event.objects.get()
    assert look_for_anchor(f" 1 - {row.hash[:16].upper()} ") == ""
    assert look_for_anchor("9" * 30 + "-0123456789abcdef").endswith("in the record.")
