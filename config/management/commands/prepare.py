"""Make the database and the files ready, in one process: what `./run setup` does last."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.settings.environment import BASE_DIR, VAR_DIR
from workspace.management.commands.stage_example import week_of


class Command(BaseCommand):
    """Does only what changed, so that a second start is quick; keeps the data."""

    help = "Migrates, loads the reference data, stages the example once, collects static files."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The moment of the example."""
        parser.add_argument(
            "--at", help="planned, notified, week-1 to week-35, or published; week-14 without it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """In this order, since each step needs the one before."""
        if options["at"]:
            week_of(options["at"])  # refused before anything is made
        pending = VAR_DIR / "example-is-due"
        if self.migrate() and settings.EXAMPLE_SIGN_INS:
            pending.touch()  # stays until the example stands, even when this is interrupted
        self.load_reference()
        if pending.exists() or options["at"]:
            self.stdout.write("Staging the example.")
            call_command("stage_example", at=options["at"], stdout=self.stdout)
            pending.unlink(missing_ok=True)
        if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"]:
            call_command("collectstatic", interactive=False, verbosity=0)

    def migrate(self) -> bool:
        """Bring the database up to date. Returns whether it was new."""
        executor = MigrationExecutor(connection)
        is_new = not executor.loader.applied_migrations
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"Applying {len(plan)} migrations.")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)  # also where somebody migrated by hand
        return is_new

    def load_reference(self) -> None:
        """Load the reference data when its files, or the database, are others than last time."""
        stamp = VAR_DIR / "reference-is-loaded"
        now = reference_digest()
        if stamp.exists() and stamp.read_text() == now:
            return
        self.stdout.write("Loading the reference data.")
        call_command("load_reference", stdout=self.stdout)
        stamp.write_text(now)


def reference_digest() -> str:
    """One hash of every reference file and of the database they go to."""
    database = connection.settings_dict
    total = hashlib.sha256(f"{database['ENGINE']} {database['HOST']} {database['NAME']}".encode())
    for path in sorted(BASE_DIR.glob("*/reference/**/*")):
        if path.is_file():
            total.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    name = database["NAME"]
    if "sqlite3" in database["ENGINE"]:
        total.update(str(Path(name).stat().st_ino).encode())
    return total.hexdigest()
