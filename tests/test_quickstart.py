"""From a fresh clone to a page: what the set-up says when it cannot go on, and that a second run changes nothing."""

import ast
import errno
import hashlib
import io
import os
import re
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from config import bootstrap
from home.models import User
from home.steps import Step

LINK = re.compile(r"http://localhost:8000(/accounts/password/reset/key/\S+)")
PASS_PHRASE = "a pass phrase nobody has"


# What it says


def test_an_old_python_is_told_what_is_needed(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 6, 15))

    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(bootstrap.ROOT / "manage.py"), run_name="__main__")

    assert ended.value.code == (
        "Greenlight needs Python 3.11 or newer, and this is Python 3.6. "
        "Install a newer one and call it by its name, for example: python3.12 manage.py quickstart"
    )


def test_an_old_python_can_read_as_far_as_that():
    source = (bootstrap.ROOT / "manage.py").read_text()

    ast.parse(source, feature_version=(3, 4))
    assert source.index("sys.exit(") < source.index("from config")


def stop(*arguments):
    """What main prints on its way out with code 1."""
    ended = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=bootstrap.ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    return ended.stderr


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_named_before_any_work(taken):
    assert stop("quickstart", f"--port={taken}") == (
        f"Port {taken} is taken, perhaps by Greenlight itself: see http://localhost:{taken}/. "
        "Choose another with: python3 manage.py quickstart --port 8001\n"
    )


def test_a_port_taken_meanwhile_is_named_too(db, taken):
    with pytest.raises(CommandError, match=rf"Port {taken} cannot be used: .* Choose another with --port\."):
        call_command("quickstart", f"--port={taken}")


def test_a_closed_port_is_explained():
    with pytest.raises(bootstrap.Stop, match=r"Port 80 is not open to you; .* --port 8001"):
        bootstrap.refuse_port(80, PermissionError(errno.EACCES, "Permission denied"))


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match="a port is a number from 1 to 65535"):
        call_command("quickstart", f"--port={port}", "--no-serve")


def test_a_missing_venv_module_is_explained(monkeypatch):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)

    with pytest.raises(bootstrap.Stop, match=r"its venv module is missing\. Install it .*apt install python3-venv"):
        bootstrap.check_venv()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EROFS, "The disk of /there is read-only. Put the clone where files can be written and try again."),
        (errno.ENOSPC, "The disk of /there is full. Greenlight needs 500 MB: free some space and try again."),
        (errno.EACCES, "Nothing can be written in /there: Permission denied. Make the folder yours, or put the clone elsewhere."),
    ],
)
def test_a_disk_that_cannot_be_written_is_explained(monkeypatch, code, words):
    def refuse(*args, **kwargs):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "mkdir", refuse)

    with pytest.raises(bootstrap.Stop) as stopped:
        bootstrap.check_folder(Path("/there"))
    assert str(stopped.value) == words


def test_a_disk_that_fills_up_on_the_way_is_explained(monkeypatch, capsys):
    def fill(argv):
        raise OSError(errno.ENOSPC, "No space left on device", "/there/db.sqlite3")

    monkeypatch.setattr(bootstrap, "dispatch", fill)

    assert bootstrap.main(["manage.py", "migrate"]) == 1
    assert capsys.readouterr().err.startswith("The disk of /there/db.sqlite3 is full.")


def test_other_errors_keep_their_trace(monkeypatch):
    def fail(argv):
        raise FileNotFoundError(errno.ENOENT, "No such file", "missing.toml")

    monkeypatch.setattr(bootstrap, "dispatch", fail)

    with pytest.raises(FileNotFoundError):
        bootstrap.main(["manage.py", "migrate"])


def test_a_nearly_full_disk_is_seen_before_the_work(monkeypatch):
    monkeypatch.setattr(bootstrap, "SPACE", 10**18)

    with pytest.raises(bootstrap.Stop, match="is full"):
        bootstrap.check_space(bootstrap.ROOT)


def test_a_database_that_cannot_be_written_is_explained(db, monkeypatch):
    def refuse(*args):
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("home.management.commands.quickstart.migrate", refuse)

    with pytest.raises(CommandError, match=r"cannot be written: attempt to write a readonly database\. Is the disk full"):
        call_command("quickstart", "--no-serve")


def test_a_failing_program_says_its_last_lines():
    script = "for n in range(20): print('line', n)\nraise SystemExit(3)"

    with pytest.raises(bootstrap.Stop) as stopped:
        bootstrap.attempt([sys.executable, "-c", script], "pip could not install the packages")

    words = str(stopped.value).splitlines()
    assert words[0] == "pip could not install the packages. Its last words:"
    assert words[1:-1] == [f"  line {n}" for n in range(12, 20)]
    assert words[-1].endswith("give the same command again: it goes on from here.")


def test_pip_on_a_full_disk_is_a_full_disk():
    lines = ["Collecting wagtail", "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"]

    assert bootstrap.failed("pip could not install the packages", lines).startswith("The disk of ")


# The environment


