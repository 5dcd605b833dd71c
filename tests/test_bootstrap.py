"""Before Django is there: what the set-up says when it cannot go on, and the environment that it makes."""

import ast
import errno
import io
import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config import bootstrap, obstacles
from home.steps import Step


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


def test_a_closed_port_is_explained():
    with pytest.raises(obstacles.Stop, match=r"Port 80 is not open to you; .* --port 8001"):
        obstacles.refuse_port(80, PermissionError(errno.EACCES, "Permission denied"))


def test_a_missing_venv_module_is_explained(monkeypatch):
    monkeypatch.setattr(obstacles.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)

    with pytest.raises(obstacles.Stop, match=r"its venv module is missing\. Install it .*apt install python3-venv"):
        obstacles.check_venv()


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

    with pytest.raises(obstacles.Stop) as stopped:
        obstacles.check_folder(Path("/there"))
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
    monkeypatch.setattr(obstacles, "SPACE", 10**18)

    with pytest.raises(obstacles.Stop, match="is full"):
        obstacles.check_space(bootstrap.ROOT)


def test_a_failing_program_says_its_last_lines():
    script = "for n in range(20): print('line', n)\nraise SystemExit(3)"

    with pytest.raises(obstacles.Stop) as stopped:
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
        raise obstacles.Stop("cut off")

    bootstrap.environment("test")
    bootstrap.STAMP.write_text("old test\n")
    monkeypatch.setattr(bootstrap, "has_pip", lambda: True)
    monkeypatch.setattr(bootstrap, "attempt", fail)

    with pytest.raises(obstacles.Stop):
        bootstrap.environment("test")
    assert not bootstrap.STAMP.exists()


def test_an_unknown_lock_is_refused(venv):
    with pytest.raises(obstacles.Stop, match="There is no lock named prod; choose from test, ci"):
        bootstrap.environment("prod")


def test_an_active_environment_is_used_as_it_is(venv):
    assert bootstrap.usable(["wagtail"])
    assert not bootstrap.usable(["wagtail", "no_such_module"])


def test_a_damaged_environment_is_not_handed_over_for_ever(monkeypatch):
    monkeypatch.setattr(bootstrap, "VENV", Path(sys.prefix))

    with pytest.raises(obstacles.Stop, match=r"Remove the folder \.venv"):
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
