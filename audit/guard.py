"""Whether the database itself still refuses to change the record. Whoever owns the tables can take its triggers away."""

from __future__ import annotations

from django.db import connections

BOTH = (
    "audit_event_never_changed",
    "audit_event_never_removed",
    "audit_event_follows",
    "audit_event_is_the_end",
    "audit_chainhead_only_moves_on",
    "audit_chainhead_never_removed",
    "audit_chainhead_is_an_event",
)
# On SQLite a row can be replaced, which asks no trigger that guards removal.
SQLITE = (*BOTH, "audit_event_never_replaced", "audit_chainhead_never_replaced")

_IN_FORCE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    " AND tbl_name IN ('audit_event', 'audit_chainhead')",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    " AND tgrelid IN (to_regclass('audit_event'), to_regclass('audit_chainhead'))",
}


def missing_triggers(alias: str = "default") -> list[str]:
    """The names of those that are gone or switched off, in the order of the alphabet. One query."""
    connection = connections[alias]
    wanted = BOTH if connection.vendor == "postgresql" else SQLITE
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE[connection.vendor])
        in_force = {name for (name,) in cursor.fetchall()}
    return sorted(set(wanted) - in_force)


def has_a_record(alias: str) -> bool:
    """Whether the tables of the record are there: before the first migration there is nothing to guard."""
    connection = connections[alias]
    return "audit_event" in connection.introspection.table_names()
