"""Things done at the same moment, each over a connection of its own."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread

from django.db import connection, connections


def outcomes(*acts):
    """What the acts came to, in words and sorted: "done", or the name of the exception that turned one away."""
    return sorted(type(each).__name__ if isinstance(each, Exception) else "done" for each in at_once(*acts))


def at_once(*acts):
    """What each of the acts came to, in their order: what it returned, or the exception that it raised."""
    start, found = Barrier(len(acts)), [None] * len(acts)

    def attempt(place):
        start.wait()
        try:
            found[place] = acts[place]()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    with where_writers_wait():
        threads = [Thread(target=attempt, args=[place]) for place in range(len(acts))]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    return found


@contextmanager
def where_writers_wait():
    """The database as a real site has it. SQLite in memory turns a second writer away; in a file it waits for the first."""
    if connection.vendor != "sqlite":
        yield
        return
    with in_a_file() as file:
        try:
            yield
        finally:
            with closing(sqlite3.connect(file)) as source:
                source.backup(connection.connection)


@contextmanager
def in_a_file():
    """A file with SQLite's database as it is now, which every connection opens that is made from here on."""
    connection.ensure_connection()
    memory = connection.settings_dict["NAME"]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "db.sqlite3"
        with closing(sqlite3.connect(file)) as target:
            connection.connection.backup(target)
            # As a site's file is when it is served. Two that open another kind at once fall out over making it one.
            target.execute("PRAGMA journal_mode=WAL")
        connection.settings_dict["NAME"] = str(file)
        try:
            yield file
        finally:
            connection.settings_dict["NAME"] = memory
