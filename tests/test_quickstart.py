"""From an empty database to a guide and its administrator, and that a second run changes nothing."""

import hashlib
import io
import re
import socket

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from careers.models import CareerPage
from home.models import User

LINK = re.compile(r"http://localhost:8000(/accounts/password/reset/key/\S+)")
PASS_PHRASE = "a pass phrase nobody has"


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
    assert before["courses_course"][0] == 37
    assert LINK.sub("", again) == (
        "3/5 Preparing the database … already up to date\n"
        "4/5 Loading the guide … The guide is complete already; nothing was changed.\n"
        "    The courses are complete already; nothing was changed.\n"
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


def test_sample_people_come_when_they_are_asked_for(db):
    said = quickstart("--with-people").splitlines()

    assert [line.split(" … ")[0] for line in said if " … " in line] == [
        "3/6 Preparing the database",
        "4/6 Loading the guide",
        "5/6 First administrator",
        "6/6 Sample people",
    ]
    assert "6/6 Sample people … Added 5 sample people." in said
    assert len(LINK.findall("\n".join(said))) == User.objects.count() == 7


def test_an_administrator_with_a_password_is_left_alone(db):
    User.objects.create_superuser("boss@example.org", PASS_PHRASE)
    call_command("load_courses", verbosity=0)
    before = contents()

    assert "already there" in quickstart().splitlines()[-1]
    assert contents() == before


def test_a_port_taken_meanwhile_is_named(db):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(CommandError, match=rf"Port {port} cannot be used: .* Choose another with --port\."):
            call_command("quickstart", f"--port={port}")


def test_a_database_that_cannot_be_written_is_explained(db, monkeypatch):
    def refuse(*args):
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("home.management.commands.quickstart.migrate", refuse)

    with pytest.raises(CommandError, match=r"cannot be written: attempt to write a readonly database\. Is the disk full"):
        call_command("quickstart", "--no-serve")


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match="a port is a number from 1 to 65535"):
        call_command("quickstart", f"--port={port}", "--no-serve")


# The database that every test starts with


@pytest.mark.parametrize("run", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_in_the_next(run):
    assert CareerPage.objects.count() == 21
    assert CareerPage.objects.search("budget").count() > 0

    CareerPage.objects.all().delete()
