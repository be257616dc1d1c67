"""Django's settings, made from :mod:`onward.config.environment`."""

import os
import re
import secrets
import tempfile
from contextlib import suppress
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from onward.config.environment import rate, read
from onward.domain.assistant.providers import config as llm
from onward.domain.ingestion.sources import file as sources
from onward.platform.http import log

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = read(os.environ)
DATA_DIR = ENVIRONMENT.data_dir.expanduser().resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
except OSError as error:
    problem = f"Bad settings:\n  ONWARD_DATA_DIR: {DATA_DIR} cannot be made: {error.strerror}"
    raise ImproperlyConfigured(problem) from None


def _secret_key() -> str:
    """Return the operator's key, or one that is made on the first run and kept beside the data."""
    if ENVIRONMENT.secret_key:
        return ENVIRONMENT.secret_key
    path = DATA_DIR / "secret_key"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=DATA_DIR, prefix="secret_key.") as made:
            made.write(secrets.token_urlsafe(64))
            made.flush()
            # A link appears at once and with all that is in it: of processes that start together all read one key.
            with suppress(FileExistsError):
                os.link(made.name, path)
    key = path.read_text().strip()
    if len(key) < 32:
        raise ImproperlyConfigured(f"{path} holds no usable key: give ONWARD_SECRET_KEY or remove the file")
    return key


def _database() -> dict[str, Any]:
    url = ENVIRONMENT.database_url or f"sqlite:///{DATA_DIR / 'onward.sqlite3'}"
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError):
        database = {}
    if not database.get("NAME"):
        raise ImproperlyConfigured(
            "Bad settings:\n  ONWARD_DATABASE_URL: must be postgresql://user:password@host/name or sqlite:///path, "
            "with special characters as in addresses (%40 for @)"
        )
    database["CONN_MAX_AGE"] = None
    if database["ENGINE"].endswith("sqlite3"):
        database["ENGINE"] = "onward.platform.database.sqlite"
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        }
    elif database["ENGINE"].endswith("postgresql"):
        database["ENGINE"] = "onward.platform.database.postgresql"
        database["CONN_HEALTH_CHECKS"] = True
        database["OPTIONS"] = {
            "connect_timeout": 2,
            # A server that has vanished is noticed within seconds, also while an answer is waited for.
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 20_000,
            "prepare_threshold": 1,
            # Said once a connection stands, since poolers refuse to be told before.
            "session": {
                "statement_timeout": "15s",
                "lock_timeout": "5s",
                "idle_in_transaction_session_timeout": "30s",
                # A prepared statement is planned once: planning takes longer than running, and every one of ours
                # looks for rows by a key.
                "plan_cache_mode": "force_generic_plan",
                # To compile a short statement takes longer than to run it, a second and more where statistics are old.
                "jit": "off",
                # For disks that turn, PostgreSQL would rather read a whole table than look up a hundred of its rows;
                # with what nearly every server has today, the hundred are read by their index.
                "random_page_cost": "1.1",
                # A plan that knows no LIMIT brings in helpers for fifty rows, who cost more than the rows.
                "max_parallel_workers_per_gather": "0",
            },
            # What the operator's address says wins.
            **database.get("OPTIONS", {}),
        }
    else:
        raise ImproperlyConfigured("Bad settings:\n  ONWARD_DATABASE_URL: only postgresql:// and sqlite:// are served")
    return database


def _email() -> dict[str, Any]:
    url = ENVIRONMENT.email_url
    if not url:
        return {
            "EMAIL_BACKEND": "onward.platform.mail.Files",
            "EMAIL_FILE_PATH": DATA_DIR / "mail",
        }
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": options.get("tls") == ["1"],
        "EMAIL_TIMEOUT": 15,
    }


SECRET_KEY = _secret_key()
DEBUG = ENVIRONMENT.debug
PUBLIC_URL = ENVIRONMENT.public_url
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    str(urlsplit(PUBLIC_URL).hostname),
    *ENVIRONMENT.allowed_hosts,
]
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
# The Edge middleware removes the header unless a trusted proxy wrote it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "onward.platform.archive",
    "onward.platform.bin",
    "onward.platform.events",
    "onward.platform.jobs",
    "onward.platform.search",
    "onward.platform.tokens",
    "onward.domain.accounts",
    "onward.domain.companies",
    "onward.domain.board",
    "onward.domain.ingestion",
    "onward.domain.resumes",
    "onward.domain.applications",
    "onward.domain.interviews",
    "onward.domain.contacts",
    "onward.domain.reminders",
    "onward.domain.assistant",
    "onward.domain.feed",
    "onward.domain.matching",
    "onward.domain.outreach",
    "onward.domain.community",
    "onward.domain.writing",
    "onward.domain.learning",
    "onward.domain.messaging",
    "onward.domain.video",
    "onward.domain.help",
    "onward.domain.activity",
    "onward.domain.notifications",
    "onward.domain.webhooks",
    "onward.domain.undo",
    "onward.domain.exchange",
    "onward.web",
    "onward.commands",
]

