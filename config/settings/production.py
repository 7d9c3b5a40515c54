"""Production: PostgreSQL, Redis, a real post office, HTTPS. Refuses to start without what it needs."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import CELERY_BROKER_URL, DATABASES, SITE_URL, STORAGES
from config.settings.environment import env

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

_wrong = [f"{name} ({form})" for name, form in NEEDED.items() if not env.str(name, default="")]
if not _wrong:
    if "postgresql" not in DATABASES["default"]["ENGINE"]:
        _wrong.append("DATABASE_URL on PostgreSQL (postgresql://...)")
    if CELERY_BROKER_URL.startswith(("filesystem:", "memory:")):
        _wrong.append("CELERY_BROKER_URL on a server (redis://...)")
    if not SITE_URL.startswith("https://"):
        _wrong.append("SITE_URL with https (https://...)")
if _wrong:
    raise ImproperlyConfigured(f"Production does not start without {'; '.join(_wrong)}.")
if env.bool("EXAMPLE_SIGN_INS", default=False):
    raise ImproperlyConfigured(
        "Production does not start with EXAMPLE_SIGN_INS: anybody could sign in."
    )

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
EXAMPLE_SIGN_INS = False

vars().update(env.email("EMAIL_URL"))

STORAGES["staticfiles"] = {
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
}

# Only HTTPS. Behind a proxy that ends it, set TRUST_PROXY=1; the proxy must set X-Forwarded-Proto itself.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if env.bool("TRUST_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits on signing in count by the visitor's address, not by the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
