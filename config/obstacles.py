"""What can stand in the way of setting up, and the words for it. Standard library only."""

import errno
import importlib.util
import shutil
import socket
import tempfile

SPACE = 500_000_000
DISK = {errno.EROFS: "is read-only", errno.ENOSPC: "is full", errno.EDQUOT: "is full"}


class Stop(Exception):
    """The work cannot go on; says why, and what to do, in words for a person."""


def check_port(port):
    """Stop if a server could not listen on the port, by either address that localhost may mean."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            refuse_port(port, error)


def refuse_port(port, error):
    other = "Choose another with: python3 manage.py quickstart --port 8001"
    if error.errno == errno.EADDRINUSE:
        raise Stop(f"Port {port} is taken, perhaps by Greenlight itself: see http://localhost:{port}/. {other}")
    if error.errno == errno.EACCES:
        raise Stop(f"Port {port} is not open to you; those below 1024 seldom are. {other}")


def check_venv():
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Stop(
            "This Python cannot make environments, because its venv module is missing. "
            "Install it (on Debian and Ubuntu: apt install python3-venv) and try again."
        )


def check_folder(folder):
    """Stop if nothing can be written in the folder, which is made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x" * 4096)
            probe.flush()
    except OSError as error:
        raise Stop(disk_words(error, folder)) from error


def check_space(folder):
    if shutil.disk_usage(folder).free < SPACE:
        raise Stop(disk_words(OSError(errno.ENOSPC, ""), folder))


def disk_words(error, folder):
    """What stands in the way of writing there, and what to do about it."""
    state = DISK.get(error.errno)
    if state == "is full":
        return f"The disk of {folder} is full. Greenlight needs {SPACE // 1_000_000} MB: free some space and try again."
    if state:
        return f"The disk of {folder} {state}. Put the clone where files can be written and try again."
    return f"Nothing can be written in {folder}: {error.strerror}. Make the folder yours, or put the clone elsewhere."
