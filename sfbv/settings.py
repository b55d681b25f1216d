"""Settings: one file; everything that differs between places comes from the environment (all names stand in
``.env.example``)."""

import os
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONCE, NONE, SELF
from environs import Env

from sfbv.adresser import cache_location, database_settings, mail_settings
from sfbv.lokal import adresser as lokal

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
if os.environ.get("SFBV_LAGE") != "test":  # a developer's own addresses must not reach the tests
    env.read_env(str(BASE_DIR / ".env"), recurse=False)

# The one switch for where we run: it decides demo accounts, the clock, cookies and HSTS.
SFBV_LAGE = env.str("SFBV_LAGE", "demo", validate=lambda value: value in {"demo", "test", "drift"})
DEMO = SFBV_LAGE == "demo"
TEST = SFBV_LAGE == "test"
DRIFT = SFBV_LAGE == "drift"
DEMODATA = DEMO and env.bool("DEMODATA", True)  # without it, a demo begins with an empty portal

# Where the embedded servers and a local portal keep what is theirs.
LOKAL = env.path("SFBV_LOKAL", BASE_DIR / ".lokal")

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY") if DRIFT else env.str("SECRET_KEY", "bara-for-demo-och-test-" + "x" * 40)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])  # earlier keys: what they signed and hid is still read
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS") if DRIFT else env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "django_fsm",
    "django_filters",
    "csp",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "sfbv",
    "delprojekt",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "delprojekt.web.middleware.actor_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "sfbv.tvafaktor.SecondFactorMiddleware",
]

ROOT_URLCONF = "sfbv.urls"
WSGI_APPLICATION = "sfbv.wsgi.application"
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
                "delprojekt.web.context.portal",
            ],
        },
    }
]

# -- the database: two logins (architecture §9); without addresses the embedded server's, known before it runs -------

INBYGGD_DATABAS = not DRIFT and not env.str("DATABASE_URL", "")
if INBYGGD_DATABAS:
    DATABASE_URL, DATABASE_OWNER_URL = lokal.app_url(LOKAL, test=TEST), lokal.owner_url(LOKAL, test=TEST)
else:
    DATABASE_URL = env.str("DATABASE_URL")
    DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", "") or DATABASE_URL
DATABASES = {"default": database_settings(DATABASE_URL), "owner": database_settings(DATABASE_OWNER_URL)}
for _database in DATABASES.values():
    _database["OPTIONS"].setdefault("connect_timeout", 5)
DATABASES["default"]["CONN_MAX_AGE"] = 0 if TEST else 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- broker, cache, jobs: the truth about jobs stays in the database, so all of this may go away for a while ---------

BROKER_URL = env.str("BROKER_URL") if DRIFT else env.str("BROKER_URL", "")
INBYGGD_KO = DEMO and not BROKER_URL
if INBYGGD_KO:
    BROKER_URL = lokal.broker_url(LOKAL)
if BROKER_URL:
    CACHES = {
        "default": {
            "BACKEND": "sfbv.cache.ForgivingCache",
            "LOCATION": cache_location(BROKER_URL),
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
            "KEY_PREFIX": "sfbv",
        }
    }
CELERY_BROKER_URL = BROKER_URL or "memory://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1.0
# A job whose worker was killed comes back after the visibility timeout, which therefore must be longer than any job
# may take.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 150,
    "socket_connect_timeout": 1.0,
    "socket_timeout": 5.0,
    # Whoever puts a job in the queue does not wait for a server that is away: the sweep finds the job again.
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kB: a report of a hundred pages takes some 250 MB
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Stockholm"

# -- language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["sfbv.formats"]

