"""Serves an application with gunicorn and reads what its requests cost from /proc. Linux only."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: the port it answers on and its process."""

    port: int
    process: subprocess.Popen

    def workers(self) -> list[int]:
        return children(self.process.pid)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request cost: processor seconds of the site and of its database, and the bytes of the answer."""

    site: float
    database: float
    bytes: int

    @property
    def seconds(self) -> float:
        return self.site + self.database


@contextmanager
def serving(application: str, **environment: str) -> Iterator[Served]:
    """The application under gunicorn (one sync worker) on a free port of loopback; stopped at the end."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "-b", f"127.0.0.1:{port}", "-w", "1", "--log-level", "error"]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        wait_for(port, process)
        yield Served(port, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)  # another process opens the port, and says so to nobody
    raise RuntimeError("The server did not start; its own words stand above.")


def get(port: int, path: str, cookie: str = "") -> int:
    """The bytes of the answer's body; RuntimeError unless it is a 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return len(body)


def cost_of(server: Served, path: str, requests: int, warm_up: int = 20, cookie: str = "") -> Cost:
    """The mean cost of a request for the path, after some that are not counted; the cookie says whose request it is."""
    size = 0
    for _ in range(warm_up):
        size = get(server.port, path, cookie)
    site, database = site_seconds(server), database_seconds()
    for _ in range(requests):
        get(server.port, path, cookie)
    return Cost((site_seconds(server) - site) / requests, (database_seconds() - database) / requests, size)


def site_seconds(server: Served) -> float:
    return sum(seconds_of(pid) for pid in [server.process.pid, *server.workers()])


def database_seconds() -> float:
    """Processor time of PostgreSQL on this machine, its finished backends included; 0 when there is none."""
    found = [pid for pid in all_pids() if name_of(pid) == "postgres"]
    mains = [pid for pid in found if parent_of(pid) not in found]
    return sum(seconds_of(pid) for pid in found) + sum(seconds_of(pid, reaped=True) for pid in mains)


def memory_of(pid: int) -> int:
    """The process's own memory (anonymous resident set), in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0


def seconds_of(pid: int, reaped: bool = False) -> float:
    """User and system time of the process, or of the children it has reaped."""
    fields = stat_of(pid)
    user, system = (fields[13], fields[14]) if reaped else (fields[11], fields[12])
    return (int(user) + int(system)) * TICK if fields else 0


def all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def children(pid: int) -> list[int]:
    return [other for other in all_pids() if parent_of(other) == pid]


def stat_of(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name (see proc(5)); zeros when it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ["0"] * 50


def parent_of(pid: int) -> int:
    return int(stat_of(pid)[1])


def name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""
