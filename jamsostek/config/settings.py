"""Django's settings. What differs between installations comes from the environment, and none of it is needed to start:

JAMSOSTEK_DATA      folder of everything made here: database, keys, static files (var)
JAMSOSTEK_KEYS      folder of the keys, where they are kept elsewhere (<data>/keys)
SECRET_KEY          signs sessions; drawn and kept in the keys' folder unless given
DATABASE_URL, DATABASE_OWNER_URL    a server of one's own, as the application and as the tables' owner
JAMSOSTEK_HOSTS     names the portal answers to, with commas (this machine alone)
JAMSOSTEK_HTTPS     1 where people come over https, behind a proxy that sets X-Forwarded-Proto
JAMSOSTEK_PROXIES   how many proxies stand before us and write X-Forwarded-For (0)
JAMSOSTEK_MAIL_HOST, _PORT, _USER, _PASSWORD, _FROM    mail; without a host it is written to <data>/mail
JAMSOSTEK_LOG_LEVEL WARNING
JAMSOSTEK_DEBUG     1 for developers
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from jamsostek.config import postgres
from jamsostek.config.folders import data_folder, kept_once, keys_folder, random_text

PACKAGE = Path(__file__).resolve().parents[1]


def _yes(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "true", "yes", "ya")


def _list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


# --- the installation -------------------------------------------------------------------------------------------------

JAMSOSTEK_DATA = data_folder()
JAMSOSTEK_KEYS = keys_folder()
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_once(JAMSOSTEK_KEYS / "secret_key", random_text())
DEBUG = _yes("JAMSOSTEK_DEBUG")
HTTPS = _yes("JAMSOSTEK_HTTPS")
"""Set where people come over https: behind a proxy that sets X-Forwarded-Proto itself and drops what the visitor sent."""
JAMSOSTEK_PROXIES = int(os.environ.get("JAMSOSTEK_PROXIES") or 0)
"""How many proxies of ours stand before us; 0 believes no X-Forwarded-For."""
ALLOWED_HOSTS = _list("JAMSOSTEK_HOSTS", "localhost,127.0.0.1,[::1]")

JAMSOSTEK_DEMO = (JAMSOSTEK_KEYS / "demo.json").exists()
"""Whether the demo's invented people are in this installation: every page then says so."""

DATABASES = postgres.connections()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the parts --------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "jamsostek.config",
    "jamsostek.access",
    "jamsostek.files",
    "jamsostek.ledger",
    "jamsostek.registry",
    "jamsostek.accounts",
    "jamsostek.collection",
    "jamsostek.claims",
    "jamsostek.fund",
    "jamsostek.coverage",
    "jamsostek.outreach",
    "jamsostek.awards",
    "jamsostek.portal",
    "jamsostek.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # templates of allauth
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a page over 400 kbit/s; Django pads it against guessing by length (BREACH)
    "jamsostek.config.headers.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jamsostek.access.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "jamsostek.access.doors.DoorMiddleware",
]
ROOT_URLCONF = "jamsostek.config.urls"
WSGI_APPLICATION = "jamsostek.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "portal"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]

# --- language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "jamsostek_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
USE_I18N = True
TIME_ZONE = postgres.TIME_ZONE
USE_TZ = True

# --- signing in -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # in the standard library, and costly in memory too
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "landing"
LOGOUT_REDIRECT_URL = "/"
MFA_SETUP_URL = "mfa_index"

ACCOUNT_ADAPTER = "jamsostek.portal.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "jamsostek.portal.account.forms.SignInForm",
    "reauthenticate": "jamsostek.portal.account.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # the sign-in form asks for a password only where sign-up would
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login_failed": "60/m/ip,12/15m/key",  # passwords are locked by axes before this; it is for second factors
    "ticket": "6/h/ip",
    "code": "30/15m/ip",
    "mail": "10/15m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = JAMSOSTEK_PROXIES

MFA_ADAPTER = "jamsostek.portal.account.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "jamsostek.portal.account.forms.FactorForm",
    "reauthenticate": "jamsostek.portal.account.forms.FactorAgainForm",
    "activate_totp": "jamsostek.portal.account.forms.AppForm",
    "add_webauthn": "jamsostek.portal.account.forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Jamsostek"
MFA_TOTP_TOLERANCE = 1  # phones' clocks are off by seconds
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow passkeys over http on localhost alone

AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = "jamsostek.config.client.cool_off"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "jamsostek.portal.account.sign_in.locked"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "jamsostek.access.guesses.counted_as"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "password", "next", "csrfmiddlewaretoken"]
AXES_CLIENT_IP_CALLABLE = "jamsostek.config.client.address"
AXES_DISABLE_ACCESS_LOG = True  # the audit trail has it
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False  # its log lines name people

CACHES = {
    "default": {  # what counts guesses; all processes count together
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# --- sessions, cookies, headers ---------------------------------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-jamsostek_session" if HTTPS else "jamsostek_session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-jamsostek_csrf" if HTTPS else "jamsostek_csrf"
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"] if HTTPS else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^siap/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = False  # the owner of the whole domain decides that
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
PERMISSIONS_POLICY = {
    "camera": "(self)",  # reading a card's code
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
    **dict.fromkeys(
        ("accelerometer", "browsing-topics", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
         "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
        "()",
    ),
}  # fmt: skip
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = JAMSOSTEK_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = JAMSOSTEK_DATA / "media"  # nothing is served from here; documents have a store of their own

# --- mail -------------------------------------------------------------------------------------------------------------

EMAIL_HOST = os.environ.get("JAMSOSTEK_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("JAMSOSTEK_MAIL_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("JAMSOSTEK_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("JAMSOSTEK_MAIL_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = JAMSOSTEK_DATA / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("JAMSOSTEK_MAIL_FROM") or "jamsostek@localhost"

# --- jobs -------------------------------------------------------------------------------------------------------------

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- what is told -----------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "jamsostek.config.logs.Starred", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("JAMSOSTEK_LOG_LEVEL") or "WARNING"},
    "loggers": {
        "axes": {"level": "ERROR"},  # each failed sign-in with its address; the audit trail has what is needed
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": ["stderr"], "propagate": False},
    },
}
