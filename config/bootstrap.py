"""Runs a command in an environment that has what it needs, and makes that environment when there is none.

Standard library only: on a fresh clone nothing else is there yet.
"""

import argparse
import errno
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from home.steps import Step

from .obstacles import DISK, Stop, check_folder, check_port, check_space, check_venv, disk_words

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = ROOT / "config" / "locks"
STAMP = VENV / "locks.txt"
# A lock and those it includes; tests/test_packages.py proves that it does.
COVERS = {"test": ["test"], "ci": ["ci", "test"]}
MODULES = {"test": ["wagtail", "pytest", "pytest_django"]}
# The lock is complete and hashed, so there is nothing to resolve; Python compiles what it uses when it uses it.
PIP = "-m pip install --require-hashes --no-deps --no-compile --no-input --disable-pip-version-check --progress-bar off".split()
USAGE = """\
python3 manage.py quickstart   sets Greenlight up and serves it on this machine; --help lists the options
python3 manage.py test         runs the tests; what follows goes to pytest
python3 manage.py install ci   adds the linters and the browser tools to .venv
python3 manage.py help         lists every other command"""


def main(argv):
    """The exit code of the command in argv, run in the right environment."""
    sys.stdout.reconfigure(errors="replace")
    try:
        return dispatch(argv)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in DISK:
            raise
        print(disk_words(error, error.filename or ROOT), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
        return 130


def dispatch(argv):
    command = argv[1] if len(argv) > 1 else ""
    if not command:
        print(USAGE)
        return 0
    if command == "install":
        environment(argv[2] if len(argv) > 2 else "test")
        return 0
    steps = check_quickstart(argv[2:]) if command == "quickstart" else 0
    if usable(MODULES.get(command, ["wagtail"])):
        return run(argv)
    environment("test", steps)
    return hand_over(argv)


def check_quickstart(arguments):
    """The number of steps there will be; stops before any work if its end can be seen now."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--no-serve", action="store_true")
    parser.add_argument("--with-people", action="store_true")
    options, _ = parser.parse_known_args(arguments)
    if not options.no_serve and options.port.isdecimal() and int(options.port) < 65536:
        check_port(int(options.port))
    check_folder(Path(os.environ.get("VAR_DIR") or ROOT / "var"))
    os.environ.setdefault("BASE_URL", f"http://localhost:{options.port}")
    return 6 if options.with_people else 5


def run(argv):
    """Hand the command to pytest or Django, which only now are known to be there."""
    if argv[1] == "test":
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        os.chdir(ROOT)
        import pytest

        return pytest.main(argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)
    return 0


def hand_over(argv):
    """Start again with the Python of .venv."""
    if own():
        raise Stop("The packages in .venv are damaged. Remove the folder .venv and try again.")
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.call([PYTHON, *argv]))
    os.execv(PYTHON, [str(PYTHON), *argv])


# The environment


def own():
    """Whether this is the Python of .venv."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def usable(modules):
    """Whether this Python can run the command as it is: an active environment with the packages, and not an outdated .venv."""
    if own() and STAMP.exists() and not installed("test"):
        return False
    return all(importlib.util.find_spec(name) for name in modules)


def environment(lock, steps=0):
    """Make .venv and install the lock's packages, each only when it is missing; they are the first of so many steps, if any."""
    if lock not in COVERS:
        raise Stop(f"There is no lock named {lock}; choose from {', '.join(COVERS)}.")
    if not installed(lock):
        check_folder(ROOT)
        check_space(ROOT)
    elif not steps:
        return
    with Step(f"1/{steps} Making .venv" if steps else "Making .venv") as step:
        make(lock, step)
    with Step(f"2/{steps} Installing the packages" if steps else "Installing the packages") as step:
        install(lock, step)


def digest(lock):
    return hashlib.sha256((LOCKS / f"{lock}.txt").read_bytes()).hexdigest()


def installed(lock):
    """Whether .venv holds just what the lock names today."""
    return PYTHON.exists() and STAMP.exists() and digest(lock) in STAMP.read_text().split()


def make(lock, step):
    if installed(lock) or has_pip():
        step.outcome = "already there"
        return
    check_venv()
    attempt([sys.executable, "-m", "venv", "--clear", VENV], "Python could not make .venv")


def has_pip():
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return PYTHON.exists() and subprocess.call([PYTHON, "-m", "pip", "--version"], **silent) == 0


def install(lock, step):
    if installed(lock):
        step.outcome = "already there"
        return
    STAMP.unlink(missing_ok=True)
    file = LOCKS / f"{lock}.txt"
    attempt([PYTHON, *PIP, "-r", file], "pip could not install the packages", progress(step, len(pinned(file.read_text()))))
    STAMP.write_text("".join(f"{digest(name)} {name}\n" for name in COVERS[lock]))


def progress(step, total):
    """Notes on the step how far pip is, line by line of what it prints."""
    seen = []

    def watch(line):
        if line.startswith("Collecting "):
            seen.append(line.split()[1].split("==")[0])
            step.note(f"{len(seen)} of {total}: {seen[-1]}")
        elif line.startswith("Installing collected"):
            step.note("unpacking")

    return watch


def pinned(text):
    """The names that a lock pins for this kind of machine."""
    lines = [line for line in text.splitlines() if "==" in line.split(";")[0]]
    return {line.split("==")[0] for line in lines if "sys_platform == 'win32'" not in line or os.name == "nt"}


def attempt(command, failure, watch=lambda line: None):
    """Run a program, give each line it prints to watch, and stop with its last lines if it fails."""
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as program:
        for line in program.stdout:
            lines.append(line.rstrip())
            watch(line)
    if program.returncode:
        raise Stop(failed(failure, lines))


def failed(failure, lines):
    """What a program's failure means; its own last lines when we do not know."""
    if any(os.strerror(errno.ENOSPC) in line for line in lines):
        return disk_words(OSError(errno.ENOSPC, ""), ROOT)
    last = "\n".join(f"  {line}" for line in [line for line in lines if line.strip()][-8:])
    return f"{failure}. Its last words:\n{last}\nWhen that is put right, give the same command again: it goes on from here."
