"""A member takes everything along: all of it, nothing of anybody else's, for a day, for nobody but them."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from portfolio.leaving import erasing, exporting, holdings, jobs
from portfolio.models import AccessEvent, Attachment, Entry, Export
from portfolio.sweeping import stored, sweep
from tests import make
from tests.portfolio import everything
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
WORD, OTHER = "quokka", "numbat"


@pytest.fixture
def ann():
    return everything.member(WORD)


def packed(owner):
    """A copy of the owner's, as whoever packs it leaves it."""
    export = exporting.ask(owner=owner)
    exporting.pack(export=export.pk)
    export.refresh_from_db()
    return export


def opened(export):
    return zipfile.ZipFile(io.BytesIO(export.file.open("rb").read()))


def contents(archive):
    return {name: archive.read(name) for name in archive.namelist()}


def table(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(f"spreadsheets/{name}.csv").decode("utf-8-sig"), newline="")))


def enter(client, owner):
    """Sign in and give the password once more."""
    client.force_login(owner)
    client.post("/accounts/reauthenticate/", {"password": everything.PASSWORD})
    return client


# What is in it


def test_everything_that_points_at_a_member_is_told_or_left_out_for_a_reason():
    assert holdings.unaccounted() == []


def test_nothing_that_opens_something_has_a_column():
    told = {name for holding in holdings.HOLDINGS for name in holdings.spread(holding)}

    assert told & {"password", "digest", "nonce", "data", "session_key", "token", "key", "secret", "credential"} == set()


def test_every_row_of_every_table_is_there(ann):
    everything.member(OTHER)

    data = json.loads(opened(packed(ann)).read("data.json"))

    found = {name: len(rows) for name, rows in data.items() if name != "about"}
    # Each named here, so that a table that stays empty shows.
    there = {holding.section: holding.of(ann.pk).count() for holding in holdings.HOLDINGS}
    assert found == there
    assert [name for name, count in there.items() if not count] == []


def test_every_word_of_the_member_is_there(ann):
    data = json.loads(opened(packed(ann)).read("data.json"))

    missing = {}
    for holding in holdings.HOLDINGS:
        names = [each.name for each in holding.model._meta.local_concrete_fields if everything.is_filled(each)]
        told = [name for name in names if name in holdings.columns(holding) and name not in {"started", "time_zone"}]
        row = data[holding.section][-1 if holding.name != "files" else 0]
        lost = [
            name
            for name in told
            if not str(row[name]).startswith(("quo", "https://quokka", "['quokka']", "[{'url': 'https://quokka", "files/"))
        ]
        if lost:
            missing[holding.name] = lost

    # What the member of these tests did not fill, or not with words.
    assert missing == {
        "account": ["language"],
        "editor-settings": ["preferred_language", "current_time_zone", "dismissibles"],
        "files": ["content_type"],
        "put-in-front": ["url"],
    }


def test_nothing_of_another_member_and_no_secret_is_there(ann):
    everything.member(OTHER)

    found = contents(opened(packed(ann)))

    whole = b"".join([*found.values(), *[name.encode() for name in found]])
    told = [word for word in (OTHER, everything.SECRET, everything.REPORTED, ann.password) if word.encode() in whole]
    assert told == []
    assert whole.count(WORD.encode()) > 200


def test_every_file_is_there_under_a_name_that_says_what_it_is(ann):
    clip = Attachment.objects.get(entry__owner=ann)

    found = contents(opened(packed(ann)))

    assert {name: content for name, content in found.items() if name.startswith("files/")} == {
        f"files/{clip.pk} quokka.mp4": b"quokka file",
        f"files/{clip.pk} quokka (small).webp": b"quokka preview",
        f"files/{clip.pk} quokka (captions).vtt": b"quokka captions",
        "files/0 picture in the editor.png": b"quokka",
    }


def test_a_file_that_the_storage_lost_is_named_and_stops_nothing(ann):
    clip = Attachment.objects.get(entry__owner=ann)
    storages["private"].delete(clip.preview.name)

    export = packed(ann)

    assert export.progress == "ready"
    assert f"  files/{clip.pk} quokka (small).webp\n" in opened(export).read("README.txt").decode()


def test_the_spreadsheets_of_the_kinds_hold_whole_entries(ann):
    film = Entry.objects.get(owner=ann, kind="project")
    sent = Entry.objects.get(owner=ann, kind="festival")

    archive = opened(packed(ann))

    project, submission = table(archive, "projects")[0], table(archive, "submissions")[0]
    told = [project[name] for name in ("id", "title", "minutes", "is_own", "pitch", "skills", "labels")]
    piece = film.evidence.get()
    assert told == [str(film.pk), WORD, "60", "false", '["quokka"]', piece.skill.slug, WORD]
    assert [submission["id"], submission["work"]] == [str(sent.pk), str(film.pk)]


