import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches

from careers.models import Skill
from home.caches import ProcessCache
from home.models import GuideVersion

DRAWN = [
    "/",
    "/careers/",
    "/careers/producer/",
    "/careers/producer.md",
    "/careers/map/",
    "/search/?q=budget",
    "/skills/",
    "/glossary/",
]


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


@pytest.mark.django_db
def test_a_change_of_the_guide_takes_the_place_of_what_was_kept(client):
    counts = []
    for _ in range(3):
        for address in DRAWN:
            client.get(address)
        counts.append(len(caches["guide"].values))
        GuideVersion.advance()

    assert counts[0] > len(DRAWN)
    assert counts == [counts[0]] * 3


@pytest.mark.django_db
def test_a_list_of_the_catalogue_is_kept_until_something_changes_and_in_each_language(client, django_assert_num_queries):
    def called():
        lists = [client.get(address).content.decode() for address in ("/skills/", "/fr/skills/")]
        return [re.findall(r'<h3><a href="[^"]*/skills/budgeting/">(.*?)<', html) for html in lists]

    first = called()
    with django_assert_num_queries(2):
        again = called()
    Skill.objects.get(slug="budgeting").unpublish()

    assert (first, again, called()) == ([["Budgeting"], ["Établissement de budgets"]], first, [[], []])
