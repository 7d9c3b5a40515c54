"""The database itself refuses to change what was put on record of outside: a later entry corrects it.

Rows can be removed: they go with what was obtained for the inspection (R52). On SQLite a table that is made anew (some
changes of columns do that) loses its trigger: a migration that does so must put it back.
"""

from typing import Any

from django.db import migrations

STAYS = "What was put on record of outside is never changed: a later entry corrects it."
NAME = "inspections_correspondence_never_changed"
WHEN = (
    "BEFORE UPDATE OF inspection_id, happened_on, direction, means, with_whom, about, words, reason, recorded_at, recorded_by_id "
    "ON inspections_correspondenceentry"
)


def put_in_place(apps: Any, schema_editor: Any) -> None:
    """Create the trigger of this database. PostgreSQL has the function that refuses from the record (audit 0002)."""
    body = (
        f"FOR EACH ROW EXECUTE FUNCTION audit_refuse('{STAYS}')"
        if schema_editor.connection.vendor == "postgresql"
        else f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
    )
    schema_editor.execute(f"CREATE TRIGGER {NAME} {WHEN} {body}", params=None)


def take_away(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    on = " ON inspections_correspondenceentry" if is_postgresql else ""
    schema_editor.execute(f"DROP TRIGGER {NAME}{on}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0018_what_happened_outside_is_on_record"),
        ("audit", "0002_the_record_is_only_added_to"),
    ]

    operations = [migrations.RunPython(put_in_place, take_away, elidable=False)]
