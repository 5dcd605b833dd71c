"""Many people saving at once on the set-up that quickstart makes: busy is not broken, and what was said to be saved is saved."""

import http.client
import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from urllib.parse import urlencode

import pytest
from django.conf import settings

from .conftest import environment, manage

# All in one process, for the site is made once, from the tests' own database.
pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("sites")]
WRITERS, SAVES, PAIRS = 8, 200, 25
TOKEN = "a" * 32
SETS = ("evidence", "links", "kept", "uploads", "collaborators", "weeks")
ROWS = {f"{name}-{part}_FORMS": "0" for name in SETS for part in ("TOTAL", "INITIAL")}
PEOPLE = f"""
from django.test import Client
from home.models import User
for number in range({WRITERS}):
    client = Client()
    client.force_login(User.objects.create_user(f"writer{{number}}@example.org", age_band="18+"))
    print("SESSION", client.cookies["sessionid"].value)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, quickstarted):
    """A site of its own on SQLite as it comes: the port it answers on, its database and the sessions of its members."""
    tmp_path = tmp_path_factory.mktemp("site")
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    shutil.copytree(quickstarted, tmp_path, dirs_exist_ok=True)
    processes = environment(tmp_path)
    sessions = re.findall(r"SESSION (\S+)", manage(processes, "shell", "-v", "0", "-c", PEOPLE))
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"],
        env=processes,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    reader = threading.Thread(target=server.stdout.read, daemon=True)
    for line in server.stdout:
        if "Quit the server" in line:
            break
    reader.start()
    yield port, tmp_path / "db.sqlite3", sessions
    server.terminate()
    server.wait(timeout=20)


class Writer(threading.Thread):
    """One member who logs, edits, shows, deletes and brings back, and remembers what the site said was saved."""

    def __init__(self, port, session, number):
        super().__init__()
        self.port, self.number = port, number
        self.cookie = f"sessionid={session}; csrftoken={TOKEN}"
        self.statuses, self.words, self.seen, self.mistake = [], {}, {}, None

    def run(self):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as self.connection:
                for turn in range(SAVES):
                    (self.log, self.edit, self.show, self.log, self.delete_and_undo)[turn % 5](turn)
        except Exception as mistake:
            self.mistake = mistake

    def post(self, address, **fields):
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", address, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        self.statuses.append(answer.status)
        return answer

    def entry(self, turn, **more):
        words = f"Words {self.number}-{turn}"
        return words, {**ROWS, "title": f"Entry {turn}", "started": "2026-03", "state": "completed", "visibility": "1",
                       "description": words, **more}  # fmt: skip

    def log(self, turn):
        words, fields = self.entry(turn, token=f"{self.number:08x}-0000-4000-8000-{turn:012x}")
        answer = self.post("/me/entries/new/project/", **fields)
        if answer.status == 302:
            self.last = int(re.search(r"/(\d+)/$", answer.headers["Location"])[1])
            self.words[self.last], self.seen[self.last] = words, [1, 1]

    def edit(self, turn):
        words, fields = self.entry(turn, version=str(self.seen[self.last][0]))
        if self.post(f"/me/entries/{self.last}/edit/", **fields).status == 302:
            self.words[self.last] = words
            self.seen[self.last] = [self.seen[self.last][0] + 1, 1]

    def show(self, turn):
        if self.post("/me/entries/selected/", entry=str(self.last), do="show", visibility="4").status == 302:
            self.seen[self.last] = [self.seen[self.last][0] + 1, 4]

    def delete_and_undo(self, turn):
        self.post("/me/entries/selected/", entry=str(self.last), do="bin")
        if self.post("/me/entries/bin/", entry=str(self.last), do="restore").status == 302:
            self.seen[self.last][0] += 2


def together(acts):
    """What each of the acts returns when all are done at once."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def take(place):
        start.wait()
        results[place] = acts[place]()

    threads = [threading.Thread(target=take, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def posted(writer, address, fields):
    """The answer to one request of the writer over a connection of its own: its status and where it leads."""
    with closing(http.client.HTTPConnection("127.0.0.1", writer.port, timeout=60)) as writer.connection:
        answer = writer.post(address, **fields)
    return answer.status, answer.headers["Location"]


def test_of_two_tabs_that_save_at_once_one_wins_and_one_is_told(site):
    port, database, sessions = site
    tabs = one, _ = [Writer(port, sessions[0], 90) for _ in range(2)]
    _, address = posted(one, "/me/entries/new/project/", one.entry(0)[1])

    for version in range(1, PAIRS + 1):
        saves = [one.entry(version, version=str(version))[1] for _ in range(2)]
        acts = [lambda tab=tab, save=save: posted(tab, f"{address}edit/", save) for tab, save in zip(tabs, saves, strict=True)]
        found = together(acts)
        assert sorted(status for status, _ in found) == [302, 409]


def test_ten_clicks_at_once_make_one_entry(site):
    port, database, sessions = site
    _, fields = Writer(port, sessions[1], 91).entry(0, token="0d7b4f0e-6f0c-4b6e-8f0a-1b2c3d4e5f61", title="Clicked ten times")
    clicks = [Writer(port, sessions[1], 91) for _ in range(10)]

    found = together([lambda click=click: posted(click, "/me/entries/new/project/", fields) for click in clicks])

    with closing(sqlite3.connect(database)) as connection:
        count = connection.execute("SELECT count(*) FROM portfolio_entry WHERE title = 'Clicked ten times'").fetchone()
    assert (set(found), count) == ({found[0]}, (1,))
    assert found[0][0] == 302


def test_eight_people_save_at_once_and_nothing_is_lost(site):
    port, database, sessions = site
    writers = [Writer(port, session, number) for number, session in enumerate(sessions)]
    with closing(sqlite3.connect(database)) as connection:
        before = connection.execute("SELECT coalesce(max(id), 0) FROM portfolio_entry").fetchone()[0]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=300)

    assert [writer.mistake for writer in writers] == [None] * WRITERS
    statuses = [status for writer in writers for status in writer.statuses]
    assert len(statuses) >= WRITERS * SAVES
    assert set(statuses) == {302}
    with closing(sqlite3.connect(database)) as connection:
        stored = connection.execute(
            "SELECT id, description, version, visibility FROM portfolio_entry WHERE deleted_at IS NULL AND id > ?",
            [before],
        )
        found = {pk: (words, version, visibility) for pk, words, version, visibility in stored}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    promised = {pk: (words, *writer.seen[pk]) for writer in writers for pk, words in writer.words.items()}
    assert json.dumps(found, sort_keys=True) == json.dumps(promised, sort_keys=True)
