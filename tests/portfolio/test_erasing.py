"""An account's end: closed at once, emptied to the last row, and nothing of it anywhere."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from home.models import User
from portfolio import feeds, sharing, tasks
from portfolio.counselling import connecting, inviting
from portfolio.leaving import erasing, jobs, traces
from portfolio.models import Attachment, Connection, Endorsement, Entry, Erasure, Profile
from portfolio.scales import Scope, Visibility
from portfolio.views.counselling.door import note_look
from tests import make
from tests.portfolio import everything
from tests.portfolio.test_copy import enter, packed
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
WORD, OTHER = "quokka", "numbat"
STORAGES = [storages["private"], default_storage]


STEPS = "remove_queued remove_files remove_entries remove_rest remove_traces remove_account".split()
SLIPS = ["", "a@b.example", WORD, "\x00", f"{WORD}@example.org\r\nBcc: a@b.c", "a" * 100_000, "\u202e", "🎬@example.org"]


@pytest.fixture(autouse=True)
def empty_storages(db):
    for storage in STORAGES:
        for name in list(all_files(storage)):
            storage.delete(name)


@pytest.fixture
def ann():
    return everything.member(WORD)


def gone(owner):
    """The erasure of the owner's account, as whoever does it leaves it."""
    erasure = erasing.close(owner=owner)
    erasing.erase(erasure=erasure.pk)
    erasure.refresh_from_db()
    return erasure


# Where the word still stands


def in_tables(word):
    """The tables in which the word stands, in any column."""
    return sorted(table for table in connection.introspection.table_names() if word in str(rows_of(table)))


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return cursor.fetchall()


def in_sessions(word):
    return [session.pk for session in Session.objects.all() if word in str(session.get_decoded())]


def in_files(word):
    return [name for storage in STORAGES for name in all_files(storage) if holds(storage, name, word)]


def all_files(storage, folder=""):
    folders, files = storage.listdir(folder) if storage.exists(folder or ".") else ((), ())
    yield from (f"{folder}{name}" for name in files)
    for each in folders:
        yield from all_files(storage, f"{folder}{each}/")


def holds(storage, name, word):
    with storage.open(name, "rb") as file:
        return word.encode() in file.read() or word in name


def in_caches(word):
    """The keys of what the caches keep with the word in it: those of this process, and Redis."""
    items = [item for cache in caches.all() for item in kept_in(getattr(cache, "_cache", {}))]
    return sorted({key for key, value in items if word in key or word.encode() in value})


def kept_in(store):
    """Pairs of a key and what is kept under it, as bytes."""
    if isinstance(store, dict):
        return store.items()
    redis = store.get_client()
    return [(key.decode(), redis.get(key)) for key in redis.scan_iter()]


def everywhere(word):
    return {"tables": in_tables(word), "sessions": in_sessions(word), "files": in_files(word), "caches": in_caches(word)}


NOWHERE = {"tables": [], "sessions": [], "files": [], "caches": []}


def test_nothing_of_the_member_is_left_anywhere(client, ann, django_capture_on_commit_callbacks):
    enter(client, ann)
    session = client.session
    session["undo"] = WORD
    session.save()
    Client().post("/accounts/login/code/", {"email": ann.email})
    packed(ann)
    ModelLogEntry.objects.log_action(ann, "wagtail.edit", user=ann)
    Endorsement.objects.filter(endorser=ann).update(name="A supervisor", relation="", quote="")
    before = everywhere(WORD)
    assert [len(before["tables"]) > 25, len(before["sessions"]), len(before["files"])] == [True, 2, 5]

    with django_capture_on_commit_callbacks(execute=True):
        erasure = gone(ann)

    assert everywhere(WORD) == NOWHERE
    assert User.objects.filter(pk=ann.pk).count() == 0
    stub = {"account": ann.pk, "progress": "ready", "done": erasure.total}
    assert {name: getattr(erasure, name) for name in stub} == stub


def test_the_scan_sees_what_it_looks_for(client, ann):
    caches["default"].set("kept", WORD)
    client.force_login(ann)
    session = client.session
    session["note"] = WORD
    session.save()

    found = everywhere(WORD)

    assert {"portfolio_entry", "portfolio_profile", "account_emailaddress", "mfa_authenticator"} < set(found["tables"])
    assert (len(found["sessions"]), len(found["files"]), len(found["caches"])) == (1, 4, 1)


def test_other_members_keep_everything(ann):
    other = everything.member(OTHER)
    before = {name: len(str(rows_of(name))) for name in in_tables(OTHER)}, in_files(OTHER)

    gone(ann)

    after = {name: len(str(rows_of(name))) for name in in_tables(OTHER)}, in_files(OTHER)
    assert {name for name in before[0] if name not in after[0]} == set()
    assert after[1] == before[1]
    assert Entry.objects.filter(owner=other).count() == 4


def test_what_was_confirmed_for_others_stays_with_them(ann):
    gone(ann)

    found = Endorsement.objects.get(name=WORD)
    assert (found.endorser, found.quote) == (None, WORD)