def test_a_spreadsheet_runs_nothing_and_follows_the_rules(ann):
    Entry.objects.filter(owner=ann, kind="project").update(title='=cmd|"/c calc"', role="+1", organisation="Café\nTwo")

    archive = opened(packed(ann))

    raw = archive.read("spreadsheets/projects.csv")
    row = table(archive, "projects")[0]
    assert (raw[:3], raw.count(b"\r\n")) == (b"\xef\xbb\xbf", 2)
    assert [row["title"], row["role"], row["organisation"]] == ['\'=cmd|"/c calc"', "'+1", "Café\nTwo"]


def test_the_page_cannot_be_made_to_run_anything(ann):
    Entry.objects.filter(owner=ann).update(title="<script>alert(1)</script>", description='"><img src=x onerror=alert(1)>')

    page = opened(packed(ann)).read("index.html").decode()

    assert ("<script" in page, "<img" in page, page.count("&lt;script&gt;")) == (False, False, 4)


def test_what_is_in_the_bin_is_taken_along_and_says_so(ann):
    Entry.objects.filter(owner=ann).bin()

    assert opened(packed(ann)).read("index.html").decode().count("In the bin.") == 4


def test_a_member_with_nothing_gets_a_whole_copy():
    archive = opened(packed(make.member(email="empty@example.org")))

    assert archive.testzip() is None
    assert {"index.html", "README.txt", "data.json", "spreadsheets/account.csv"} <= set(archive.namelist())


# Who gets it, and for how long


def test_the_password_is_asked_for_before_it_is_packed_and_before_it_is_fetched(client, ann):
    export = packed(ann)
    client.force_login(ann)

    asked = [client.post("/me/data/"), client.get(f"/me/data/exports/{export.uuid}/")]

    assert ["/accounts/reauthenticate/" in answer.headers["Location"] for answer in asked] == [True, True]
    assert Export.objects.filter(owner=ann).count() == 1


def test_what_was_asked_for_is_done_once_the_password_was_given(client, ann, django_capture_on_commit_callbacks):
    client.force_login(ann)
    where = client.post("/me/data/").headers["Location"]

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(where, {"password": everything.PASSWORD, "next": "/me/data/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/data/")
    assert Export.objects.get(owner=ann).progress == "ready"


def test_the_owner_downloads_it_whole_or_in_part_and_nobody_keeps_it(client, ann):
    export = packed(ann)
    address = f"/me/data/exports/{export.uuid}/"
    enter(client, ann)

    whole, part = client.get(address), client.get(address, headers={"Range": "bytes=-22"})

    body = b"".join(whole.streaming_content)
    assert (len(body), body[:4]) == (export.size, b"PK\x03\x04")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, body[-22:])
    assert [whole.headers[name] for name in ("Cache-Control", "Content-Type")] == ["private, no-store", "application/zip"]
    assert whole.headers["Content-Disposition"] == f'attachment; filename="greenlight-{export.finished_at:%Y-%m-%d}.zip"'


def test_a_download_is_written_down_once_an_hour(client, ann):
    AccessEvent.objects.all().delete()
    address = f"/me/data/exports/{packed(ann).uuid}/"
    enter(client, ann)

    for _ in range(3):
        client.get(address)

    assert list(AccessEvent.objects.values_list("owner", "what")) == [(ann.pk, "export")]


def test_nobody_else_gets_it_and_learns_nothing(client, ann):
    export = packed(ann)
    enter(client, make.superuser())

    hidden = client.get(f"/me/data/exports/{export.uuid}/")
    unknown = client.get("/me/data/exports/00000000-0000-4000-8000-000000000000/")

    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_after_a_day_it_is_gone_and_the_file_with_it(client, ann, django_capture_on_commit_callbacks):
    export = packed(ann)
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now())
    enter(client, ann)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.get(f"/me/data/exports/{export.uuid}/")

    assert answer.status_code == 404
    assert not storages["private"].exists(export.file.name)


def test_the_daily_round_removes_it_even_if_nobody_asks(ann, django_capture_on_commit_callbacks):
    export = packed(ann)
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        call_command("daily", verbosity=0)

    assert (Export.objects.filter(pk=export.pk).exists(), storages["private"].exists(export.file.name)) == (False, False)


def test_the_broom_leaves_copies_that_can_be_fetched(ann):
    export = packed(ann)

    sweep(timezone.now() + timedelta(hours=2))

    assert export.file.name in set(stored(storages["private"]))


def test_a_new_copy_takes_the_place_of_the_old_one(ann, django_capture_on_commit_callbacks):
    old = packed(ann)

    with django_capture_on_commit_callbacks(execute=True):
        new = packed(ann)

    assert list(Export.objects.filter(owner=ann)) == [new]
    assert not storages["private"].exists(old.file.name)


def test_one_copy_at_a_time(ann):
    first = exporting.ask(owner=ann)

    assert exporting.ask(owner=ann) == first


# How it stands


def waiting(owner, **fields):
    made = Export.objects.create(owner=owner, **fields)
    Export.objects.filter(pk=made.pk).update(asked_at=timezone.now() - timedelta(minutes=2))
    return made