MIDDLEWARE = [
    "onward.platform.metrics.middleware.Measure",
    "onward.platform.http.middleware.Edge",
    "corsheaders.middleware.CorsMiddleware",
    "onward.platform.throttle.middleware.Throttle",
    "onward.web.middleware.GZipMiddleware",
    "onward.web.middleware.LanguageMiddleware",
    "onward.web.middleware.SessionMiddleware",
    "onward.web.middleware.CsrfViewMiddleware",
    "onward.web.middleware.AuthenticationMiddleware",
    "onward.web.middleware.MessageMiddleware",
    "onward.web.middleware.CSPMiddleware",
]

ROOT_URLCONF = "onward.config.urls"
# Which paths belong to an API, to which, and under which prefix it was asked.
V1_API = ENVIRONMENT.v1_api
# The outreach document's paths begin at the root.
OUTREACH_PATHS = (
    *("/auth", "/users", "/companies", "/internships", "/followups", "/fetch"),
    *("/analytics", "/ai", "/notifications", "/docs", "/openapi.json"),
)
API_PATHS = (
    ("/tracker/", "tracker", "/tracker"),
    ("/offers/", "offers", "/offers"),
    ("/copilot/", "copilot", "/copilot"),
    ("/outreach/", "outreach", "/outreach"),
    ("/campus/", "campus", "/campus"),
    ("/api/v1/", V1_API, ""),
    ("/api/docs", V1_API, ""),
    ("/api/redoc", V1_API, ""),
    ("/api/schema", V1_API, ""),
    ("/api/", "campus", ""),
    # Where two of the documents have their own pages, should they own the bare paths, and what else one has there.
    *((path, V1_API, "") for path in ("/docs", "/openapi.json") if V1_API in {"copilot", "offers"}),
    *((path, V1_API, "") for path in ("/health",) if V1_API == "copilot"),
    *((path, "outreach", "") for path in OUTREACH_PATHS),
)
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The pages of the APIs' documents; mails and the admin's stand in the apps that they belong to.
        "DIRS": [BASE_DIR / "apis"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        # Pages' templates end in .jinja, beside their views; they are asked for by this name.
        "NAME": "app",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "web"],
        "OPTIONS": {"environment": "onward.web.frame.engine.environment"},
    },
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = ENVIRONMENT.redis_url
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if REDIS_URL
    # Each process for itself: a cache on the disk would fail with it.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# By whose accounts people may sign in, besides passwords.
GOOGLE_CLIENT_ID = ENVIRONMENT.google_client_id
GOOGLE_CLIENT_SECRET = ENVIRONMENT.google_client_secret
OIDC_ISSUER = ENVIRONMENT.oidc_issuer
OIDC_CLIENT_ID = ENVIRONMENT.oidc_client_id
OIDC_CLIENT_SECRET = ENVIRONMENT.oidc_client_secret

WORKER = ENVIRONMENT.worker
METRICS_TOKEN = ENVIRONMENT.metrics_token
# Functions of the domain that have numbers for `/metrics`, too.
METRICS = ("onward.domain.ingestion.metrics.families",)
FETCH_EVERY = ENVIRONMENT.fetch_every

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["onward.domain.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "first_name", "last_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

USE_TZ = True
TIME_ZONE = "UTC"
NEW_ACCOUNT_TIME_ZONE = ENVIRONMENT.time_zone
# Pages alone are translated (onward/web/languages.py). Each file LOCALE/LC_MESSAGES/onward.po is a language of theirs:
# those that come with the server, and what an operator puts into the data folder.
USE_I18N = True
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "web" / "locale", DATA_DIR / "locale"]
_TRANSLATED = {file.parent.parent.name for path in LOCALE_PATHS for file in path.glob("*/LC_MESSAGES/onward.po")}
LANGUAGES = [("en", "English"), *((name.replace("_", "-").lower(), name) for name in sorted(_TRANSLATED - {"en"}))]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Of Ninja only the files of its documentation pages: as an app it would take 6 MB of every worker, which serves no API.
_NINJA = Path(str(find_spec("ninja").origin)).parent  # type: ignore[union-attr]
STATICFILES_DIRS = [BASE_DIR / "web" / "static", BASE_DIR / "apis" / "docs" / "static", _NINJA / "static"]
MEDIA_ROOT = Path(ENVIRONMENT.storage_url).expanduser().resolve() if ENVIRONMENT.storage_url else DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "onward.platform.storage.backends.PrivateFiles"},
    "staticfiles": {"BACKEND": "onward.platform.http.static.FingerprintedStorage"},
}
# Where rows name the files that are stored. What is named nowhere here is in no backup.
FILE_COLUMNS = (
    "resumes.resume.file_key",
    "applications.document.file_key",
    "bin.binnedfile.file_key",
    "accounts.user.picture_key",
    "exchange.import.file_key",
    "video.video.file_key",
    "video.video.poster_key",
)
BACKUP_FOLDER = ENVIRONMENT.backup_folder
BACKUP_KEEP = ENVIRONMENT.backup_keep
STORAGE_PER_ACCOUNT = ENVIRONMENT.storage_per_account * 1024 * 1024
VIDEO_LIMIT = ENVIRONMENT.video_limit * 1024 * 1024
VIDEO_PER_ACCOUNT = ENVIRONMENT.video_per_account * 1024 * 1024
FREE_SPACE = ENVIRONMENT.free_space * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

