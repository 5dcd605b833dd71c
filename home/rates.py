"""Counts what comes from somewhere and stops it at a limit, for all workers together.

The counts lie in the cache that workers share, under the span of time that they belong to. If it does not answer, nobody is
turned away. Redis counts each one; the cache in files may miss some of those that come in the same moment.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)
AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60


class TooMany(ValueError):
    """More than a limit allows; the text is a sentence for whoever sent it, `wait` are the seconds until the next may come."""

    def __init__(self, sentence: str, wait: int):
        self.wait = wait
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many of something in a span of so many seconds by the clock, for each of those it comes from."""

    name: str
    most: int
    seconds: int

    def is_reached(self, who: object) -> bool:
        """Whether there were as many as may be, without counting one more."""
        return asked(lambda: cache.get(self.key(who), 0), otherwise=0) >= self.most

    def takes(self, who: object) -> bool:
        """Count one more, and say whether it is still within the limit."""
        return asked(lambda: add_one(self.key(who), 2 * self.seconds), otherwise=0) <= self.most

    @property
    def wait(self) -> int:
        """The seconds until the next span begins, at least one."""
        return self.seconds - int(time.time()) % self.seconds

    def key(self, who: object) -> str:
        return f"{self.name}:{who}:{int(time.time()) // self.seconds}"


def address_of(request: HttpRequest) -> str:
    """The network address that a request comes from; what a proxy says of it counts only if the proxy is trusted."""
    return get_adapter().get_client_ip(request)


def pseudonym_of(request: HttpRequest) -> str:
    """A name for where a request comes from that is good for a day and tells nobody the address.

    The day's salt is random and lies in the cache alone: once that is gone, no key of the site leads back.
    """
    name = f"salt:{int(time.time()) // A_DAY}"
    salt = asked(lambda: cache.get_or_set(name, lambda: secrets.token_hex(16), A_DAY), otherwise="")
    return salted_hmac(f"home.rates:{salt}", address_of(request), algorithm="sha256").hexdigest()[:32]


def add_one(key: str, timeout: int) -> int:
    """The count under the key, one more than before."""
    cache.add(key, 0, timeout)
    count = cache.incr(key)
    # The cache in files forgets how long it was to keep a number whenever it counts.
    cache.touch(key, timeout)
    return count


def asked(question: Callable[[], Any], otherwise: Any = None) -> Any:
    """The cache's answer, or else the one given. What a cache raises that is out of reach is its driver's own."""
    try:
        return question()
    except Exception as error:
        logger.warning("The cache does not answer: %s", type(error).__name__)
        return otherwise
