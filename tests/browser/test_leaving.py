"""Copies and erasures on a real server whose workers are killed: each is taken up again and ends whole, by one at a time."""

import http.client
import io
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.conf import settings

from .conftest import environment, manage
from .test_writers import TOKEN

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("sites")]
ENTRIES, FILES, KILLS = 300, 30, 2
WORD, PASSWORD = "quokka", "a long pass phrase"
MEMBER = f"""
import os
from django.core.files.base import ContentFile
from django.test import Client
from home.models import User
from portfolio.models import Attachment, Project
owner = User.objects.create_user("{WORD}@example.org", "{PASSWORD}", age_band="18+")
for number in range({ENTRIES}):
    film = Project.objects.create(owner=owner, kind="project", title=f"{WORD} {{number}}", started="2026")
    if number < {FILES}:
        file = Attachment(entry_id=film.pk, medium="image", name="{WORD}.png", content_type="image/png", size=9)
        file.file.save("a.png", ContentFile(b"{WORD}" + os.urandom(400_000)))
client = Client(SERVER_NAME="localhost")
client.force_login(owner)
print("SESSION", client.session.session_key)
"""

# Two tasks about other things than the member's, one of which failed with the member's address on its lips.
QUEUE = f"""
from django_tasks_db.models import DBTaskResult
from home.models import User
from portfolio import tasks
from portfolio.leaving import erasing
owner = User.objects.get(email="{WORD}@example.org")
for key in (owner.entries.first().pk, 10**9, 10**9 + 1):
    tasks.send_reminder.enqueue(key, "deadline")
DBTaskResult.objects.filter(args_kwargs__args__0=10**9 + 1).update(traceback="Refused: {WORD}@example.org")
erasing.erase(erasure=erasing.close(owner=owner).pk)
print("LEFT", [found["args"] for found in DBTaskResult.objects.values_list("args_kwargs", flat=True)])
"""
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "only-for-tests-" + "x" * 40,
    "ALLOWED_HOSTS": "greenlight.example",
    "BASE_URL": "https://greenlight.example",
}


