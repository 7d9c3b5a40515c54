#!/usr/bin/env python
"""The terminal's door to the product."""

import os
import sys


def main() -> None:
    """Run one of Django's or our own commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # it says what is missing; where in the code helps nobody
        sys.exit(str(error))
    except (OperationalError, ProgrammingError) as error:
        if not tables_are_missing():
            raise
        sys.exit(f"The database is not ready ({error}): run `manage.py migrate` first.")


def tables_are_missing() -> bool:
    """Whether a migration has not been applied to a database that answers."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except Exception:  # the database itself does not answer: the first error says more
        return False
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


if __name__ == "__main__":
    main()
