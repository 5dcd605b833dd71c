"""A student's portfolio by the counsellor's door: what a rehearsal as counsellor promises, and not a word more."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from portfolio.models import AccessEvent, Attachment, Connection, Entry, Profile
from portfolio.scales import Scope, Visibility
from tests import make
from tests.test_access import SECRET, body

pytestmark = pytest.mark.django_db
# What the desk adds to an entry: the way to comment on it.
REVIEW = re.compile(
    r'<div class="actions"> <a class="button" data-kind="go" href="/counselling/[^"]*/review/"> [^<]*</a> </div> ?'
)
WORDS = {"headline": "I hang lamps.", "about": "Words about me.", "place": "Leeds", "display_name": "Ngozi Farrell"}


@pytest.fixture
def owner():
    return make.member()


@pytest.fixture
def entry(owner):
    film = make.entry(owner, title="Low Water", visibility=Visibility.COUNSELLOR, skills=[make.skill("Lighting")])
    make.entry(owner, title="Course", kind="cpd", visibility=Visibility.COUNSELLOR)
    make.entry(owner, title=SECRET, description=SECRET)
    return film


@pytest.fixture
def counsellor():
    return make.counsellor()


@pytest.fixture
def met(owner, entry, counsellor):
    found = make.connection(owner, counsellor, student_name="Ngozi Farrell")
    Profile.objects.filter(owner=owner).update(**WORDS)
    return found


@pytest.fixture
def door(client, met):
    """Opens an address behind the counsellor's door, as the counsellor."""
    client.force_login(met.counsellor)
    return lambda part="", **more: client.get(f"/counselling/{met.pk}/portfolio/{part}", **more)


def shared(met, *scopes):
    Connection.objects.filter(pk=met.pk).update(**{f"shares_{scope}": scope in scopes for scope in Scope})


def main_of(answer, base):
    """The page without the notices to who looks, with addresses as if they had no door."""
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0].replace(base, "~")
    notices = r'<div class="page said">.*?</div></div>|<p class="[^"]*no-print">.*?</p>'
    return " ".join(re.sub(notices, "", main, flags=re.DOTALL).replace(">", "> ").split())


@pytest.mark.parametrize("part", ["", "credits/", "entry", "cv/"])
def test_a_counsellor_sees_what_the_rehearsal_shows(client, door, met, owner, entry, part):
    part = f"{entry.pk}/" if part == "entry" else part
    seen = main_of(door(part), f"/counselling/{met.pk}/portfolio/")
    client.force_login(owner)
    shown = client.get(f"/me/portfolio/as/counsellor/{part}")

    assert REVIEW.sub("", seen) == main_of(shown, "/me/portfolio/as/counsellor/")
    assert "Low Water" in seen
    assert SECRET not in seen


def test_the_resume_is_that_of_the_rehearsal(client, door, owner):
    seen = door("resume.json").json()
    client.force_login(owner)

    assert seen == client.get("/me/portfolio/as/counsellor/resume.json").json()


def test_without_the_profile_the_entries_stand_under_the_name_that_was_given(door, met):
    Profile.objects.filter(owner=met.student_id).update(
        display_name=SECRET, links=[{"label": SECRET, "url": "https://example.org"}]
    )
    shared(met, Scope.ENTRIES)

    answers = [door(part).content.decode() for part in ("", "credits/", "cv/", "resume.json")]

    assert ["Low Water" in answer for answer in answers] == [True] * 4
    assert [word for word in ("I hang lamps.", "Words about me.", "Leeds", SECRET) if any(word in each for each in answers)] == []
    assert "Ngozi Farrell" in answers[0]


def test_without_the_entries_the_profile_stands_alone(door, met, entry):
    shared(met, Scope.PROFILE)
    page = door().content.decode()

    assert "I hang lamps." in page
    assert [door(part).status_code for part in ("", f"{entry.pk}/", "credits/")] == [200, 404, 200]
    assert not any("Low Water" in door(part).content.decode() for part in ("", "credits/", "cv/", "resume.json"))