globals().update(_email())
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from
SERVER_EMAIL = ENVIRONMENT.email_from

THROTTLE = ENVIRONMENT.throttle == "on"
THROTTLE_ANON = rate(ENVIRONMENT.throttle_anon)
THROTTLE_USER = rate(ENVIRONMENT.throttle_user)
THROTTLE_AI = rate(ENVIRONMENT.throttle_ai)
# APIs that are counted apart from the others, and by a rate of their own.
THROTTLE_OF_API = {"campus": rate(ENVIRONMENT.throttle_campus)}
LLM_CONFIG = llm.read(ENVIRONMENT.llm_config)
EMBEDDINGS = Path(ENVIRONMENT.embeddings).expanduser().resolve() if ENVIRONMENT.embeddings else None
SOURCES = sources.read(ENVIRONMENT.sources_file)
ADZUNA_APP_ID = ENVIRONMENT.adzuna_app_id
ADZUNA_APP_KEY = ENVIRONMENT.adzuna_app_key
WEBHOOK_ALLOW_PRIVATE = ENVIRONMENT.webhook_allow_private
WEBHOOK_RETRIES = ENVIRONMENT.webhook_retries
REACTIONS = "onward.config.reactions.REACTIONS"
ACCESS_LIFETIMES = "onward.apis.catalogue.ACCESS_LIFETIMES"
# Of sessions that no token renews but their use; those of APIs live as long as a refresh token.
SESSION_LIFETIMES = {"web": timedelta(days=30)}
UNLIMITED_PATHS = "onward.apis.catalogue.UNLIMITED"
THROTTLED = "onward.config.errors.throttled"

CORS_ALLOWED_ORIGINS = list(ENVIRONMENT.cors_origins)
CORS_ALLOWED_ORIGIN_REGEXES = (
    [] if ENVIRONMENT.cors_origins else [r"^https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$"]
)
CORS_URLS_REGEX = "|".join(f"^{re.escape(path.rstrip('/'))}(/|$)" for path, _, _ in API_PATHS)
CORS_ALLOW_METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
_TUS_REQUEST = ("tus-resumable", "upload-length", "upload-metadata", "upload-offset")
_TUS_ANSWER = ("Tus-Resumable", "Tus-Version", "Tus-Extension", "Tus-Max-Size", "Upload-Expires", "Upload-Length")
CORS_ALLOW_HEADERS = [
    *("accept", "authorization", "content-type", "idempotency-key", "x-request-id"),
    *("range", "if-range", *_TUS_REQUEST),
]
CORS_PREFLIGHT_MAX_AGE = 86400
CORS_EXPOSE_HEADERS = [
    "X-Request-ID",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Total-Count",
    "Retry-After",
    "Content-Disposition",
    *("Accept-Ranges", "Content-Range", "ETag", "Location"),
    *(*_TUS_ANSWER, "Upload-Metadata", "Upload-Offset"),
]

# Cookies are for pages only. Over https their names tie them to this very host; plain http is for loopback.
_PUBLIC = urlsplit(PUBLIC_URL)
# Scheme, host and port of our own pages.
PUBLIC_ORIGIN = f"{_PUBLIC.scheme}://{_PUBLIC.netloc}"
_HTTPS = _PUBLIC.scheme == "https"
ON_LOOPBACK = _PUBLIC.hostname in {"localhost", "127.0.0.1", "::1"}
if not _HTTPS and not ON_LOOPBACK:
    raise ImproperlyConfigured(
        "Bad settings:\n  ONWARD_PUBLIC_URL: must be https:// unless it is on loopback: passwords travel over it"
    )
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-onward_session" if _HTTPS else "onward_session"
CSRF_COOKIE_NAME = "__Host-onward_csrf" if _HTTPS else "onward_csrf"
APP_COOKIE_NAME = "__Host-onward_app" if _HTTPS else "onward_app"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]
CSRF_FAILURE_VIEW = "onward.config.errors.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SILENCED_SYSTEM_CHECKS = [
    # Edge sends what SecurityMiddleware and XFrameOptionsMiddleware would, to APIs and pages each their own.
    "security.W001",
    "security.W002",
    # Our CsrfViewMiddleware is Django's, passed over for APIs, which no cookie opens.
    "security.W003",
]

log.configure()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "onward.platform.http.log.formatter"}},
    # What a view answered has been logged by whoever knew why; Django adds what nobody expected.
    "filters": {"unexpected": {"()": "django.utils.log.CallbackFilter", "callback": lambda line: bool(line.exc_info)}},
    "handlers": {"stderr": {"class": "onward.platform.http.log.Patient", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "onward": {"level": "INFO"},
        # A line for each request, which `onward serve` turns on.
        "onward.access": {"level": "WARNING"},
        # Replaces Django's own handlers. What a client did wrong is in its answer, not in the log.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR", "filters": ["unexpected"]},
        "django.security": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
