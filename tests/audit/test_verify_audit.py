"""verify_audit: what somebody with all rights changes in the record is named, at the place where it was changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.actions.anchors import hand_out_anchor
from accounts.models import User, system_user
from accounts.roles import Role
from audit.models import GENESIS, ChainHead, Event
from audit.proof import (
    BATCH,
    Kind,
    _without_event,
    latest_anchor,
    look_for_anchor,
    prove,
)
from audit.record import broken_links, record
from retention.enums import DisposalState
from retention.models import DisposalList
from tests.unguarded import unguarded
from workspace.example.world import World

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


# Each column of an event, and what somebody might make of it.
FORGED = {
    "name": "accounts.account_closed",
    "at": "2026-11-23 09:01:00.000001+00:00",
    "by_id": 4_711,
    "by_name": "Rona Brae.",
    "subject_type": "accounts.usher",
    "subject_id": "4711",
    "inspection_reference": "JI-2026-002",
    "details": '{"x": 1}',
    "hash": "e" * 64,
}


def test_verify_audit_covers_every_column() -> None:
    columns = {field.column for field in Event._meta.concrete_fields}
    assert columns == set(FORGED) | {"number", "previous_hash"}  # those two have cases above


@pytest.mark.parametrize("column", FORGED)
def test_verify_audit_names_an_event_of_which_one_column_was_changed(
    person: User, column: str
) -> None:
    write(person, 3)
    by_hand(f"UPDATE audit_event SET {column} = %s WHERE number = 2", FORGED[column])
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    assert str(refused.value).splitlines()[0] == "Event 2 was changed after it was recorded."


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps values, not their text")
@pytest.mark.parametrize(
    "change",
    [
        "details = replace(details, ': ', ':')",
        "details = details || ' '",
        "at = replace(at, ' ', 'T')",
        "at = at || 'Z'",
    ],
)
def test_verify_audit_names_an_event_of_which_one_blank_was_changed(
    person: User, change: str
) -> None:
    """What reads the same and is not what was written is named too."""
    with transaction.atomic():
        for _ in range(3):
            record("accounts.account_opened", by=person, at=AT, subject=person, role="lead")
    assert prove().faults == ()
    by_hand(f"UPDATE audit_event SET {change} WHERE number = 2")
    assert [(fault.number, fault.kind) for fault in prove().faults] == [(2, Kind.CHANGED)]


def _forged(number: int, previous: str) -> Event:
    """An event that nobody recorded, with a hash that fits."""
    row = Event.objects.get(number=1)
    row.number, row.previous_hash, row.by_name = number, previous, "Somebody"
    row.hash = row.fingerprint()
    return row


def _inserted(row: Event) -> None:
    fields = Event._meta.concrete_fields
    columns = [field.column for field in fields]
    values = [
        json.dumps(row.details)
        if field.column == "details"
        else field.get_db_prep_save(getattr(row, field.column), connection)
        for field in fields
    ]
    slots = ", ".join(["%s"] * len(columns))
    by_hand(f"INSERT INTO audit_event ({', '.join(columns)}) VALUES ({slots})", *values)


def _moved(number: int, to: int) -> None:
    by_hand("UPDATE audit_event SET number = %s WHERE number = %s", to, number)


def _said() -> list[str]:
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    assert refused.value.returncode == 1
    return str(refused.value).splitlines()


def test_verify_audit_names_an_event_that_was_slipped_in(person: User) -> None:
    write(person, 4)
    for number in (4, 3):
        _moved(number, number + 1)
    second = Event.objects.get(number=2)
    # Two events cannot follow the same one, so what follows is bent first.
    by_hand("UPDATE audit_event SET previous_hash = %s WHERE number = 4", "d" * 64)
    _inserted(_forged(3, second.hash))
    ChainHead.objects.update(last_number=5)
    assert _said() == [
        "Event 4 does not follow from the one before it.",
        "Event 4 was changed after it was recorded.",
        "Event 5 was changed after it was recorded.",
    ]


def test_verify_audit_names_an_event_that_was_added_behind_the_end(person: User) -> None:
    write(person, 3)
    _inserted(_forged(4, Event.objects.get(number=3).hash))
    assert _said() == [
        "Event 4 stands after the end of the chain: it was not recorded by the product."
    ]


def test_verify_audit_names_an_event_that_was_added_before_the_first(person: User) -> None:
    write(person, 2)
    _inserted(_forged(0, "c" * 64))
    assert _said()[:2] == [
        "Event 0 does not follow from the one before it.",
        "Event 1 does not follow from the one before it.",
    ]


def test_verify_audit_names_two_events_that_changed_places(person: User) -> None:
    write(person, 4)
    for number, to in ((2, 99), (3, 2), (99, 3)):
        _moved(number, to)
    assert _said() == [
        "Event 2 does not follow from the one before it.",
        "Event 2 was changed after it was recorded.",
        "Event 3 does not follow from the one before it.",
        "Event 3 was changed after it was recorded.",
        "Event 4 does not follow from the one before it.",
    ]


def test_verify_audit_finds_a_tail_that_was_cut_with_the_end_moved_back(person: User) -> None:
    """The chain alone cannot tell. What was printed can; and so can a certificate, which names its event."""
    write(person, 4)
    printed = latest_anchor()
    assert printed
    last = Event.objects.get(number=4)
    disposed = DisposalList.objects.create(
        reference="DL-2026-001",
        state=DisposalState.DISPOSED,
        due_on=AT.date(),
        proposed_at=AT,
        finished_at=AT,
        anchor_number=last.number,
        anchor_hash=last.hash,
    )
    call_command("verify_audit", verbosity=0)
    by_hand("DELETE FROM audit_event WHERE number > 2")
    by_hand(
        "UPDATE audit_chainhead SET last_number = 2, last_hash = %s",
        Event.objects.get(number=2).hash,
    )

    named = "The certificate of destruction DL-2026-001 names event 4, which is not"
    assert _said() == [f"{named} in the record."]
    with pytest.raises(CommandError, match="there is no event 4 in the record"):
        call_command("verify_audit", "--anchor", printed.text)

    write(person, 2)  # the product goes on, and other events take those numbers
    by_hand("UPDATE audit_event SET hash = %s WHERE number = 4", "b" * 64)
    assert f"{named} as it was then." in _said()
    disposed.delete()


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


def _cut_after(number: int) -> None:
    """What somebody with all rights does: the events go, and the end is moved back to the last that stays."""
    by_hand("DELETE FROM audit_event WHERE number > %s", number)
    last = Event.objects.filter(number=number).first()
    by_hand(
        "UPDATE audit_chainhead SET last_number = %s, last_hash = %s",
        number,
        last.hash if last else GENESIS,
    )


def test_verify_audit_of_an_empty_record_beside_accounts_is_not_whole(person: User) -> None:
    said = "The record holds no event, but the database holds one account."
    assert _said()[0].startswith(said)  # nothing of the chain is there at all
    write(person, 3)
    call_command("verify_audit", verbosity=0)
    _cut_after(0)
    assert _said()[0].startswith(said)
    by_hand("DELETE FROM audit_chainhead")
    assert _said()[0].startswith(said)


def test_verify_audit_of_a_new_system_with_nobody_but_the_clock_is_whole(db: None) -> None:
    system_user()
    assert prove().count == 0


@pytest.mark.at_week(36)
def test_verify_audit_finds_a_cut_tail_by_what_the_product_keeps(world: World) -> None:
    """No anchor is typed: what was planned, notified, received, recorded, decided and published is still there."""
    assert prove().count == 0
    _cut_after(20)
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    said = str(refused.value)
    assert "and the chain is whole" not in said
    reference = world.inspection.reference
    assert f"The notification of {reference} is kept, but the event that put it" in said
    sentences = [fault.sentence for fault in _without_event()]
    for what in (
        "The receipt ",
        "The record of M1",
        "Evidence E1 of",
        "The panel's decision on",
        "Edition ",
    ):
        assert [one for one in sentences if one.startswith(what)], what


def test_verify_audit_finds_a_cut_tail_by_the_letters_it_has_sent(person: User) -> None:
    person.offices.create(role=Role.PROGRAMME_MANAGER)
    write(person, 4)
    hand_out_anchor(at=AT)
    assert prove().count == 0
    _cut_after(2)
    assert _said() == ["The letter of 23 November 2026 names event 4, which is not in the record."]


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
    # the end twice, three batches and an empty one, what certificates and letters name, seven kinds of what is kept, the
    # triggers
    with django_assert_num_queries(16):  # type: ignore[operator]  # the fixture is typed as an object here
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
