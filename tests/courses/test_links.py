"""Looking at courses' addresses: what is found, and that nobody leads the server inside."""

import socket
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from courses import checking, links
from courses.checking import check_links, due, reasons, to_check
from courses.links import Found, Rules, is_outside, look
from courses.models import Course, LinkCheck
from courses.scales import LinkState
from tests import make

# The only way in: a listener of our own may be asked, on whatever port it has.
HERE = Rules(permits=lambda place: place.is_loopback, any_port=True, agent="Greenlight test")


class Site(BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        Site.asked.append((self.path, self.headers))
        place, _, target = self.path.lstrip("/").partition("?to=")
        status = int(place.split("/")[0] or 200)
        self.send_response(status)
        if status in links.REDIRECTS:
            self.send_header("Location", target or "/200/new-home")
        self.end_headers()

    def log_message(self, *words):
        """Silent."""


@pytest.fixture
def site():
    Site.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def listener(answer=b"", close=True):
    """A port of this machine with the number of connections to it; says the answer and no more."""
    met, open_lines = [], []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                met.append(line)
                line.recv(4096)
                line.sendall(answer)
                if close:
                    line.close()
                else:
                    open_lines.append(line)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], met
        for line in open_lines:
            line.close()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/200", Found(LinkState.WORKS)),
        ("/204", Found(LinkState.WORKS)),
        ("/404", Found(LinkState.GONE, "It answers 404: there is no such page.")),
        ("/410", Found(LinkState.GONE, "It answers 410: there is no such page.")),
        ("/403", Found(LinkState.WORKS, "It answers, but lets no program in (403).")),
        ("/500", Found(LinkState.SILENT, "It answers 500.")),
        ("/302", Found(LinkState.WORKS)),
        ("/302?to=/404", Found(LinkState.GONE, "It answers 404: there is no such page.")),
        ("/301?to=/200/", Found(LinkState.MOVED, "It leads somewhere else for good.", "{site}/200/")),
        ("/301?to=/302", Found(LinkState.MOVED, "It leads somewhere else for good.", "{site}/302")),
        ("/302?to=/301", Found(LinkState.WORKS)),
        ("/302?to=ftp://x.example/", Found(LinkState.SILENT, "It is not a web address.")),
        ("/302?to=/302?to=/302?to=/302?to=/302?to=/302?to=/200", Found(LinkState.SILENT, "It leads on more than 5 times.")),
    ],
)
def test_what_is_at_an_address(site, path, found):
    assert look(site + path, HERE) == Found(found.state, found.detail, found.moved_to.format(site=site))


def test_the_same_page_with_a_slash_or_www_has_not_moved():
    assert not links.differs("http://school.example/course", "https://www.school.example/course/")
    assert links.differs("https://school.example/course", "https://school.example/")


def test_it_says_who_is_asking_and_names_the_host(site):
    look(f"{site}/200/caf\u00e9?q=1#part", HERE)

    [(path, headers)] = Site.asked
    assert path == "/200/caf%C3%A9?q=1"
    assert headers["User-Agent"] == "Greenlight test"
    assert headers["Host"] == site.removeprefix("http://")


