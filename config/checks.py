"""Checks of a deployment, each with an id, run by `manage.py check` and before every start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from audit.guard import has_a_record, missing_triggers
from core import pdf


@register()
def pdf_can_be_made(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.W001: a system library that makes PDF is missing; everything else works."""
    verdict = pdf.pdf_available()
    return [] if verdict else [Warning(str(verdict), id="ji.W001")]


@register(Tags.security, deploy=True)
def example_stays_at_home(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.E001: the example's people, whose passwords are printed, could sign in."""
    if not settings.EXAMPLE_SIGN_INS:
        return []
    return [Error("The example's sign-ins are on.", hint="Unset EXAMPLE_SIGN_INS.", id="ji.E001")]


@register(Tags.security, deploy=True)
def second_factor_is_required(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.E006: people who read evidence and drafts could sign in with a password alone."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Error("No second factor is required.", hint="Unset SECOND_FACTOR_REQUIRED.", id="ji.E006")
    ]


@register(Tags.security, deploy=True)
def agency_servers_are_public(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.E007: whoever sets an agency's sign-in could make the product ask the machines beside it."""
    if not settings.AGENCY_SERVERS_ANYWHERE:
        return []
    return [
        Error(
            "An agency's sign-in may lie in a private network.",
            hint="Set AGENCY_SERVERS_ANYWHERE to False.",
            id="ji.E007",
        )
    ]


@register(Tags.security, deploy=True)
def policy_forbids_inline(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.E002: the content security policy allows inline script or style."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    loose = [name for name, sources in directives.items() if "'unsafe-inline'" in sources]
    return [Error(f"{name} allows 'unsafe-inline'.", id="ji.E002") for name in loose]


@register(Tags.security, deploy=True)
def web_processes_share_a_cache(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.E003: sign-in limits are counted in the cache, so each process must see the same one."""
    backend = settings.CACHES["default"]["BACKEND"]
    if backend.rpartition(".")[2] not in {"LocMemCache", "DummyCache", "FileBasedCache"}:
        return []
    return [Error("The cache is not shared by all processes.", hint="Set CACHE_URL.", id="ji.E003")]


@register(Tags.security, deploy=True)
def database_and_broker_are_servers(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.E004, ji.E005: the embedded database or broker is used where more than one machine may serve."""
    found: list[CheckMessage] = []
    if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        found.append(Error("The database is SQLite.", hint="Set DATABASE_URL.", id="ji.E004"))
    if settings.CELERY_BROKER_URL.startswith(("filesystem:", "memory:")):
        found.append(Error("The broker is a folder.", hint="Set CELERY_BROKER_URL.", id="ji.E005"))
    return found


@register(Tags.database, deploy=True)
def record_is_out_of_reach(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.W010: the role that the product runs by could change or remove events, or take their guard away."""
    return [
        Warning(
            "The product is connected as a role that could change or remove events of the record.",
            hint="Run it as a role of its own: docs/operations.md, “Two roles”.",
            id="ji.W010",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql" and _could_change_events(alias)
    ]


@register(Tags.database)
def record_is_guarded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.E008: a trigger that keeps events from being changed is missing, on whatever database."""
    return [
        Error(
            f"The trigger {name} is missing or switched off: the database does not guard the record.",
            hint="Find out who took it away, run verify_audit with the anchors on paper, and restore it: docs/operations.md.",
            id="ji.E008",
        )
        for alias in databases or ()
        if has_a_record(alias)
        for name in missing_triggers(alias)
    ]


def _could_change_events(alias: str) -> bool:
    """Whether this connection's role owns the events, is above all rights, or was granted more than to add."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(relowner, 'MEMBER')"
            " OR has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')"
            " FROM pg_class WHERE oid = to_regclass('audit_event')"
        )
        found = cursor.fetchone()
    return bool(found and found[0])


@register(Tags.staticfiles, deploy=True)
def front_end_is_there(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> Sequence[CheckMessage]:
    """ji.E009: the design system and its typeface are not there, and every page would fail for want of them."""
    if finders.find("vendor/roboto/400.css"):
        return []
    return [
        Error(
            "The files of the design system are not in static/vendor.",
            hint="Run `./run front-end`, then `collectstatic`.",
            id="ji.E009",
        )
    ]
