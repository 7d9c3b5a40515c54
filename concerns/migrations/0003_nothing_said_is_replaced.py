"""On SQLite a row can be replaced by one that is inserted, which asks no trigger that guards changes (R35).

PostgreSQL has no such statement: what is inserted where a row is goes by way of an update, and 0002 refuses that.
"""

from typing import Any

from django.db import migrations

# Of each table the sentence of 0002, and by what a new row would take the place of one that is there.
REPLACED = {
    "concerns_concern": (
        "What was said in a concern is never changed.",
        "id = NEW.id OR (inspection_id = NEW.inspection_id AND (number = NEW.number "
        "OR (raised_by_id = NEW.raised_by_id AND form_token = NEW.form_token)))",
    ),
    "concerns_concernnote": (
        "What was added to a concern is never changed.",
        "id = NEW.id OR (concern_id = NEW.concern_id AND form_token = NEW.form_token)",
    ),
    "concerns_concerndecision": (
        "A decision on a concern is never changed.",
        "id = NEW.id OR concern_id = NEW.concern_id",
    ),
}


def put_in_place(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of SQLite."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, (sentence, same) in REPLACED.items():
        schema_editor.execute(
            f"CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
            params=None,
        )


def take_away(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    if schema_editor.connection.vendor == "sqlite":
        for table in REPLACED:
            schema_editor.execute(f"DROP TRIGGER {table}_never_replaced", params=None)


class Migration(migrations.Migration):
    dependencies = [("concerns", "0002_what_was_said_and_decided_stays")]

    operations = [migrations.RunPython(put_in_place, take_away, elidable=False)]