INSIDE = """
http://127.0.0.1:{port}/ http://localhost:{port}/ http://127.1:{port}/ http://2130706433:{port}/ http://0x7f000001:{port}/
http://0x7f.0.0.1:{port}/ http://017700000001:{port}/ http://0177.0.0.1:{port}/ http://127.0.0.2:{port}/ http://0.0.0.0:{port}/
http://0:{port}/ http://[::1]:{port}/ http://[::]:{port}/ http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]:{port}/
http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/ http://[::127.0.0.1]:{port}/ http://[64:ff9b::7f00:1]:{port}/ http://[2002:7f00:1::]:{port}/
http://10.0.0.1:{port}/ http://10.255.255.255/ http://172.16.0.1/ http://172.31.255.254/ http://192.168.1.1/ http://169.254.169.254/
http://[fe80::1]/ http://[fc00::1]/ http://[fd00::1]/ http://100.64.0.1/ http://192.0.2.1/ http://198.18.0.1/ http://224.0.0.1/
http://255.255.255.255/ http://[ff02::1]/ http://user:word@127.0.0.1:{port}/ http://school.example@127.0.0.1:{port}/
http://school.example\\@127.0.0.1:{port}/ http://127.0.0.1:{port}#@school.example/ https://127.0.0.1:{port}/ file:///etc/passwd
gopher://127.0.0.1:{port}/ //127.0.0.1:{port}/ http:127.0.0.1:{port} http:///127.0.0.1:{port}/ http://LOCALHOST:{port}/
http://localhost.:{port}/ http://①②⑦.0.0.1:{port}/ http://127。0。0。1:{port}/ http://127.0.0.1:99999/ http://[::1 http://\r\nx/
""".split(" ")


@pytest.mark.parametrize("any_port", [False, True])
def test_no_address_leads_inside(any_port):
    addresses = [each for line in INSIDE for each in (line.split("\n") if "\r" not in line else [line])]
    with listener(b"HTTP/1.1 200 OK\r\n\r\n") as (port, met):
        found = [look(each.strip(" \n").format(port=port), Rules(any_port=any_port)) for each in addresses if each.strip()]

    assert len(found) >= 40
    assert {each.state for each in found} == {LinkState.SILENT}
    assert met == []


def test_a_redirect_does_not_lead_inside(site):
    """From a permitted address of this machine to another of it, which is inside."""
    rules = Rules(permits=lambda place: place == ip_address("127.0.0.1"), any_port=True)
    with listener() as (port, met):
        found = look(f"{site}/302?to=http://127.0.0.2:{port}/", rules)

    assert found == Found(LinkState.SILENT, "It leads into a network that is not public.")
    assert met == []


def test_the_name_is_asked_once_and_the_answer_connected_to(monkeypatch, site):
    """A resolver that answers outside first and inside after that gets one question for each connection."""
    asked = []
    real = socket.getaddrinfo

    def resolver(host, port, *rest, **more):
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port, *rest, **more)

    monkeypatch.setattr(links.socket, "getaddrinfo", lambda host, *rest, **more: resolver(host, *rest, **more))
    rules = Rules(permits=lambda place: place == ip_address("127.0.0.1"), any_port=True)
    port = site.rpartition(":")[2]

    assert look(f"http://school.example:{port}/200", rules).state == LinkState.WORKS
    assert asked == ["school.example"]
    assert [headers["Host"] for _, headers in Site.asked] == [f"school.example:{port}"]


def test_a_name_with_one_foot_inside_is_refused(monkeypatch):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 80)) for place in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(links.socket, "getaddrinfo", lambda *_, **__: rows)

    assert look("http://school.example/").detail == "It leads into a network that is not public."


@pytest.mark.parametrize(
    ("place", "outside"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
        ("::7f00:1", False),
        ("224.0.0.1", False),
        ("ff0e::1", False),
        ("100.64.0.1", False),
        ("240.0.0.1", False),
    ],
)
def test_what_is_outside(place, outside):
    assert is_outside(ip_address(place)) is outside


def test_an_endless_answer_is_cut_off():
    with listener(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200_000, close=False) as (port, _):
        started = time.monotonic()
        found = look(f"http://127.0.0.1:{port}/", HERE)

    assert time.monotonic() - started < 5
    assert found.state == LinkState.SILENT


def test_silence_ends_after_a_while(monkeypatch):
    monkeypatch.setattr(links, "SECONDS", 0.2)
    with listener(b"HTTP/1.1 2", close=False) as (port, _):
        found = look(f"http://127.0.0.1:{port}/", HERE)

    assert found == Found(LinkState.SILENT, "It did not answer in time.")


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0\r\n\r\n", b"HTTP/9.9 200 OK\r\n\r\n", b"\x00" * 100])
def test_what_is_not_the_web_is_silence(answer):
    with listener(answer) as (port, _):
        assert look(f"http://127.0.0.1:{port}/", HERE).state == LinkState.SILENT


