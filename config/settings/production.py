"""Production: PostgreSQL, Redis, a real post office, HTTPS. Refuses to start without what it needs."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403  # this file's settings are those and its own
from config.settings.base import (
    CACHES,
    CELERY_BROKER_URL,
    CLAMAV_ADDRESS,
    DATABASES,
    DEFAULT_FROM_EMAIL,
    SITE_URL,
    STORAGES,
)
from config.settings.environment import env, read_url

NEEDED = {
    "SECRET_KEY": "a long random text",
    "ALLOWED_HOSTS": "the names the site answers to, with commas between",
    "DATABASE_URL": "postgresql://...",
    "CELERY_BROKER_URL": "redis://...",
    "CACHE_URL": "redis://...",
    "SITE_URL": "https://...",
    "EMAIL_URL": "smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the sender's address",
    "CLAMAV_ADDRESS": "the virus scanner, host:port",
}

KEY_LENGTH, KEY_CHARACTERS = 50, 10  # how long at least, and of how many different ones
ONE_PROCESS = {"LocMemCache", "DummyCache", "FileBasedCache"}


def _is_address(text: str) -> bool:
    found = re.fullmatch(r"(?:[\w.-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", text, re.ASCII)
    return found is not None and 1 <= int(found[1]) <= 65535


_wrong = [f"{name} ({form})" for name, form in NEEDED.items() if not env.str(name, default="")]
if not _wrong:
    vars().update(read_url(env.email, "EMAIL_URL", needs="EMAIL_BACKEND"))
    SECRET_KEY = env.str("SECRET_KEY")
    ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS") if host.strip()]
    _right = {
        f"SECRET_KEY of {KEY_LENGTH} characters or more, at least {KEY_CHARACTERS} of them different": (
            len(SECRET_KEY) >= KEY_LENGTH and len(set(SECRET_KEY)) >= KEY_CHARACTERS
        ),
        "ALLOWED_HOSTS that names each host, without *": (
            bool(ALLOWED_HOSTS) and "*" not in "".join(ALLOWED_HOSTS)
        ),
        "DATABASE_URL on PostgreSQL (postgresql://...)": (
            "postgresql" in DATABASES["default"]["ENGINE"]
        ),
        "CELERY_BROKER_URL on a server (redis://...)": (
            CELERY_BROKER_URL.startswith(("redis://", "rediss://"))
        ),
        "CACHE_URL that all processes share (redis://...)": (
            CACHES["default"]["BACKEND"].rpartition(".")[2] not in ONE_PROCESS
        ),
        "SITE_URL with https (https://...)": (
            SITE_URL.startswith("https://") and bool(urlsplit(SITE_URL).hostname)
        ),
        "EMAIL_URL of a mail server (smtp+tls://user:password@host:587)": (
            str(vars()["EMAIL_BACKEND"]).endswith(".smtp.EmailBackend")
        ),
        "DEFAULT_FROM_EMAIL that is an address": re.search(r"[^@\s]@[^@\s]", DEFAULT_FROM_EMAIL),
        "CLAMAV_ADDRESS like host:port": _is_address(CLAMAV_ADDRESS),
    }
    _wrong = [sentence for sentence, is_right in _right.items() if not is_right]
if _wrong:
    raise ImproperlyConfigured(f"Production does not start without {'; '.join(_wrong)}.")
if env.bool("EXAMPLE_SIGN_INS", default=False):
    raise ImproperlyConfigured(
        "Production does not start with EXAMPLE_SIGN_INS: anybody could sign in."
    )

DEBUG = False
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
EXAMPLE_SIGN_INS = False
SECOND_FACTOR_REQUIRED = True
AGENCY_SERVERS_ANYWHERE = False

STORAGES["staticfiles"] = {
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
}

# Only HTTPS. Behind a proxy that ends it, set TRUST_PROXY=1; the proxy must set X-Forwarded-Proto itself.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if env.bool("TRUST_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits on signing in count by the visitor's address, not by the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = env.count("TRUSTED_PROXY_COUNT", default=1)
SECURE_HSTS_SECONDS = env.count("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60, at_least=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
