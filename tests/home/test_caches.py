from concurrent.futures import ThreadPoolExecutor

from django.core.cache import caches

from home.caches import ProcessCache


def test_the_longest_unused_goes_first():
    cache = ProcessCache("few", {"OPTIONS": {"MAX_ENTRIES": 2}})
    cache.set("a", 1)
    cache.set("b", 2)
    cache.get("a")

    cache.set("c", 3)

    assert [cache.get(key) for key in "abc"] == [1, None, 3]


def test_what_is_kept_is_the_thing_itself():
    cache = ProcessCache("same", {})
    kept = object()
    cache.set("key", kept)

    assert cache.get("key") is kept
    assert ProcessCache("same", {}).get("key") is kept
    cache.clear()
    assert cache.get("key", "gone") == "gone"


def test_every_thread_sees_what_another_kept():
    caches["guide"].set("key", "kept")

    with ThreadPoolExecutor(1) as other:
        assert other.submit(lambda: caches["guide"].get("key")).result() == "kept"
