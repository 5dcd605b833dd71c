"""Every test starts with the real guide in the database, empty caches, and no skips in CI."""

import hashlib
import os
import sqlite3
from contextlib import closing, contextmanager, nullcontext
from urllib.parse import urlsplit

import django
import hypothesis
import pytest
import wagtail
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from django.utils import translation

from .together import in_a_file

# What can change without changing the database that a test starts with.
ELSEWHERE = {"templates", "templatetags", "static", "benchmarking", "people", "views", "forms", "files", "__pycache__"}
ELSEWHERE |= {
    f"{name}.py"
    for name in "views urls forms explorer finders middleware context_processors quickstart samples drawing benchmarking".split()
}
# An example may take as long as it takes: a machine that does other things meanwhile is no fault of the code.
hypothesis.settings.register_profile(
    "untimed", hypothesis.settings(), deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")
MEMORY = "file:memorydb_default?mode=memory&cache=shared"


def pytest_configure(config):
    """A Redis database of its own for each worker, since tests empty it."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    if settings.REDIS_URL:
        address = urlsplit(settings.REDIS_URL)
        number = (int(address.path.strip("/") or 0) + worker) % 16
        for name in ("default", "cards"):
            settings.CACHES[name]["LOCATION"] = address._replace(path=f"/{number}").geturl()


def pytest_ignore_collect(collection_path, config):
    """Browser tests need the packages of the e2e extra and a process of their own: -m browser asks for them."""
    return True if collection_path.name == "browser" and not in_the_browser(config) else None


def in_the_browser(config):
    return config.option.markexpr in ("browser", "lighthouse")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI") == "true":
        reporter.write_line(f"\nNothing may be skipped in CI: {', '.join(report.nodeid for report in skipped)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_setup(request, copy, django_db_setup, django_db_blocker):
    """The test database with the guide in it, put back after each test that commits."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        call_command("load_guide", verbosity=0)
        copy.keep()
        # Django would empty every table here, and the next test would find no page tree.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: copy.restore())
        with copy.served() if in_the_browser(request.config) else nullcontext():
            yield
        copy.drop()


@pytest.fixture(scope="session")
def copy(django_db_modify_db_settings):
    made = SqliteCopy() if connection.vendor == "sqlite" else PostgresCopy()
    with made.filled():
        yield made


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """What a fixture of the module makes after asking for this stands for all its tests; what each of them does is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def empty_caches():
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def own_language():
    """A test begins in the guide's own language: what it asks for in another leaves the process in that one."""
    translation.activate(settings.LANGUAGE_CODE)


class SqliteCopy:
    """A file with the migrated, loaded database, good for as long as nothing that made it has changed."""

    def __init__(self):
        self.file = settings.VAR_DIR / "tests" / f"{fingerprint()}.sqlite3"

    def filled(self):
        """A connection that holds the database in memory open, with the file's content if there is one."""
        memory = sqlite3.connect(MEMORY, uri=True)
        if self.file.exists():
            self.read_into(memory)
        return closing(memory)

    def keep(self):
        if self.file.exists():
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        for old in self.file.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        draft = self.file.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(draft)) as target:
            connection.connection.backup(target)
        draft.replace(self.file)

    def restore(self):
        connection.ensure_connection()
        self.read_into(connection.connection)

    @contextmanager
    def served(self):
        """Where a server answers, each of its threads has a connection of its own, as on a site.

        In memory all would share one, and the transaction of one request would end in that of another.
        """
        with in_a_file():
            connection.close()
            yield
            connection.close()

    def read_into(self, target):
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as source:
            source.backup(target)

    def drop(self):
        """The file stays, for the next run."""


class PostgresCopy:
    """A second database beside the test's, copied by the server itself."""

    def filled(self):
        return closing(connection)

    @property
    def names(self):
        name = connection.settings_dict["NAME"]
        return name, f"{name}_copy"

    def keep(self):
        name, copy = self.names
        self.duplicate(name, copy)

    def restore(self):
        name, copy = self.names
        self.duplicate(copy, name)

    def served(self):
        return nullcontext()

    def duplicate(self, source, target):
        connections.close_all()
        self.run(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        self.run(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def drop(self):
        self.run(f'DROP DATABASE "{self.names[1]}"')

    @staticmethod
    def run(statement):
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def fingerprint():
    """Changes with whatever could change the database that a test starts with."""
    found = hashlib.sha256(f"{django.VERSION} {wagtail.VERSION}".encode())
    folders = [settings.BASE_DIR / name for name in ("home", "careers", "courses", "portfolio", "config/settings")]
    files = [path for folder in folders for path in folder.rglob("*.*") if path.is_file() and ELSEWHERE.isdisjoint(path.parts)]
    for path in sorted(files):
        found.update(path.relative_to(settings.BASE_DIR).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:16]
