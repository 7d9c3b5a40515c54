"""The chain's head names an event that is there, by number and hash.

Else the role as which the product runs could give it any hash, and the next event would follow on nothing. What moves the
head back is refused by the trigger of 0002, in its own words.
"""

from typing import Any

from django.db import migrations

SENTENCE = "The end of the record is its last event."
SQLITE = f"""
    CREATE TRIGGER audit_chainhead_is_an_event BEFORE UPDATE ON audit_chainhead
    WHEN NEW.id = OLD.id AND NEW.last_number >= OLD.last_number AND (
      NOT EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.last_number AND hash = NEW.last_hash)
      OR EXISTS (SELECT 1 FROM audit_event WHERE number > NEW.last_number))
    BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"""
FUNCTION = f"""
    CREATE FUNCTION audit_head_is_an_event() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.last_number AND hash = NEW.last_hash)
           OR EXISTS (SELECT 1 FROM audit_event WHERE number > NEW.last_number) THEN
            RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END
    $$"""
POSTGRESQL = """
    CREATE TRIGGER audit_chainhead_is_an_event BEFORE UPDATE ON audit_chainhead
    FOR EACH ROW WHEN (NEW.id = OLD.id AND NEW.last_number >= OLD.last_number)
    EXECUTE FUNCTION audit_head_is_an_event()"""


def put_in_place(apps: Any, schema_editor: Any) -> None:
    """Create the trigger of this database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        schema_editor.execute(POSTGRESQL, params=None)
    else:
        schema_editor.execute(SQLITE, params=None)


def take_away(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER audit_chainhead_is_an_event ON audit_chainhead", params=None
        )
        schema_editor.execute("DROP FUNCTION audit_head_is_an_event()", params=None)
    else:
        schema_editor.execute("DROP TRIGGER audit_chainhead_is_an_event", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_event_by_person")]

    operations = [migrations.RunPython(put_in_place, take_away, elidable=False)]
