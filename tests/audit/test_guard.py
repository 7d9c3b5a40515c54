"""The database itself refuses to change or remove an event, whoever asks it in whatever words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from audit.guard import BOTH, missing_triggers
from audit.models import ChainHead, Event
from audit.proof import Kind, prove
from audit.record import record
from config.checks import record_is_guarded, record_is_out_of_reach

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHANGED, REMOVED = "Events are never changed", "Events are never removed"
HEAD_BACK = "The end of the record only moves on"
HEAD_IS_AN_EVENT = "The end of the record is its last event"
FOLLOWS = "An event follows from the end of the record"
COLUMNS = "name, at, by_id, by_name, subject_type, subject_id, inspection_reference, details"

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite knows neither roles nor TRUNCATE."
)
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="Only SQLite replaces a row that is there."
)


@pytest.fixture
def three_events(db: None) -> list[str]:
    """Three events, and what they say."""
    person = User.objects.create_user("rona@example.org", None, name="Rona Brae")
    with transaction.atomic():
        for _ in range(3):
            record("accounts.account_opened", by=person, at=AT, subject=person)
    return _as_they_stand()


def _as_they_stand() -> list[str]:
    return [f"{row.number} {row.by_name} {row.hash}" for row in Event.objects.order_by("number")]


def refuses(sql: str, sentence: str) -> None:
    """The database refuses this statement with this sentence."""
    with (
        pytest.raises(DatabaseError, match=sentence),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE audit_event SET by_name = 'Somebody' WHERE number = 2", CHANGED),
        ("UPDATE audit_event SET number = 9 WHERE number = 3", CHANGED),
        ("DELETE FROM audit_event WHERE number = 3", REMOVED),
        ("DELETE FROM audit_event", REMOVED),
        ("UPDATE audit_chainhead SET last_number = 2", HEAD_BACK),
        ("UPDATE audit_chainhead SET id = 7", HEAD_BACK),
        ("UPDATE audit_chainhead SET last_hash = '00'", HEAD_IS_AN_EVENT),
        ("UPDATE audit_chainhead SET last_number = 9", HEAD_IS_AN_EVENT),
        ("DELETE FROM audit_chainhead", HEAD_BACK),
    ],
)
def test_record_is_not_changed_by_sql(three_events: list[str], sql: str, sentence: str) -> None:
    refuses(sql, sentence)
    assert _as_they_stand() == three_events
    assert ChainHead.objects.get().last_number == 3


@pytest.mark.parametrize("number", [0, -1, 5, 99])
def test_record_takes_no_event_that_does_not_follow(three_events: list[str], number: int) -> None:
    """A row beyond the end would keep every deed after it from being recorded."""
    insert = f"INSERT INTO audit_event (number, {COLUMNS}, previous_hash, hash) SELECT {number}, {COLUMNS}, 'aa', 'bb'"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{insert} FROM audit_event WHERE number = 1")
    refuses(
        f"INSERT INTO audit_event (number, {COLUMNS}, previous_hash, hash) SELECT 4, {COLUMNS}, 'aa', 'bb'"
        " FROM audit_event WHERE number = 1",
        FOLLOWS,
    )
    assert _as_they_stand() == three_events
    with transaction.atomic():
        record("accounts.account_opened", by=User.objects.get(), at=AT, subject=User.objects.get())
    assert prove().count == 0


def test_an_event_put_at_the_end_by_hand_stops_no_deed_and_is_found_out(
    three_events: list[str],
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_event (number, {COLUMNS}, previous_hash, hash) SELECT 4, {COLUMNS}, hash, 'bb'"
            " FROM audit_event WHERE number = 3"
        )
    person = User.objects.get()
    with transaction.atomic():
        assert record("accounts.account_opened", by=person, at=AT, subject=person).number == 5
    assert [(one.number, one.kind) for one in prove().faults] == [(4, Kind.CHANGED)]


@pytest.mark.parametrize("name", BOTH)
def test_a_trigger_that_is_gone_is_named(three_events: list[str], name: str) -> None:
    on = f" ON {'_'.join(name.split('_')[:2])}" if connection.vendor == "postgresql" else ""
    assert missing_triggers() == []
    assert record_is_guarded(None, ["default"]) == []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{on}")
        assert missing_triggers() == [name]
        assert [fault.id for fault in record_is_guarded(None, ["default"])] == ["ji.E008"]
        with pytest.raises(CommandError, match=f"The trigger {name} is missing or switched off"):
            call_command("verify_audit")
        transaction.set_rollback(True)


@on_postgresql
def test_triggers_that_are_switched_off_are_named(three_events: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        assert len(missing_triggers()) == 4
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


@on_sqlite
@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        (
            "INSERT OR REPLACE INTO audit_event SELECT number, name, at, by_id, 'Somebody', subject_type, subject_id,"
            " inspection_reference, details, previous_hash, hash FROM audit_event WHERE number = 2",
            CHANGED,
        ),
        (
            "INSERT OR REPLACE INTO audit_event SELECT 99, name, at, by_id, 'Somebody', subject_type, subject_id,"
            " inspection_reference, details, previous_hash, hash || 'x' FROM audit_event WHERE number = 2",
            CHANGED,
        ),
        ("REPLACE INTO audit_chainhead (id, last_number, last_hash) VALUES (1, 1, 'x')", HEAD_BACK),
    ],
)
def test_record_is_not_replaced_by_sql(three_events: list[str], sql: str, sentence: str) -> None:
    refuses(sql, sentence)
    assert _as_they_stand() == three_events


@on_postgresql
@pytest.mark.parametrize("table", ["audit_event", "audit_chainhead"])
def test_record_is_not_emptied_by_sql(three_events: list[str], table: str) -> None:
    refuses(f"TRUNCATE {table}", REMOVED if table == "audit_event" else HEAD_BACK)
    assert _as_they_stand() == three_events


@on_postgresql
def test_application_role_can_add_to_the_record_and_nothing_else(three_events: list[str]) -> None:
    """As PostgreSQL itself refuses it, before any trigger is asked."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE ji_app_of_a_test")
        call_command("grant_application_role", "ji_app_of_a_test")
        cursor.execute("SET LOCAL ROLE ji_app_of_a_test")
        for sql in (
            "UPDATE audit_event SET by_name = 'Somebody'",
            "DELETE FROM audit_event",
            "TRUNCATE audit_event",
            "ALTER TABLE audit_event DISABLE TRIGGER USER",
            "DROP TRIGGER audit_event_never_changed ON audit_event",
            "DELETE FROM audit_chainhead",
        ):
            refuses(sql, "permission denied|must be owner")
        assert record_is_out_of_reach(None, ["default"]) == []
        person = User.objects.get()
        record("accounts.account_opened", by=person, at=AT, subject=person)
        person.delete()
        cursor.execute("RESET ROLE")
    assert Event.objects.count() == 4