# -- files -----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", LOKAL / "static")
MEDIA_ROOT = env.path("MEDIA_ROOT", LOKAL / ("test" if TEST else "") / "media")
# Compressing takes seconds at each start and buys nothing on one's own machine; the tests read the files where they
# lie.
_STATIC_STORAGE = {
    "demo": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "test": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "drift": "whitenoise.storage.CompressedManifestStaticFilesStorage",
}
# Files that were turned away, or that no row knows of: kept, but no page of the portal can open them.
KARANTAN_ROOT = env.path("KARANTAN_ROOT", MEDIA_ROOT.with_name("karantan"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "karantan": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": KARANTAN_ROOT}},
    "staticfiles": {"BACKEND": _STATIC_STORAGE[SFBV_LAGE]},
}
WHITENOISE_AUTOREFRESH = TEST
WHITENOISE_USE_FINDERS = TEST
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # all text of a request; files are not counted here
DATA_UPLOAD_MAX_NUMBER_FILES = 20
UPPLADDNING_MAX_MB = env.int("UPPLADDNING_MAX_MB", 40)  # one uploaded file, checked by the forms
# PDF is switched off only where the programs it needs are missing and cannot be fetched; the pages then say so.
PDF_AV = env.bool("PDF_AV", False)

# -- login: kansli makes the accounts, the e-mail address is the name ------------------------------------------------

AUTH_USER_MODEL = "delprojekt.Konto"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "sfbv.losenord.InteLiktDig"},
    {"NAME": "sfbv.losenord.TillrackligtLangt", "OPTIONS": {"min_length": 12}},
    {"NAME": "sfbv.losenord.InteVanligt"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "sfbv.konto.ClosedAccountAdapter"
ACCOUNT_FORMS = {
    "reset_password_from_key": "sfbv.losenordsformular.ValjLosenordForm",
    "change_password": "sfbv.losenordsformular.BytLosenordForm",
    "set_password": "sfbv.losenordsformular.ForstaLosenordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # kansli has written the address; the account cannot be made by anybody else
ACCOUNT_SESSION_REMEMBER = True
# One IP address may be a whole region behind one proxy; guessing is stopped per account (five in five minutes,
# allauth's own).
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "30/m/ip,5/300s/key"}
# Doors without a login, tries an hour from each address (delprojekt/web/sparr.py): what is said of the portal's
# accessibility can be said by anybody, but not by a machine; and personal links that are not ours.
SPARRAR = {"synpunkt": 10, "svarslank": 20}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ANTAL_PROXYER", 1 if DRIFT else 0)
ACCOUNT_LOGIN_ON_PASSWORD_RESET = (
    True  # whoever is invited chooses a password and is in; a second factor is still asked
)
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# The second factor: an app, a passkey, and codes for when both are lost. Which roles must have one stands in
# process/forvaltning.py; the demo's known passwords would only be harder to try.
KRAV_PA_TVAFAKTOR = env.bool("KRAV_PA_TVAFAKTOR", DRIFT)
MFA_ADAPTER = "sfbv.tvafaktor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "sfbv.tvafaktor.PasskeyForm",
    "edit_webauthn": "sfbv.tvafaktor.PasskeyNameForm",
    "login_webauthn": "sfbv.tvafaktor.PasskeyLoginForm",
    "authenticate_webauthn": "sfbv.tvafaktor.PasskeyAuthenticateForm",
    "reauthenticate_webauthn": "sfbv.tvafaktor.PasskeyReauthenticateForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not DRIFT
MFA_ALLOW_UNVERIFIED_EMAIL = True  # kansli has written the address, see above
MFA_TOTP_ISSUER = "SFBV-portalen"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute wrong

# -- cookies and transport -------------------------------------------------------------------------------------------

_COOKIE_PREFIX = "__Host-" if DRIFT else ""  # bound to this host, HTTPS and path /: no neighbour can plant one
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}sfbv_session"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day, then a new login
SESSION_COOKIE_SECURE = DRIFT
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}sfbv_csrf"
CSRF_COOKIE_SECURE = DRIFT
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = f"{_COOKIE_PREFIX}sfbv_sprak"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = DRIFT
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]  # the health probe asks from inside, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if DRIFT and ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if DRIFT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = DRIFT
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is decided for a whole domain by its owner, not by one portal
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],  # the number is only made for a page with the editor, whose import map is inline
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

# -- mail ------------------------------------------------------------------------------------------------------------

_MAIL_DEFAULT = {"demo": f"file://{quote(str(LOKAL / 'post'))}", "test": "memory:"}
EMAIL_URL = env.str("EMAIL_URL") if DRIFT else env.str("EMAIL_URL", _MAIL_DEFAULT[SFBV_LAGE])
globals().update(mail_settings(EMAIL_URL))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "SFBV-portalen <portalen@exempel.se>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
PORTAL_ADRESS = env.str(
    "PORTAL_ADRESS", f"http://localhost:{env.int('PORT', 8000)}"
)  # stands before every address in a mail

# -- log: plain lines to stderr, where whoever runs the portal collects them -----------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"rad": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"lankar": {"()": "sfbv.logg.HidesLinks"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "rad", "filters": ["lankar"]}},
    "root": {"handlers": ["stderr"], "level": env.str("LOGGNIVA", "WARNING" if TEST else "INFO")},
    "loggers": {"django": {"handlers": [], "level": "WARNING" if TEST else "INFO", "propagate": True}},
}
