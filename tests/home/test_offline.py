"""The worker that keeps guides offline, as the server sends it, and what keeps a page from being kept."""

import json
import re

import pytest

from home import offline
from home.middleware import PERSONAL
from tests import make

pytestmark = pytest.mark.django_db


def known(answer):
    return json.loads(re.match(r"const SITE = (.*);\n", answer.content.decode())[1])


def test_the_worker_is_a_script_of_the_whole_site_that_is_asked_for_each_time(client):
    answer = client.get("/sw.js")

    headers = {name: answer.headers[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")}
    assert headers == {"Content-Type": "text/javascript", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.cookies == {}
    assert client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_worker_knows_every_place_that_is_somebodys_own(client):
    site = known(client.get("/sw.js"))

    assert set(PERSONAL) <= set(site["shut"])
    assert {"/people/", "/shared/", "/endorse/", "/search/", "/files/"} <= set(site["shut"])
    assert {"/cms/", "/api/"} <= set(site["without"])
    assert site["homes"][-1]["address"] == "/offline/"
    assert "{day}" in site["homes"][-1]["notice"]


def test_an_edition_changes_with_the_worker_and_with_nothing_else(client, monkeypatch):
    before = [known(client.get("/sw.js"))["edition"] for _ in range(2)]
    make.career()
    unchanged = known(client.get("/sw.js"))["edition"]
    monkeypatch.setattr(offline, "MOST", 3)

    assert before == [unchanged, unchanged]
    assert known(client.get("/sw.js"))["edition"] != unchanged


def test_a_site_without_copies_sends_a_worker_that_leaves_and_no_page(client, settings):
    settings.OFFLINE_COPY = False

    worker, page, profile = (client.get(address) for address in ("/sw.js", "/offline/", "/careers/associate-producer/"))

    assert (worker.status_code, "unregister" in worker.content.decode(), "fetch" in worker.content.decode()) == (200, True, False)
    assert page.status_code == 404
    assert 'href="/offline/"' not in profile.content.decode()


@pytest.mark.parametrize("address", "/me/ /me/entries/ /accounts/ /counselling/ /careers/producer/ /offline/".split())
def test_what_is_sent_to_somebody_signed_in_is_never_public(client, address):
    client.force_login(make.counsellor())

    rules = client.get(address).headers["Cache-Control"]

    assert ("private" in rules, "no-store" in rules, "public" in rules) == (True, True, False)