def test_the_guide_keeps_its_history_without_the_name():
    editor = make.user("Editors", email=f"{WORD}@example.org")
    page = Page.objects.get(slug="producer")
    revision = page.specific.save_revision(user=editor, log_action=True)

    gone(editor)

    assert Revision.objects.get(pk=revision.pk).user is None
    assert list(PageLogEntry.objects.filter(page=page.pk, revision=revision.pk).values_list("user", flat=True)) == [None]
    assert everywhere(WORD) == NOWHERE


def test_every_task_is_known_to_the_erasure():
    found = {f"portfolio.tasks.{name}" for name, each in vars(tasks).items() if hasattr(each, "enqueue")}

    assert found == {*traces.TASKS, *traces.OF_NOBODY}


# Closed at once


def doors(client, owner):
    """The answers at every address that leads to what is the owner's."""
    clip = Attachment.objects.get(entry__owner=owner)
    token = feeds.make(owner=owner)
    _, shared = sharing.make_link(owner=owner, name="Crew", ends_at=timezone.now() + timedelta(days=7))
    public, secret = f"/people/{WORD}/", f"/shared/{shared}/"
    places = [public, secret, *[f"{base}files/{clip.uuid}/" for base in (public, secret, "/")], f"/calendar/{token}.ics"]
    return lambda: [client.get(place).status_code for place in places]


def test_nothing_opens_from_the_moment_of_the_click(client, ann):
    Profile.objects.filter(owner=ann).update(visibility=Visibility.PUBLIC)
    Entry.objects.filter(owner=ann).update(visibility=Visibility.PUBLIC)
    look = doors(client, ann)

    before = look()
    erasing.close(owner=ann)
    after = look()

    assert (before, after) == ([200] * 6, [404] * 6)
    assert Entry.objects.filter(owner=ann).count() == 4


def test_an_open_session_elsewhere_is_over_with_its_next_request(client, ann):
    client.force_login(ann)
    before = client.get("/me/").status_code

    erasing.close(owner=ann)

    assert (before, client.get("/me/").headers["Location"]) == (200, "/accounts/login/?next=/me/")


def test_nobody_can_sign_in_any_more(client, ann):
    erasing.close(owner=ann)

    client.post("/accounts/login/", {"login": ann.email, "password": everything.PASSWORD})

    assert client.get("/me/").status_code == 302


def test_the_address_can_sign_up_anew(client, ann):
    gone(ann)

    client.post("/accounts/signup/", {"email": ann.email, "password1": "quite another phrase", "age_band": "18+"})

    again = User.objects.get(email=ann.email)
    assert (again.pk != ann.pk, again.is_active, again.entries.count()) == (True, True, 0)


# The way there


def test_the_page_says_what_goes_and_what_stays(client, ann):
    client.force_login(ann)

    page = client.get("/me/data/erase/").content.decode()

    said = ["What goes", "What stays", "Get a copy of everything", "In backups", "Keep my account"]
    assert [words for words in said if words not in page] == []


def test_the_password_is_asked_for_first(client, ann):
    client.force_login(ann)

    answers = [client.get("/me/data/erase/sure/"), client.post("/me/data/erase/sure/", {"email": ann.email})]

    assert ["/accounts/reauthenticate/" in answer.headers["Location"] for answer in answers] == [True, True]
    assert User.objects.get(pk=ann.pk).is_active


@pytest.mark.parametrize("typed", SLIPS)
def test_a_slip_of_the_hand_erases_nothing(client, ann, typed):
    enter(client, ann)

    answer = client.post("/me/data/erase/sure/", {"email": typed})

    assert answer.status_code == 422
    assert "One thing to fix" in answer.content.decode()
    assert (User.objects.get(pk=ann.pk).is_active, Erasure.objects.count()) == (True, 0)


