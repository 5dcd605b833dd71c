"""What every set-up shares; the environment decides the rest (docs/deploy.md lists it)."""

from pathlib import Path

from csp.constants import NONE, SELF

from home.logs import without_secrets
from home.middleware import add_static_headers

from .. import env

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("VAR_DIR", BASE_DIR / "var"))

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
# Keys of before: what they signed still opens.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "portfolio",
    "courses",
    "careers",
    "home",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "home.middleware.SecurityHeaders",
    "home.languages.ReaderLanguage",
    "csp.middleware.CSPMiddleware",
    "home.middleware.AdminPolicy",
    "home.accounts.sessions.Sessions",
    "home.accounts.sessions.SessionLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "home.accounts.second_factor.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "home.context_processors.frame",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data
DATABASES = {"default": env.database(VAR_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL")
CACHES = {
    # Shared by all workers: rate limits and sessions' neighbours live here.
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR_DIR / "cache"},
    # Pictures that have been drawn, for all workers; a key is what a picture says, so none can be stale.
    "cards": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "cards"}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache/cards",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    # One per process: each thing comes with the version of the guide that it was drawn from, so nothing here can be stale.
    "guide": {
        "BACKEND": "home.caches.ProcessCache",
        "LOCATION": "guide",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Who does long work: a thread of the process, unless a set-up has a worker (home.background).
BACKGROUND = "thread"

# People
AUTH_USER_MODEL = "home.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
LOGOUT_REDIRECT_URL = "/"
# Decision 9 says why each is as it is.
ACCOUNT_ADAPTER = "home.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# allauth's own limits stand; the last holds for one account from all addresses together.
ACCOUNT_RATE_LIMITS = {"confirm_email": "3/m/key", "login_failed_anywhere": "50/h/key"}
ACCOUNT_FORMS = {
    "add_email": "home.accounts.forms.NewAddressForm",
    "change_password": "home.accounts.forms.ChangePasswordForm",
    "confirm_email_verification_code": "home.accounts.forms.AddressCodeForm",
    "confirm_login_code": "home.accounts.forms.LoginCodeForm",
    "login": "home.accounts.forms.LoginForm",
    "reauthenticate": "home.accounts.forms.StillYouForm",
    "request_login_code": "home.accounts.forms.AskForCodeForm",
    "reset_password": "home.accounts.forms.ForgottenForm",
    "reset_password_from_key": "home.accounts.forms.ResetForm",
    "set_password": "home.accounts.forms.SetPasswordForm",
    "signup": "home.accounts.forms.SignUpForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("TRUSTED_PROXY_COUNT", "0"))
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
MFA_ADAPTER = "home.accounts.adapters.KeyAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Greenlight"
MFA_FORMS = {
    "activate_totp": "home.accounts.forms.ActivateAppForm",
    "add_webauthn": "home.accounts.forms.AddPasskeyForm",
    "authenticate": "home.accounts.forms.SecondStepForm",
    "edit_webauthn": "home.accounts.forms.NamePasskeyForm",
    "reauthenticate": "home.accounts.forms.SecondStepAgainForm",
}
# Whether the CMS, the desk and moderation open only to those who have a passkey or an app, and used it.
SECOND_FACTOR = env.flag("SECOND_FACTOR")
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True

# Made-up members for looking at the pages; a site that people use must never have them.
SAMPLE_PEOPLE_ALLOWED = False

# Words and time
# The guide's own language has no prefix in addresses; others have theirs (decision 25).
LANGUAGE_CODE = "en-gb"
WRITTEN = {"en-gb": "English", "fr": "Français", "es": "Español"}
OFFERED = {LANGUAGE_CODE, *env.text("LANGUAGES", ",".join(WRITTEN)).split(",")}
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(code, name) for code, name in WRITTEN.items() if code in OFFERED]
LOCALE_PATHS = [BASE_DIR / "config/locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", VAR_DIR / "static"))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", VAR_DIR / "media"))
# What members upload has no address: it is kept apart from MEDIA_ROOT and goes out through a view that asks who is looking.
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", VAR_DIR / "private"))
OBJECT_STORAGE = env.text("OBJECT_STORAGE")
STORAGES = {
    "default": env.storage(OBJECT_STORAGE, "media", MEDIA_ROOT),
    "private": env.storage(OBJECT_STORAGE, "private", PRIVATE_ROOT),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Whether readers' browsers keep the guides they have read (home.offline).
OFFLINE_COPY = env.flag("OFFLINE_COPY", True)
# How many courses' addresses the daily run looks at; 0 for a site that calls nobody.
LINKS_A_DAY = int(env.text("LINKS_A_DAY", "25"))
# How many requests a minute the API answers for one network address; 0 for no limit.
API_A_MINUTE = int(env.text("API_A_MINUTE", "120"))
UPLOAD_QUOTA = int(env.text("UPLOAD_QUOTA_MB", "1024")) * 2**20
STATICFILES_FINDERS = [
    "home.finders.StylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_ADD_HEADERS_FUNCTION = add_static_headers
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Wagtail posts every row of a page in one form; a full career has some 900 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "portfolio.files.handling.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Security headers (the policy of the CMS is widened in home.middleware.AdminPolicy)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Wagtail
WAGTAIL_I18N_ENABLED = True
WAGTAIL_SITE_NAME = "Greenlight"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", "http://localhost:8000")
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FINISH_WORKFLOW_ACTION = "courses.publishing.publish_approved"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS = []
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "event": {"format": "{message}", "style": "{"},
    },
    "filters": {"secrets": {"()": lambda: without_secrets}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]},
        "events": {"class": "logging.StreamHandler", "formatter": "event"},
    },
    # What happened to accounts and to what they share, one line of JSON each (home.recording).
    "loggers": {"greenlight.events": {"handlers": ["events"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Greenlight <greenlight@localhost>")
# Where members answer to a moderator's decision; without it, the address above.
MODERATION_EMAIL = env.text("MODERATION_EMAIL")
