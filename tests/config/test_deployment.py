"""The checks of a deployment: production settings pass all of them without a warning, and each of ours finds what it looks for."""

import os
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.db import connection
from django.test import override_settings

from config.settings.environment import BASE_DIR
from core.pdf import pdf_available


def checked(script: ModuleType, tmp_path: Any, **other: str) -> subprocess.CompletedProcess[str]:
    """What `./run check deployment` does, with these variables other than it has them."""
    command = [sys.executable, *map(str, script.deployment()[1:])]
    return subprocess.run(
        command,
        cwd=BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "ENV_FILE": str(tmp_path / "none"),
            "PYTHONWARNINGS": "error",
            **script.PRODUCTION,
            **other,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_production_passes_every_check_without_a_warning(script: ModuleType, tmp_path: Any) -> None:
    assert ("--tag" in script.deployment()) == (not pdf_available())
    done = checked(script, tmp_path)
    said = done.stdout + done.stderr
    assert said.strip() == "System check identified no issues (0 silenced)."
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("SECURE_SSL_REDIRECT", "0", "security.W008"),
        ("SECURE_HSTS_SECONDS", "0", "security.W004"),
    ],
)
def test_a_warning_is_a_fault(
    script: ModuleType, tmp_path: Any, name: str, value: str, found: str
) -> None:
    done = checked(script, tmp_path, **{name: value})
    assert found in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("setting", "good", "bad", "found"),
    [
        ("EXAMPLE_SIGN_INS", False, True, "ji.E001"),
        (
            "CONTENT_SECURITY_POLICY",
            {"DIRECTIVES": {"script-src": ["'self'"]}},
            {"DIRECTIVES": {"script-src": ["'unsafe-inline'"]}},
            "ji.E002",
        ),
        (
            "CACHES",
            {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}},
            {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
            "ji.E003",
        ),
        ("CELERY_BROKER_URL", "redis://127.0.0.1:1/0", "filesystem://localhost", "ji.E005"),
        ("SECOND_FACTOR_REQUIRED", True, False, "ji.E006"),
        ("AGENCY_SERVERS_ANYWHERE", False, True, "ji.E007"),
    ],
)
def test_each_check_finds_what_it_looks_for(setting: str, good: Any, bad: Any, found: str) -> None:
    for value, is_fault in ((good, False), (bad, True)):
        with override_settings(**{setting: value}):
            ids = {str(one.id) for one in _faults()}
        assert (found in ids) == is_fault, value


def test_the_check_of_the_database_finds_sqlite() -> None:
    ids = {str(one.id) for one in _faults()}
    assert ("ji.E004" in ids) == (connection.vendor == "sqlite")


def _faults() -> list[Any]:
    return run_checks(tags=["security"], include_deployment_checks=True)


def test_the_check_of_the_front_end_finds_that_it_is_not_there(tmp_path: Any) -> None:
    def ids() -> set[str]:
        found = run_checks(tags=["staticfiles"], include_deployment_checks=True)
        return {str(one.id) for one in found}

    assert "ji.E009" not in ids()
    with override_settings(STATICFILES_DIRS=[tmp_path]):
        finders.get_finder.cache_clear()
        assert "ji.E009" in ids()
    finders.get_finder.cache_clear()


def test_the_workers_log_has_what_django_says_at_info() -> None:
    """Celery's own levels would keep the anchor of the day out of it."""
    code = (
        "import django; django.setup(); import logging\n"
        "from config.celery import app\n"
        "app.log.setup(loglevel='WARNING')\n"
        "logging.getLogger('accounts.actions.anchors').info('the anchor of the day')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "the anchor of the day" in done.stderr