@pytest.fixture
def venv(tmp_path, monkeypatch):
    """An empty place for .venv, where making it and running pip are only noted down."""
    ran = []
    python = tmp_path / "bin/python"

    def note(command, failure, watch=None):
        ran.append([str(part) for part in command])
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    for name, value in {"VENV": tmp_path, "PYTHON": python, "STAMP": tmp_path / "locks.txt", "attempt": note}.items():
        monkeypatch.setattr(bootstrap, name, value)
    monkeypatch.setattr(bootstrap, "has_pip", lambda: False)
    return ran


def test_the_environment_is_made_once(venv):
    bootstrap.environment("test")
    first = len(venv)
    bootstrap.environment("test")

    assert [command[2] for command in venv] == ["venv", "pip"]
    assert first == len(venv)


def test_the_large_lock_serves_for_the_small_one(venv):
    bootstrap.environment("ci")

    assert bootstrap.installed("test")
    assert not {"ci", "test"} - set(bootstrap.STAMP.read_text().split())


def test_a_changed_lock_is_installed_again(venv, tmp_path, monkeypatch):
    bootstrap.environment("test")
    (tmp_path / "test.txt").write_text("wagtail==8.0.1 \\\n")
    monkeypatch.setattr(bootstrap, "LOCKS", tmp_path)

    assert not bootstrap.installed("test")


def test_an_interrupted_installation_is_not_taken_for_done(venv, monkeypatch):
    def fail(*args):
        raise bootstrap.Stop("cut off")

    bootstrap.environment("test")
    bootstrap.STAMP.write_text("old test\n")
    monkeypatch.setattr(bootstrap, "has_pip", lambda: True)
    monkeypatch.setattr(bootstrap, "attempt", fail)

    with pytest.raises(bootstrap.Stop):
        bootstrap.environment("test")
    assert not bootstrap.STAMP.exists()


def test_an_unknown_lock_is_refused(venv):
    with pytest.raises(bootstrap.Stop, match="There is no lock named prod; choose from test, ci"):
        bootstrap.environment("prod")


def test_an_active_environment_is_used_as_it_is(venv):
    assert bootstrap.usable(["wagtail"])
    assert not bootstrap.usable(["wagtail", "no_such_module"])


def test_a_damaged_environment_is_not_handed_over_for_ever(monkeypatch):
    monkeypatch.setattr(bootstrap, "VENV", Path(sys.prefix))

    with pytest.raises(bootstrap.Stop, match=r"Remove the folder \.venv"):
        bootstrap.hand_over(["manage.py", "check"])


# One line a step


def test_a_step_is_one_line_in_a_file():
    lines = io.StringIO()

    with Step("1/5 Making .venv", lines) as step:
        step.note("half")
    with Step("2/5 Installing", lines) as step:
        step.outcome = "already there"
    with pytest.raises(KeyError), Step("3/5 Looking", lines):
        raise KeyError

    assert lines.getvalue() == "1/5 Making .venv … done\n2/5 Installing … already there\n3/5 Looking … stopped\n"


def test_a_step_shows_its_progress_on_a_terminal():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    lines = Terminal()
    with Step("1/5 Making", lines) as step:
        step.note("3 of 4")

    assert lines.getvalue() == "1/5 Making … \r\x1b[K1/5 Making … 3 of 4\r\x1b[K1/5 Making … done\n"


# The database, the guide and the administrator


def quickstart(*arguments):
    lines = io.StringIO()
    call_command("quickstart", "--no-serve", *arguments, stdout=lines)
    return lines.getvalue()


def contents():
    """Each table's number of rows and a checksum of them."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        return {table: checksum(cursor, table) for table in tables}


def checksum(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    rows = sorted(map(repr, cursor.fetchall()))
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


def test_a_second_run_changes_nothing(db):
    quickstart()
    before = contents()
    again = quickstart()

    assert contents() == before
    assert before["careers_careerpage"][0] == 21
    assert LINK.sub("", again) == (
        "3/5 Preparing the database … already up to date\n"
        "4/5 Loading the guide … The guide is complete already; nothing was changed.\n"
        "5/5 First administrator … admin@localhost sets a password here, once:\n    \n"
    )


def test_the_first_administrator_sets_a_password_once(client, db):
    link = LINK.search(quickstart())[1]

    form = client.get(link, follow=True)
    data = {"password1": PASS_PHRASE, "password2": PASS_PHRASE}
    client.post(form.redirect_chain[-1][0], data)
    stranger = type(client)()
    late = stranger.get(link, follow=True)

    assert late.context["token_fail"]
    assert User.objects.get(is_superuser=True).check_password(PASS_PHRASE)
    assert client.login(email="admin@localhost", password=PASS_PHRASE)
    assert client.get("/cms/").status_code == 200
    assert quickstart().endswith("5/5 First administrator … already there\n")


def test_the_link_is_shown_until_it_is_used(client, db):
    first = LINK.search(quickstart())[1]
    quickstart()

    assert client.get(first, follow=True).context.get("token_fail") is None


def test_the_administrator_may_be_somebody(db):
    quickstart("--admin-email", "Ann@Example.org")

    assert User.objects.get(is_superuser=True).email == "ann@example.org"


def test_an_administrator_with_a_password_is_left_alone(db):
    User.objects.create_superuser("boss@example.org", PASS_PHRASE)
    before = contents()

    assert "already there" in quickstart().splitlines()[-1]
    assert contents() == before