def test_the_click_signs_out_and_leads_to_the_end(client, ann, django_capture_on_commit_callbacks):
    enter(client, ann)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/me/data/erase/sure/", {"email": " QUOKKA@example.org "})

    erasure = Erasure.objects.get(account=ann.pk)
    page = client.get(answer.headers["Location"])
    assert answer.headers["Location"] == f"/erased/{erasure.uuid}/"
    assert "Everything is gone." in page.content.decode()
    assert WORD not in page.content.decode()
    assert [page.headers[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")] == [
        "private, no-store",
        "noindex",
        "no-referrer",
    ]
    assert (client.get("/me/").status_code, User.objects.filter(pk=ann.pk).exists()) == (302, False)


def test_the_last_administrator_stays(client):
    admin = make.superuser()
    User.objects.filter(is_superuser=True).exclude(pk=admin.pk).delete()
    enter(client, admin)

    answer = client.post("/me/data/erase/sure/", {"email": admin.email})

    assert answer.status_code == 422
    assert str(erasing.ONLY_ONE) in answer.content.decode()
    assert User.objects.get(pk=admin.pk).is_active


def test_one_of_two_administrators_may_go():
    admin = make.superuser()
    make.superuser()

    assert gone(admin).progress == "ready"


def test_an_unknown_erasure_is_nothing(client):
    assert client.get("/erased/00000000-0000-4000-8000-000000000000/").status_code == 404


# What stopped goes on


def stopped(owner, **fields):
    """An erasure that nobody is at work on."""
    erasure = erasing.close(owner=owner)
    long_ago = timezone.now() - jobs.LEASE * 3
    Erasure.objects.filter(pk=erasure.pk).update(asked_at=long_ago, **{"progress": "running", "touched_at": long_ago, **fields})
    return erasure


def test_the_button_works_on_a_page_that_keeps_its_address_to_itself(ann):
    erasure = stopped(ann)
    browser = Client(enforce_csrf_checks=True)

    page = browser.get(f"/erased/{erasure.uuid}/")
    answer = browser.post(f"/erased/{erasure.uuid}/", headers={"Origin": "null"})

    assert (page.headers["Referrer-Policy"], answer.status_code) == ("no-referrer", 302)


def test_looking_changes_nothing_and_the_button_goes_on(client, ann, django_capture_on_commit_callbacks):
    erasure = stopped(ann)

    page = client.get(f"/erased/{erasure.uuid}/").content.decode()
    part = client.get(f"/erased/{erasure.uuid}/", headers={"HX-Request": "true"}).content.decode()
    before = Erasure.objects.get(pk=erasure.pk).progress
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/erased/{erasure.uuid}/")

    assert ("The work has stopped" in page, "<html" in part, before) == (True, False, "running")
    assert Erasure.objects.get(pk=erasure.pk).progress == "ready"
    assert in_tables(WORD) == ["portfolio_endorsement"]


@pytest.mark.parametrize("progress", ["waiting", "running", "failed"])
def test_the_daily_round_goes_on(ann, progress):
    erasure = stopped(ann, progress=progress)

    call_command("daily", verbosity=0)

    assert Erasure.objects.get(pk=erasure.pk).progress == "ready"


@pytest.mark.parametrize("step", STEPS)
def test_each_step_may_be_the_last_one_and_is_taken_up(ann, monkeypatch, step):
    def stop(*args):
        raise jobs.Lost

    with monkeypatch.context() as patch:
        patch.setattr(erasing, step, stop)
        erasure = gone(ann)
    between = erasure.progress
    Erasure.objects.filter(pk=erasure.pk).update(touched_at=timezone.now() - jobs.LEASE * 2)
    erasing.erase(erasure=erasure.pk)

    assert (between, Erasure.objects.get(pk=erasure.pk).progress) == ("running", "ready")
    assert in_tables(WORD) == ["portfolio_endorsement"]


def test_what_fails_says_so_without_a_word_about_the_person(client, ann, monkeypatch, caplog):
    monkeypatch.setattr(erasing, "remove_rest", lambda *args: 1 / 0 or WORD)

    erasure = gone(ann)

    page = client.get(f"/erased/{erasure.uuid}/").content.decode()
    assert (erasure.progress, "closed, but not yet empty" in page) == ("failed", True)
    assert ("ZeroDivisionError" in caplog.text, WORD in caplog.text) == (True, False)


def test_the_page_of_an_erasure_costs_one_statement(client, ann):
    erasure = stopped(ann)

    assert len(statements(client, f"/erased/{erasure.uuid}/")) == 1


def test_the_daily_round_forgets_who_looked_a_year_ago(ann):
    events = ann.access_events
    events.create(what="link", who="Old")
    events.filter(who="Old").update(at=timezone.now() - timedelta(days=366))

    call_command("daily", verbosity=0)

    assert [event.who for event in events.all()] == [WORD]


# Counsellors


def counselled_by(counsellor):
    """A student of the counsellor's, with something of theirs in the record."""
    student = make.member()
    met = make.connection(student, counsellor, student_name="Ann", cohort=None)
    make.step(met)
    note_look(met, "desk", "A page")
    return met


def test_a_counsellor_who_goes_sees_nothing_from_the_click_on_and_keeps_a_name_with_their_students():
    robin = make.counsellor(WORD)
    met = counselled_by(robin)

    erasure = erasing.close(owner=robin)
    met.refresh_from_db()
    closed = (met.ended_at is not None, met.ended_by, Connection.objects.open().count())
    erasing.erase(erasure=erasure.pk)

    met.refresh_from_db()
    assert closed == (True, "counsellor", 0)
    assert (met.counsellor, met.counsellor_name) == (None, WORD)
    assert in_tables(WORD) == ["portfolio_accessevent", "portfolio_connection", "portfolio_consentevent", "portfolio_planstep"]


def test_a_student_who_goes_leaves_nothing_with_their_counsellor():
    robin, ann = make.counsellor(), make.member()
    invited = robin.invitations.create(
        name=WORD, email=f"{WORD}@example.org", nonce="n", expires_at=timezone.now() + timedelta(1)
    )
    given = connecting.Grant(WORD, frozenset(Scope), timezone.now() + timedelta(days=9))
    met = inviting.accept(student=ann, invitation=invited.pk, given=given)
    make.step(met, title=WORD)

    gone(ann)

    assert (in_tables(WORD), Connection.objects.count()) == ([], 0)