class Site:
    """A server of its own on SQLite as it comes, with one member who has much to take along."""

    def __init__(self, folder, environment, session):
        self.folder, self.database = folder, folder / "db.sqlite3"
        self.environment, self.session = {**environment, "VAR_DIR": str(folder)}, session
        with closing(socket.create_server(("127.0.0.1", 0))) as probe:
            self.port = probe.getsockname()[1]

    def serve(self):
        self.server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", f"127.0.0.1:{self.port}", "--noreload"],
            env=self.environment,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for line in self.server.stdout:
            if "Quit the server" in line:
                break
        threading.Thread(target=self.server.stdout.read, daemon=True).start()

    def kill(self):
        """End the server as a power cut would, with the thread that works in it."""
        self.server.send_signal(signal.SIGKILL)
        self.server.wait(timeout=20)

    def ask(self, method, address, **fields):
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}) if method == "POST" else None
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request(method, address, body, headers)
            answer = line.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read()

    def run(self, statement, *values):
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            rows = connection.execute(statement, values).fetchall()
            connection.commit()
            return rows

    def standing(self, table):
        return self.run(f"SELECT progress, done FROM portfolio_{table}")[0]

    def begun(self, table):
        """Wait until somebody is at work, or has been."""
        return self.until(lambda: self.standing(table)[0] in ("running", "ready"))

    def until(self, is_so, seconds=120):
        for _ in range(seconds * 50):
            if is_so():
                return True
            time.sleep(0.02)  # another process writes it, and says so to nobody
        return False

    def let_lease_run_out(self, table):
        """What half a minute of nobody at work comes to."""
        self.run(f"UPDATE portfolio_{table} SET touched_at = '2026-01-01 00:00:00', asked_at = '2026-01-01 00:00:00'")

    def files(self):
        return sorted(path for path in (self.folder / "private").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def filled(tmp_path_factory, quickstarted):
    """A folder with the site's data, the environment of its processes, and the member's session."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copytree(quickstarted, folder, dirs_exist_ok=True)
    processes = environment(folder)
    session = re.search(r"SESSION (\S+)", manage(processes, "shell", "-v", "0", "-c", MEMBER))[1]
    return folder, processes, session


@pytest.fixture
def site(filled, tmp_path):
    folder, *others = filled
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    made = Site(tmp_path, *others)
    made.serve()
    made.ask("POST", "/accounts/reauthenticate/", password=PASSWORD)
    yield made
    made.kill()


def killed_and_taken_up(site, table, address):
    """Whether the work was done in the end, with whoever was at it killed at moments that nobody chose.

    A quick machine may be done before it is killed again, but not before it was killed once.
    """
    moments, unfinished = random.Random(7), 0
    for _ in range(KILLS):
        assert site.begun(table)
        time.sleep(moments.uniform(0.01, 0.1))  # the moment is what is tried, and nothing waits for it
        site.kill()
        unfinished += site.standing(table)[0] == "running"
        site.let_lease_run_out(table)
        site.serve()
        site.ask("POST", address)
    return unfinished > 0 and site.until(lambda: site.standing(table)[0] == "ready")


def test_a_copy_whose_packer_is_killed_is_packed_by_the_next(site):
    uploads = site.files()
    site.ask("POST", "/me/data/")

    ended = killed_and_taken_up(site, "export", "/me/data/go-on/")

    site.ask("POST", "/accounts/reauthenticate/", password=PASSWORD)
    uuid = UUID(site.run("SELECT uuid FROM portfolio_export")[0][0])
    status, _, body = site.ask("GET", f"/me/data/exports/{uuid}/")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        found = [name for name in archive.namelist() if name.startswith("files/")]
        assert (ended, status, archive.testzip(), len(found)) == (True, 200, None, FILES)
    assert site.run("SELECT count(*), max(size) FROM portfolio_export") == [(1, len(body))]
    # What was stored and not yet told of is the broom's an hour later; nothing else is left.
    kept = site.run("SELECT file FROM portfolio_export")[0][0]
    for stray in [path for path in site.files() if path not in uploads]:
        os.utime(stray, (0, 0))
    manage(site.environment, "daily")
    assert [path for path in site.files() if path not in uploads] == [site.folder / "private" / kept]


def test_an_erasure_whose_worker_is_killed_goes_on_to_the_end(site):
    _, where, _ = site.ask("POST", "/me/data/erase/sure/", email=f"{WORD}@example.org")
    first = site.ask("GET", "/me/")[:2]

    ended = killed_and_taken_up(site, "erasure", where)

    assert (ended, first) == (True, (302, "/accounts/login/?next=/me/"))
    assert b"Everything is gone." in site.ask("GET", where)[2]
    assert site.files() == []
    tables = [name for (name,) in site.run("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert [name for name in tables if WORD in str(site.run(f'SELECT * FROM "{name}"'))] == []


def test_of_many_workers_at_once_one_does_it(site):
    key = site.run("SELECT id FROM home_user WHERE email = ?", f"{WORD}@example.org")[0][0]
    ask = (
        f"from portfolio.leaving import exporting; from home.models import User; exporting.ask(owner=User.objects.get(pk={key}))"
    )
    manage(site.environment, "shell", "-v", "0", "-c", ask)
    pack = "import sys; from portfolio.leaving import exporting; sys.stdin.readline(); print('DONE', exporting.pack(export=1))"
    start = [sys.executable, "manage.py", "shell", "-v", "0", "-c", pack]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    workers = [subprocess.Popen(start, env=site.environment, cwd=settings.BASE_DIR, **pipes) for _ in range(4)]

    said = together(workers)

    assert sorted(re.search(r"DONE (\w+)", each)[1] for each in said) == ["False", "False", "False", "True"]
    assert site.standing("export")[0] == "ready"


def together(workers):
    """What each of the workers says when all are let go at once."""
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    return [worker.communicate(timeout=120)[0] for worker in workers]


def test_the_queue_forgets_what_was_about_the_member(filled, tmp_path):
    folder, processes, _ = filled
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    processes = {**processes, **PRODUCTION, "VAR_DIR": str(tmp_path)}
    manage(processes, "migrate", "-v", "0")

    said = manage(processes, "shell", "-v", "0", "-c", QUEUE)

    assert said.splitlines()[-1] == "LEFT [[1000000000, 'deadline']]"
