"""An event is taken only where it follows from the end of the record, and the end moves on with it.

Else whoever works as the role of the product could put a row beyond the end, or before the beginning: the end would not move past
it, and every deed after it would be refused. What would replace a row that is there is refused by the trigger of 0002, in its
own words.
"""

from typing import Any

from django.db import migrations

SENTENCE = "An event follows from the end of the record."
SQLITE = {
    "audit_event_follows": f"""
        BEFORE INSERT ON audit_event
        WHEN NOT EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.number)
          AND NOT EXISTS (SELECT 1 FROM audit_event WHERE hash = NEW.hash)
          AND NOT EXISTS (SELECT 1 FROM audit_event WHERE previous_hash = NEW.previous_hash)
          AND NOT EXISTS (
            SELECT 1 FROM audit_chainhead
            WHERE id = 1 AND last_number + 1 = NEW.number AND last_hash = NEW.previous_hash)
        BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END""",
    "audit_event_is_the_end": """
        AFTER INSERT ON audit_event
        BEGIN
          UPDATE audit_chainhead SET last_number = NEW.number, last_hash = NEW.hash
          WHERE id = 1 AND last_number < NEW.number;
        END""",
}
FUNCTIONS = {
    "audit_event_follows": f"""
        BEGIN
            IF NOT EXISTS (
                SELECT 1 FROM audit_chainhead
                WHERE id = 1 AND last_number + 1 = NEW.number AND last_hash = NEW.previous_hash
            ) THEN
                RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END""",
    "audit_event_is_the_end": """
        BEGIN
            UPDATE audit_chainhead SET last_number = NEW.number, last_hash = NEW.hash
            WHERE id = 1 AND last_number < NEW.number;
            RETURN NULL;
        END""",
}
POSTGRESQL = {"audit_event_follows": "BEFORE", "audit_event_is_the_end": "AFTER"}


def put_in_place(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of this database."""
    if schema_editor.connection.vendor != "postgresql":
        for name, body in SQLITE.items():
            schema_editor.execute(f"CREATE TRIGGER {name} {body}", params=None)
        return
    for name, moment in POSTGRESQL.items():
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${FUNCTIONS[name]}$$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} {moment} INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION {name}()",
            params=None,
        )


def take_away(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name in SQLITE:
        on = " ON audit_event" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_the_end_of_the_record_is_its_last_event")]

    operations = [migrations.RunPython(put_in_place, take_away, elidable=False)]
