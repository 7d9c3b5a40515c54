"""Django's admin is not there: people, agencies, offices and reference data are kept in the product's own pages."""

import os
import subprocess
import sys

from config.settings.environment import BASE_DIR
from tests.config.test_production import WHOLE

LOOK = """
import django
from django.conf import settings
from django.urls import Resolver404, resolve
django.setup()
assert not settings.DEBUG
assert not [app for app in settings.INSTALLED_APPS if "admin" in app], settings.INSTALLED_APPS
for path in ("/admin/", "/admin/login/", "/django-admin/", "/admin/accounts/user/"):
    try:
        print(path, resolve(path))
    except Resolver404:
        pass
"""


def test_under_production_settings_no_address_of_djangos_admin_answers(tmp_path):
    env = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "ENV_FILE": str(tmp_path / "none"),
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
    }
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=BASE_DIR,
        env={**env, **WHOLE},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr[-2000:]
