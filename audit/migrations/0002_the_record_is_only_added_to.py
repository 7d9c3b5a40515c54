"""The database itself refuses to change or remove an event, or to move the chain's head back.

Whoever owns the tables can take the triggers away, and only they can; `docs/operations.md` says how the product runs as a
role that cannot. On SQLite a table that is made anew (some changes of columns do that) loses its triggers: a migration
that does so must put them back.
"""

from typing import Any

from django.db import migrations

CHANGED = "Events are never changed."
REMOVED = "Events are never removed."
HEAD_BACK = "The end of the record only moves on."

# Replacing a row deletes the old one without asking the delete trigger, so an insert that would meet one is refused first.
SQLITE = {
    "audit_event_never_changed": f"""
        BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END""",
    "audit_event_never_removed": f"""
        BEFORE DELETE ON audit_event
        BEGIN SELECT RAISE(ABORT, '{REMOVED}'); END""",
    "audit_event_never_replaced": f"""
        BEFORE INSERT ON audit_event
        WHEN EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.number)
          OR EXISTS (SELECT 1 FROM audit_event WHERE hash = NEW.hash)
          OR EXISTS (SELECT 1 FROM audit_event WHERE previous_hash = NEW.previous_hash)
        BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END""",
    "audit_chainhead_only_moves_on": f"""
        BEFORE UPDATE ON audit_chainhead
        WHEN NEW.id <> OLD.id OR NEW.last_number < OLD.last_number
        BEGIN SELECT RAISE(ABORT, '{HEAD_BACK}'); END""",
    "audit_chainhead_never_removed": f"""
        BEFORE DELETE ON audit_chainhead
        BEGIN SELECT RAISE(ABORT, '{HEAD_BACK}'); END""",
    "audit_chainhead_never_replaced": f"""
        BEFORE INSERT ON audit_chainhead
        WHEN EXISTS (SELECT 1 FROM audit_chainhead WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{HEAD_BACK}'); END""",
}

FUNCTION = """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END
    $$"""
POSTGRESQL = {
    "audit_event_never_changed": f"""
        BEFORE UPDATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('{CHANGED}')""",
    "audit_event_never_removed": f"""
        BEFORE DELETE OR TRUNCATE ON audit_event FOR EACH STATEMENT
        EXECUTE FUNCTION audit_refuse('{REMOVED}')""",
    "audit_chainhead_only_moves_on": f"""
        BEFORE UPDATE ON audit_chainhead FOR EACH ROW
        WHEN (NEW.id <> OLD.id OR NEW.last_number < OLD.last_number)
        EXECUTE FUNCTION audit_refuse('{HEAD_BACK}')""",
    "audit_chainhead_never_removed": f"""
        BEFORE DELETE OR TRUNCATE ON audit_chainhead FOR EACH STATEMENT
        EXECUTE FUNCTION audit_refuse('{HEAD_BACK}')""",
}


def put_in_place(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of this database."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(FUNCTION, params=None)
    for name, body in (POSTGRESQL if is_postgresql else SQLITE).items():
        schema_editor.execute(f"CREATE TRIGGER {name} {body}", params=None)


def take_away(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    if schema_editor.connection.vendor == "postgresql":
        for name in POSTGRESQL:
            table = "_".join(name.split("_")[:2])
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}", params=None)
        schema_editor.execute("DROP FUNCTION audit_refuse()", params=None)
    else:
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER {name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(put_in_place, take_away, elidable=False)]
