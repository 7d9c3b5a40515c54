"""Give a role of PostgreSQL what the web, the worker and the clock need: everything but changing the record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction


class Command(BaseCommand):
    """Run by the role that owns the tables, after every ``migrate``; may be repeated."""

    help = (
        "Lets a role of PostgreSQL run the product: it reads and writes every table, and can only add to the record. "
        "Run it as the owner of the tables."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The role, which must exist."""
        parser.add_argument("role", help="the role by which the product runs, such as ji_app")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        """All grants, or none."""
        if connection.vendor != "postgresql":
            raise CommandError(
                "Roles are PostgreSQL's: this database is another. Set DATABASE_URL."
            )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper, pg_has_role(oid, current_user, 'MEMBER') FROM pg_roles WHERE rolname = %s",
                [role],
            )
            found = cursor.fetchone()
            if found is None:
                raise CommandError(
                    f"There is no role “{role}”. Create it first: CREATE ROLE {role} LOGIN PASSWORD '...'."
                )
            if any(found):
                raise CommandError(
                    f"The role “{role}” has the rights of the owner or more. Name one that has not."
                )
            for statement in grants(connection.ops.quote_name(role)):
                cursor.execute(statement)
        self.stdout.write(f"“{role}” reads and writes every table, and can only add to the record.")


def grants(role: str) -> list[str]:
    """What is granted to this role, whose name is quoted, in its order."""
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE ALL ON audit_event, audit_chainhead FROM {role}, PUBLIC",
        f"GRANT SELECT, INSERT ON audit_event TO {role}",
        f"GRANT SELECT, INSERT, UPDATE ON audit_chainhead TO {role}",
    ]
