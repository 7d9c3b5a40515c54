"""`./run`: everything on this machine, no service needed. Any of it may be replaced by a variable."""

from pathlib import Path

from config.settings.base import *  # noqa: F403  # this file's settings are those and its own
from config.settings.environment import VAR_DIR, env, read_url

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or "only-for-commands-before-run-has-written-a-key"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

EXAMPLE_SIGN_INS = env.bool("EXAMPLE_SIGN_INS", default=True)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost has no certificate

AGENCY_SERVERS_ANYWHERE = True  # one that somebody tries out on this machine

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

vars().update(read_url(env.email, "EMAIL_URL", needs="EMAIL_BACKEND", default="filemail:"))
EMAIL_FILE_PATH = str(VAR_DIR / "mail")

if not env.str("UPLOAD_DIR", default=""):
    FILE_UPLOAD_TEMP_DIR = str(VAR_DIR / "uploads")
    Path(FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True)
