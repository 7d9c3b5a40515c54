"""Tests: the same product, faster hashing, letters in memory, a fresh folder for every process.

DATABASE_URL, CELERY_BROKER_URL and CACHE_URL are honoured, so the same suite runs on PostgreSQL and Redis.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403  # this file's settings are those and its own
from config.settings.base import (
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    STORAGES,
)
from config.settings.broker import broker_options
from config.settings.environment import env

VAR_DIR = Path(tempfile.mkdtemp(prefix="joint-inspections-test-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)

DEBUG = False
SECRET_KEY = "the same in every test, and worth nothing anywhere else"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EXAMPLE_SIGN_INS = True
SECOND_FACTOR_REQUIRED = False  # tests of the second factor turn it on
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost has no certificate
AGENCY_SERVERS_ANYWHERE = True  # tests start one on this machine
SITE_URL = "http://testserver"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the live server's threads and the test then lock like real processes.
    DATABASES["default"]["NAME"] = str(VAR_DIR / "db.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # or the test database cannot be dropped at the end

# Tests that run beside each other share nothing, not even a Redis.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if "redis" in CACHES["default"]["BACKEND"]:
    CACHES["default"]["LOCATION"] = re.sub(
        r"/\d*$", f"/{1 + int(WORKER)}", str(CACHES["default"]["LOCATION"])
    )

MEDIA_ROOT = str(VAR_DIR / "media")
STATIC_ROOT = str(VAR_DIR / "static")
FILE_UPLOAD_TEMP_DIR = str(VAR_DIR)
STORAGES["default"] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # looks a file up when asked, and not all of them for every client

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = "joint-inspections@example.scot"

# Work is queued, and done when a test says so.
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="memory://")
CELERY_TASK_DEFAULT_QUEUE = f"test-{WORKER}"
CELERY_BROKER_TRANSPORT_OPTIONS = broker_options(CELERY_BROKER_URL, VAR_DIR)

# A query for every row fails the test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
# Two events in one deed lock the head of the chain twice, on purpose.
ZEAL_ALLOWLIST = [
    {"model": "audit.ChainHead", "field": "get()"},
    # Twice a request, and never once a row: pages of allauth's that each find one thing again.
    {"model": "mfa.Authenticator", "field": "get()"},  # removing a passkey: to ask, and to do it
    {
        "model": "account.EmailAddress",
        "field": "get()",
    },  # confirming an address: by its owner, and by its name
    {
        "model": "account.EmailAddress",
        "field": "user",
    },  # the same: the owner of the old one and of the new
    # Signing in or out anew looks at the old session and the new. The page of sessions is proved at two sizes in tests/accounts.
    {"model": "sessions.Session", "field": "get()"},
]