def test_without_both_there_is_no_door(door, met):
    shared(met, Scope.GAP, Scope.PLAN)

    assert {door(part).status_code for part in ("", "credits/", "cv/", "cv.pdf", "resume.json")} == {404}


@pytest.mark.parametrize("state", ["portfolio closed", "portfolio suspended"])
def test_a_portfolio_that_is_closed_has_no_door(door, owner, state):
    change = {"visibility": Visibility.ME} if state == "portfolio closed" else {"suspended_at": timezone.now()}
    Profile.objects.filter(owner=owner).update(**change)

    assert door().status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"visibility": Visibility.ME}, {"state": "draft"}, {"suspended_at": "now"}, {"deleted_at": "now"}, {"state": "planned"}],
)
def test_an_entry_that_is_not_shown_is_told_like_one_that_never_was(door, entry, change):
    Entry.objects.filter(pk=entry.pk).update(
        **{name: timezone.now() if value == "now" else value for name, value in change.items()}
    )

    hidden, unknown = door(f"{entry.pk}/"), door("99999999/")

    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    assert "Low Water" not in door().content.decode()


@pytest.mark.parametrize("part", ["message/", "report/", "entry/report/", "card.png"])
def test_nobody_writes_to_or_reports_a_student_from_the_desk(client, door, met, entry, part):
    part = part.replace("entry", str(entry.pk))
    place = f"/counselling/{met.pk}/portfolio/{part}"

    assert (door(part).status_code, client.post(place, {"text": "x"}).status_code) == (404, 405 if part == "card.png" else 404)


def test_headers_keep_it_from_searching_and_from_being_kept(door, entry):
    for part in ("", "credits/", f"{entry.pk}/", "cv/", "cv.pdf", "resume.json"):
        headers = door(part).headers
        assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("private, no-store", "noindex")


# Files


@pytest.fixture
def file(entry):
    made = Attachment(entry=entry, medium="video", name="Clip.mp4", alt="A clip", content_type="video/mp4", size=9)
    for name in ("file", "preview", "captions"):
        getattr(made, name).save(f"{name}.bin", ContentFile(b"0123456789"), save=False)
    made.save()
    return made


def test_files_come_in_parts_and_leave_one_trace_an_hour(door, file, owner):
    answer = door(f"files/{file.uuid}/", headers={"Range": "bytes=2-4"})
    for part in ("", "preview/", "captions/"):
        assert door(f"files/{file.uuid}/{part}").status_code == 200
    AccessEvent.objects.update(at=timezone.now() - timedelta(hours=2))
    door(f"files/{file.uuid}/")

    assert (answer.status_code, body(answer)) == (206, b"234")
    assert list(AccessEvent.objects.filter(owner=owner).values_list("part", flat=True)) == ["files", "files"]


@pytest.mark.parametrize("state", ["ended", "entry private", "entries not shared", "another student’s"])
def test_files_are_gated_like_their_entry(client, door, met, entry, file, state):
    if state == "ended":
        Connection.objects.filter(pk=met.pk).update(ended_at=timezone.now())
    elif state == "entry private":
        Entry.objects.filter(pk=entry.pk).update(visibility=Visibility.ME)
    elif state == "entries not shared":
        shared(met, Scope.PROFILE)
    else:
        other = make.connection(make.member(), met.counsellor)
        Entry.objects.filter(pk=entry.pk).update(visibility=Visibility.PUBLIC)
        assert client.get(f"/counselling/{other.pk}/portfolio/files/{file.uuid}/").status_code == 404
        return

    parts = ("", "preview/", "captions/")
    assert [door(f"files/{file.uuid}/{part}", headers={"Range": "bytes=0-3"}).status_code for part in parts] == [404] * 3


def test_the_gate_is_asked_by_the_clock(door, met):
    assert door().status_code == 200
    Connection.objects.filter(pk=met.pk).update(granted_at=timezone.now() + timedelta(hours=1))
    assert door().status_code == 404
