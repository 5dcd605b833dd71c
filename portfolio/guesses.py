"""Counts wrong secrets by the address that they come from, so that nobody can try many.

Only misses count: the calendar programs of a whole school may ask from one address. If the cache does not answer, nobody is
turned away: a secret of 192 random bits is not found by trying, however fast.
"""

import logging
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache

MOST = 30
SECONDS = 60
logger = logging.getLogger(__name__)


def are_too_many(request):
    """Whether the address has tried too often in this minute; a right secret does not help it then."""
    return asked(lambda: cache.get(key_of(request), 0), otherwise=0) >= MOST


def count(request):
    asked(lambda: add_one(key_of(request)))


def add_one(key):
    try:
        cache.incr(key)
    except ValueError:
        cache.set(key, 1, timeout=2 * SECONDS)


def asked(question, otherwise=None):
    """The cache's answer, or else the one given. What a cache raises that is out of reach is its driver's own."""
    try:
        return question()
    except Exception as error:
        logger.warning("The cache does not answer: %s", type(error).__name__)
        return otherwise


def key_of(request):
    return f"guesses:{get_adapter().get_client_ip(request)}:{int(time.time()) // SECONDS}"