@on_postgresql
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER"])
def test_deployment_is_warned_of_a_role_that_could_change_the_record(db: None, right: str) -> None:
    assert [fault.id for fault in record_is_out_of_reach(None, ["default"])] == ["ji.W010"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE ji_app_of_a_test")
        call_command("grant_application_role", "ji_app_of_a_test")
        cursor.execute(f"GRANT {right} ON audit_event TO ji_app_of_a_test")
        cursor.execute("SET LOCAL ROLE ji_app_of_a_test")
        assert [fault.id for fault in record_is_out_of_reach(None, ["default"])] == ["ji.W010"]
        cursor.execute("RESET ROLE")


@on_postgresql
def test_grant_application_role_refuses_the_owner_and_a_role_that_is_not_there(db: None) -> None:
    with pytest.raises(CommandError, match="There is no role “nobody_here”"):
        call_command("grant_application_role", "nobody_here")
    with pytest.raises(CommandError, match="has the rights of the owner or more"):
        call_command("grant_application_role", connection.settings_dict["USER"])


@on_sqlite
def test_grant_application_role_says_that_sqlite_has_none(db: None) -> None:
    with pytest.raises(CommandError, match=r"Roles are PostgreSQL's"):
        call_command("grant_application_role", "ji_app")
    assert record_is_out_of_reach(None, ["default"]) == []
