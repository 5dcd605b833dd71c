"""What `manage.py benchmark` serves: production's middleware and templates, over plain HTTP on loopback."""

from .base import *  # noqa: F403
from .base import CACHES, env

SECRET_KEY = env.text("SECRET_KEY", "only-for-measuring-" + "x" * 40)
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_ROOT = None
SECOND_FACTOR = False
if env.flag("BENCHMARK_COLD"):
    CACHES["guide"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
