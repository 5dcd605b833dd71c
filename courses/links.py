"""Looks at a web address without being led inside: what is there, as far as anybody may see it. Pure."""

import io
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, parse_headers
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from django.utils.translation import gettext

from .scales import LinkState

IP = IPv4Address | IPv6Address
SECONDS = 5.0
SECONDS_IN_ALL = 20.0
MOST_READ = 64 * 1024
MOST_REDIRECTS = 5
MOST_LETTERS = 500
MOST_PLACES = 3
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
NOT_THERE = (404, 410)
# Sites that send programs away say so; that is an answer, and no sign that people find nothing.
UNWELCOME = (401, 403, 405, 406, 429, 451)
PORTS = {"http": 80, "https": 443}


class Refused(Exception):
    """The address is not fetched, for this reason."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a look: a state, a sentence for editors, and where the address leads now if it has moved for good."""

    state: LinkState
    detail: str = ""
    moved_to: str = ""


def is_outside(found: IP) -> bool:
    """Whether the address is one of the public internet, and carries no other address inside."""
    if isinstance(found, IPv6Address):
        carries = found.ipv4_mapped or found.sixtofour or found.teredo
        if carries or int(found) >> 32 in (0, 0x0064FF9B << 64):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


@dataclass(frozen=True, slots=True)
class Rules:
    """Which addresses and ports may be asked; tests alone have others than these."""

    permits: Callable[[IP], bool] = is_outside
    any_port: bool = False
    agent: str = "Greenlight link check"


def look(url: str, rules: Rules = Rules()) -> Found:
    """What is at the address now. Follows redirects, each checked like the first, and raises nothing."""
    end = time.monotonic() + SECONDS_IN_ALL
    try:
        return follow(url, rules, end)
    except Refused as refused:
        return Found(LinkState.SILENT, str(refused))
    except ssl.SSLError:
        return Found(LinkState.SILENT, gettext("Its certificate is not one that browsers trust."))
    except TimeoutError:
        return Found(LinkState.SILENT, gettext("It did not answer in time."))
    except (OSError, HTTPException, ValueError) as error:
        return Found(LinkState.SILENT, gettext("It did not answer ({name}).").format(name=type(error).__name__))


def follow(url: str, rules: Rules, end: float) -> Found:
    place, moved, settled = url, "", True
    for _ in range(MOST_REDIRECTS + 1):
        status, target = ask(place, rules, end)
        if status not in REDIRECTS or not target:
            return verdict(status, moved if differs(url, moved) else "")
        place = urljoin(place, target)
        settled = settled and status in FOR_GOOD and len(place) <= MOST_LETTERS
        moved = place if settled else moved
    raise Refused(gettext("It leads on more than {most} times.").format(most=MOST_REDIRECTS))


def verdict(status: int, moved: str) -> Found:
    if status in NOT_THERE:
        return Found(LinkState.GONE, gettext("It answers {status}: there is no such page.").format(status=status))
    if status in UNWELCOME:
        return Found(LinkState.WORKS, gettext("It answers, but lets no program in ({status}).").format(status=status))
    if not 200 <= status < 300:
        return Found(LinkState.SILENT, gettext("It answers {status}.").format(status=status))
    return Found(LinkState.MOVED, gettext("It leads somewhere else for good."), moved) if moved else Found(LinkState.WORKS)


def differs(url: str, moved: str) -> bool:
    """Whether it is another page, and not the same one with https, www or a slash."""
    return bool(moved) and bare(url) != bare(moved)


def bare(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query


def ask(url: str, rules: Rules, end: float) -> tuple[int, str]:
    """The status and the Location of one answer; reads its head and nothing more. Connects to the address it has checked."""
    parts = checked(url)
    port = parts.port or PORTS[parts.scheme]
    if port not in PORTS.values() and not rules.any_port:
        raise Refused(gettext("Its port is not one of the web’s."))
    host = (parts.hostname or "").encode("idna").decode()
    with connected(resolved(host, port, rules), port, end) as bare_line:
        if parts.scheme == "http":
            return answer(bare_line, parts, host, rules, end)
        with ssl.create_default_context().wrap_socket(bare_line, server_hostname=host) as line:
            return answer(line, parts, host, rules, end)


def checked(url: str) -> SplitResult:
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused(gettext("It is not a web address."))
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise Refused(gettext("It is not a web address."))
    if "@" in parts.netloc:
        raise Refused(gettext("It holds a name or a password."))
    return parts


def resolved(host: str, port: int, rules: Rules) -> list[IP]:
    """The addresses that the name leads to, all of which must be outside."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    places = [ip_address(str(row[4][0])) for row in rows]
    if not places or not all(rules.permits(place) for place in places):
        raise Refused(gettext("It leads into a network that is not public."))
    return places[:MOST_PLACES]


def connected(places: list[IP], port: int, end: float) -> socket.socket:
    """A line to the first of these very addresses that takes one: the name is not asked again."""
    for place in places[:-1]:
        try:
            return line_to(place, port, end)
        except OSError:
            continue
    return line_to(places[-1], port, end)


def line_to(place: IP, port: int, end: float) -> socket.socket:
    line = socket.socket(socket.AF_INET6 if place.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
    try:
        line.settimeout(left(end))
        line.connect((str(place), port))
    except BaseException:
        line.close()
        raise
    return line


def left(end: float) -> float:
    """The seconds to wait for the next piece."""
    seconds = min(SECONDS, end - time.monotonic())
    if seconds <= 0:
        raise TimeoutError
    return seconds


def answer(line: socket.socket, parts: SplitResult, host: str, rules: Rules, end: float) -> tuple[int, str]:
    path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe="%/:=&?~#+!$,;'@()*[]")
    name = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    asked = ["GET " + path + " HTTP/1.1", f"Host: {name}{port}", f"User-Agent: {rules.agent}", "Accept: */*", "Connection: close"]
    line.settimeout(left(end))
    line.sendall("\r\n".join([*asked, "", ""]).encode("ascii"))
    status, headers = read(head(line, end))
    return status, (headers.get("Location") or "").strip()


def head(line: socket.socket, end: float) -> bytes:
    """The answer up to its first empty line, or the first 64 KB of it."""
    found = b""
    while b"\r\n\r\n" not in found and b"\n\n" not in found and len(found) < MOST_READ:
        line.settimeout(left(end))
        piece = line.recv(min(4096, MOST_READ - len(found)))
        if not piece:
            break
        found += piece
    return found


def read(found: bytes) -> tuple[int, HTTPMessage]:
    first, _, rest = found.partition(b"\n")
    status = re.match(rb"HTTP/1\.[01] ([1-5][0-9]{2})\b", first)
    if not status:
        raise ValueError("this is not an answer of HTTP")
    return int(status[1]), parse_headers(io.BytesIO(rest))
