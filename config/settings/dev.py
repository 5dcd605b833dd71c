"""One machine, nothing to install: SQLite, files in var/, mail on the console."""

from .base import *  # noqa: F403
from .base import VAR_DIR, env

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STATIC_ROOT = None
# Passkeys ask for https, except on localhost, which browsers trust as it is.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SAMPLE_PEOPLE_ALLOWED = True
# On a terminal the events would stand between what somebody set out to read.
LOGGING["loggers"]["greenlight.events"]["handlers"] = []  # noqa: F405