def test_the_page_says_how_far_it_is(client, ann):
    now = timezone.now()
    Export.objects.create(owner=ann, progress="running", touched_at=now, done=1200, total=4000)
    client.force_login(ann)

    page, part = client.get("/me/data/"), client.get("/me/data/", headers={"HX-Request": "true"})

    assert "step 1200 of 4000" in page.content.decode()
    assert 'data-hx-trigger="every 1s"' in part.content.decode()
    assert b"<html" not in part.content


def test_looking_writes_nothing_and_going_on_takes_it_up(client, ann, django_capture_on_commit_callbacks):
    export = waiting(ann, progress="running", touched_at=timezone.now() - jobs.LEASE * 2)
    client.force_login(ann)

    page = client.get("/me/data/").content.decode()
    untouched = Export.objects.get(pk=export.pk)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/me/data/go-on/")

    assert "Packing has stopped" in page
    assert untouched.progress == "running"
    assert Export.objects.get(pk=export.pk).progress == "ready"


def test_nobody_goes_on_with_the_copy_of_somebody_else(client, ann, django_capture_on_commit_callbacks):
    export = waiting(ann)
    client.force_login(make.member())

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/me/data/go-on/")

    assert Export.objects.get(pk=export.pk).progress == "waiting"


def test_the_daily_round_takes_up_what_was_left(ann):
    export = waiting(ann)

    call_command("daily", verbosity=0)

    assert Export.objects.get(pk=export.pk).progress == "ready"


def test_what_nobody_could_finish_in_a_day_is_given_up(client, ann):
    export = waiting(ann)
    Export.objects.filter(pk=export.pk).update(asked_at=timezone.now() - timedelta(hours=25))

    call_command("daily", verbosity=0)
    client.force_login(ann)

    assert Export.objects.get(pk=export.pk).progress == "failed"
    assert "could not be packed" in client.get("/me/data/").content.decode()


def test_what_fails_three_times_says_so(client, ann, monkeypatch, caplog):
    tries = []

    def no_room():
        tries.append(WORD)
        raise OSError(28, f"No space left on device: {WORD}")

    monkeypatch.setattr(exporting, "TemporaryFile", no_room)

    export = packed(ann)

    client.force_login(ann)
    assert (export.progress, len(tries), export.file.name) == ("failed", 3, "")
    assert "could not be packed" in client.get("/me/data/").content.decode()
    assert WORD not in caplog.text


def test_two_members_copies_are_not_each_others_business(client, ann):
    packed(ann)
    client.force_login(make.member())

    assert "Download" not in client.get("/me/data/").content.decode()


def test_the_page_costs_the_same_whatever_one_has(client, ann):
    packed(ann)
    client.force_login(ann)
    client.get("/me/data/")

    assert len(statements(client, "/me/data/")) == 4


# One worker at a time


def test_a_job_is_held_by_one(ann):
    export = exporting.ask(owner=ann)

    first, second = jobs.take(Export, export.pk, timezone.now()), jobs.take(Export, export.pk, timezone.now())

    assert (first.job, second) == (export, None)


def test_who_was_thought_dead_writes_nothing(ann):
    export = exporting.ask(owner=ann)
    slow = jobs.take(Export, export.pk, timezone.now() - jobs.LEASE * 2)
    other = jobs.take(Export, export.pk, timezone.now())

    with pytest.raises(jobs.Lost):
        exporting.pack_held(slow)
    exporting.pack_held(other)

    kept = Export.objects.get(pk=export.pk)
    assert kept.progress == "ready"
    assert {name for name in stored(storages["private"]) if name.endswith(".zip")} >= {kept.file.name}


def test_a_copy_of_which_the_row_is_gone_leaves_no_file(ann):
    before = set(stored(storages["private"]))
    export = exporting.ask(owner=ann)
    held = jobs.take(Export, export.pk, timezone.now())
    with io.BytesIO(b"a copy") as file:
        Export.objects.filter(pk=export.pk).update(touched_at=timezone.now())
        with pytest.raises(jobs.Lost):
            exporting.store(held, file)

    assert set(stored(storages["private"])) == before


def test_a_sign_of_work_is_given_about_once_a_second(ann, django_assert_num_queries, monkeypatch):
    now = timezone.now()
    held = jobs.take(Export, exporting.ask(owner=ann).pk, now)

    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(milliseconds=999))
    with django_assert_num_queries(0):
        for _ in range(1000):
            held.step(1)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=1))
    with django_assert_num_queries(1):
        held.step(1)

    assert held.job.done == 1001


def test_revival_is_for_one_caller_a_lease(ann):
    export = waiting(ann)

    assert [jobs.revive(Export, export.pk, timezone.now()) for _ in range(3)] == [True, False, False]


def test_a_closed_account_gets_no_copy(client, ann):
    enter(client, ann)
    export = packed(ann)

    erasing.close(owner=ann)

    assert client.get(f"/me/data/exports/{export.uuid}/").status_code == 302
