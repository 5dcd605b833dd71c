"""The cache of what one process has drawn: the objects themselves, never copied, never shared."""

from collections import OrderedDict
from threading import Lock

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

# Django makes a backend for each thread; those of one location share what they keep.
STORES: dict[str, tuple[OrderedDict, Lock]] = {}


class ProcessCache(BaseCache):
    """Keeps values until they are the longest unused of too many. A value comes with its version, so nothing goes out of date.

    What is kept is handed out as it is: nobody may change it.
    """

    def __init__(self, name, params):
        super().__init__(params)
        self.values, self.lock = STORES.setdefault(name, (OrderedDict(), Lock()))

    def get(self, key, default=None, version=None):
        with self.lock:
            if key not in self.values:
                return default
            self.values.move_to_end(key)
            return self.values[key]

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        with self.lock:
            self.values[key] = value
            while len(self.values) > self._max_entries:
                self.values.popitem(last=False)

    def clear(self):
        with self.lock:
            self.values.clear()