# What is kept of it


@pytest.fixture
def looked(db):
    """A course that was looked at a number of days ago, with what was found."""

    def make_it(days, state=LinkState.WORKS, failures=0, **fields):
        course = make.course(**fields)
        at = timezone.now() - timedelta(days=days)
        LinkCheck.objects.create(course=course, url=course.url, state=state, failures=failures, checked_at=at)
        return course

    return make_it


def test_a_link_is_broken_when_it_fails_twice(site, db):
    course = make.course(url=f"{site}/404")

    assert check_links(most=9, rules=HERE) == 1
    first = LinkCheck.objects.get(course=course)
    LinkCheck.objects.update(checked_at=timezone.now() - timedelta(days=2))
    check_links(most=9, rules=HERE)
    second = LinkCheck.objects.get(course=course)

    assert (first.failures, first.is_broken) == (1, False)
    assert (second.failures, second.is_broken, second.state) == (2, True, "gone")


def test_a_link_that_works_again_is_whole_again(site, looked):
    course = looked(2, LinkState.GONE, failures=3, url=f"{site}/200")

    check_links(most=9, rules=HERE)

    assert LinkCheck.objects.get(course=course).failures == 0


def test_another_address_starts_anew(site, looked):
    course = looked(1, LinkState.GONE, failures=3)
    Course.objects.filter(pk=course.pk).update(url=f"{site}/404")

    check_links(most=9, rules=HERE)

    assert LinkCheck.objects.get(course=course).failures == 1


def test_the_new_come_first_and_then_the_longest_unseen(looked):
    old, older, new = looked(20), looked(30), make.course()
    looked(1)
    failed = looked(2, LinkState.SILENT, failures=1)
    Course.objects.filter(pk=make.course().pk).update(live=False)

    assert list(due(timezone.now())) == [new, older, old, failed]


def test_each_address_is_asked_once_and_no_more_courses_than_allowed(site, db):
    for _ in range(3):
        make.course(url=f"{site}/200")

    assert check_links(most=2, rules=HERE) == 2
    assert (len(Site.asked), LinkCheck.objects.count()) == (1, 2)
    assert check_links(most=9, rules=HERE) == 1


def test_looking_publishes_nothing(site, db):
    course = make.course(url=f"{site}/200")
    before = Course.objects.filter(pk=course.pk).values().get()

    check_links(most=9, rules=HERE)

    assert Course.objects.filter(pk=course.pk).values().get() == before


def test_the_command_and_the_daily_run_say_how_many(db, capsys):
    make.course(url="http://127.0.0.1/")

    call_command("check_links", "--most", "5")

    assert capsys.readouterr().out == "1 addresses of courses looked at.\n"
    assert LinkCheck.objects.get().detail == "It leads into a network that is not public."
    assert settings.LINKS_A_DAY == 0


def test_courses_to_check_say_why(looked):
    today = timezone.localdate()
    sure = {"status": "confirmed", "cost_status": "confirmed", "length_status": "confirmed", "checked_on": today}
    make.course("Fine", **sure)
    make.course("Never", **{**sure, "checked_on": None})
    make.course("Old", **{**sure, "checked_on": today - timedelta(days=366)})
    make.course("Dear", **{**sure, "cost_status": "unverified"})
    looked(1, LinkState.GONE, 1, title="Once", **sure)
    looked(1, LinkState.GONE, 2, title="Twice", **sure)

    assert {course.title: reasons(course) for course in to_check()} == {
        "Never": ["never checked"],
        "Old": ["checked over a year ago"],
        "Dear": ["unverified: cost"],
        "Twice": ["link broken"],
    }
    assert checking.to_check().first().title == "Never"
