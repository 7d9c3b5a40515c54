"""What every deployment shares. Differences come from environment variables alone (`.env.example`)."""

from csp.constants import NONE, SELF

from config.schedule import beat_schedule
from config.settings.agency_sign_ins import bound_secrets
from config.settings.broker import broker_options
from config.settings.database import database_config
from config.settings.environment import BASE_DIR, VAR_DIR, env, read_url
from config.settings.storage import file_storage

# Names and places

SITE_NAME = "Run a joint inspection"
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EXAMPLE_SIGN_INS = False

# Applications: ours from the floor up, in the order in which they may know each other

INSTALLED_APPS = [
    "config.apps.WiringConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "django_htmx",
    "simple_history",
    "csp",
    "core",
    "audit",
    "accounts",
    "documents",
    "inspections",
    "concerns",
    "meetings",
    "onsite",
    "evaluations",
    "reports",
    "retention",
    "workspace",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.web.permissions_policy",
    "core.web.keep_nothing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.views.sessions.SameBrowser",
    "core.web.SignInFirst",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.views.second_factor.SecondFactorFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workspace.navigation.main_navigation",
            ],
        },
    }
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "sgds"
CRISPY_TEMPLATE_PACK = "sgds"

# Database and cache. Sign-in limits live in the cache, so all web processes must share one.

DATABASES = {"default": database_config()}
CACHES = {
    "default": read_url(env.cache_url, "CACHE_URL", needs="BACKEND", default="dbcache://core_cache")
}

# Files

MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": file_storage(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Pages keep two small mebibytes of files; the page for uploads alone lets them stream to disk (documents.arrivals).
FILE_UPLOAD_HANDLERS = ["core.web.SmallFiles"]
FILE_UPLOAD_TEMP_DIR = env.str("UPLOAD_DIR", default="") or None
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_LIMIT_MIB = env.count("UPLOAD_LIMIT_MIB", default=500)  # the largest file that is taken
CLAMAV_ADDRESS = env.str(
    "CLAMAV_ADDRESS", default=""
)  # host:port; empty: "not scanned for viruses"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100

# People and sign-in: by e-mail, by invitation only

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.DeskBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]  # the stubs know of the names alone
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "reset_password": "accounts.forms.sign_in.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.sign_in.NewPasswordForm",
    "change_password": "accounts.forms.sign_in.OtherPasswordForm",
    "set_password": "accounts.forms.sign_in.FirstPasswordForm",
    "reauthenticate": "accounts.forms.sign_in.SignInAgainForm",
    "add_email": "accounts.forms.sign_in.FurtherAddressForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address was proved by its invitation
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True  # one address each; a new one takes its place once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the owner hears of every change to how an account is opened
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds for which a sign-in is fresh
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # allauth's own dangerous pages ask by the same measure
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)  # accounts/roles.py
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "accounts.forms.second_factor.CodeForm",
    "reauthenticate": "accounts.forms.second_factor.CodeAgainForm",
    "activate_totp": "accounts.forms.second_factor.StartCodeAppForm",
    "deactivate_totp": "accounts.forms.second_factor.StopCodeAppForm",
    "generate_recovery_codes": "accounts.forms.second_factor.MakeRecoveryCodesForm",
    "add_webauthn": "accounts.forms.second_factor.NewPasskeyForm",
    "edit_webauthn": "accounts.forms.second_factor.RenamePasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation proved the address
MFA_ADAPTER = "accounts.second_factors.SecondFactors"
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds each way, for clocks that are a little wrong

# Through one's agency (accounts/agency_sign_ins.py): issuer and secret, by the key of the agency's sign-in
AGENCY_SIGN_IN_SECRETS = bound_secrets(env.dict("AGENCY_SIGN_IN_SECRETS", default={}))
AGENCY_SERVERS_ANYWHERE = False  # whether one may be without HTTPS, or in a private network
SOCIALACCOUNT_ADAPTER = "accounts.agency_sign_ins.AgencySignIns"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # our adapter: the agency's own people alone
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
# A link and no form: the policy allows forms to this site alone, and nobody is signed up or linked by following one.
SOCIALACCOUNT_LOGIN_ON_GET = True

# Browser: nothing from elsewhere, nothing inline

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the design system's style sheet holds one icon as data
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: one working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.web.page_too_old"
CSRF_COOKIE_HTTPONLY = False  # our own scripts send it with an upload

# Words, days and hours

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Post

EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="joint-inspections@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", default=DEFAULT_FROM_EMAIL)  # who reads reported problems

# Worker and clock. The ledger (core.jobs) knows what is to be done; the broker only says "look".

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
CELERY_BROKER_TRANSPORT_OPTIONS = broker_options(CELERY_BROKER_URL, VAR_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = beat_schedule()
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "clock" / "beat")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.count("WORKER_PROCESSES", default=2)
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB: a report of 150 pages takes 254 MB
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# What happened, to standard error

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        # The clock looks every few seconds; only what goes wrong is worth a line.
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
