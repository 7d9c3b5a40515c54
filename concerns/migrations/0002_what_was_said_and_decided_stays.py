"""The database itself refuses to change what was said in a concern, what was added to it, or what was decided on it (R35).

Rows can be removed: the words go with what was obtained for the inspection (R52). On SQLite a table that is made anew (some
changes of columns do that) loses its triggers: a migration that does so must put them back.
"""

from typing import Any

from django.db import migrations

SAID = "What was said in a concern is never changed."
ADDED = "What was added to a concern is never changed."
DECIDED = "A decision on a concern is never changed."
TRIGGERS = {
    "concerns_concern_never_changed": (
        "BEFORE UPDATE OF inspection_id, number, raised_by_id, raised_at, is_immediate, words, who, place, form_token "
        "ON concerns_concern",
        SAID,
    ),
    "concerns_concernnote_never_changed": ("BEFORE UPDATE ON concerns_concernnote", ADDED),
    "concerns_concerndecision_never_changed": (
        "BEFORE UPDATE ON concerns_concerndecision",
        DECIDED,
    ),
}


def put_in_place(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of this database. PostgreSQL has the function that refuses from the record (audit 0002)."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, (when, sentence) in TRIGGERS.items():
        body = (
            f"FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('{sentence}')"
            if is_postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        schema_editor.execute(f"CREATE TRIGGER {name} {when} {body}", params=None)


def take_away(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    for name, (when, _) in TRIGGERS.items():
        on = (
            f" ON {when.rpartition(' ')[2]}"
            if schema_editor.connection.vendor == "postgresql"
            else ""
        )
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("concerns", "0001_initial"),
        ("audit", "0002_the_record_is_only_added_to"),
    ]

    operations = [migrations.RunPython(put_in_place, take_away, elidable=False)]
