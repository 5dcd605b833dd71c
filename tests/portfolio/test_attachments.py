"""Members' files: taken in through the form, given out to those who may see them, gone with their entry."""

import shutil
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from portfolio import sweeping
from portfolio.files import handling
from portfolio.models import Attachment, Entry, Profile
from portfolio.scales import Visibility
from tests import make

from .test_entries import filled

pytestmark = pytest.mark.django_db
PLACE = "51.5007"


@pytest.fixture
def ann(client):
    made = make.member()
    client.force_login(made)
    return made


def picture(name="still.jpg"):
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = f"Home, {PLACE}"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 2.52)
    made = BytesIO()
    Image.new("RGB", (800, 400), "teal").save(made, "JPEG", exif=exif)
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


def upload(client, *files, **given):
    rows = {f"uploads__{number}__file": file for number, file in enumerate(files)}
    return client.post("/me/entries/new/project/", filled(**rows, **given))


def test_a_picture_is_kept_without_its_place(client, ann):
    upload(client, picture(), uploads__0__alt="The sea at noon")

    kept = Attachment.objects.get()
    content = b"".join(client.get(f"/files/{kept.uuid}/").streaming_content)
    shown = Image.open(BytesIO(content))
    assert (kept.medium, kept.name, kept.alt, kept.width, kept.height) == ("image", "still.jpg", "The sea at noon", 800, 400)
    assert (shown.size, dict(shown.getexif()), PLACE.encode() in content) == ((800, 400), {}, False)
    assert Image.open(BytesIO(b"".join(client.get(f"/files/{kept.uuid}/preview/").streaming_content))).width == 640


BAD = [
    SimpleUploadedFile("page.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg"),
    SimpleUploadedFile("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "image/svg+xml"),
    SimpleUploadedFile("empty.png", b"", "image/png"),
    SimpleUploadedFile("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
    SimpleUploadedFile("list.zip", b"PK\x03\x04" + b"0" * 200, "application/zip"),
]


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.name)
def test_a_file_that_is_not_taken_is_a_sentence_at_its_input(client, ann, file):
    file.seek(0)

    answer = upload(client, file, description="Still here.")

    assert answer.status_code == 422
    assert "Still here." in answer.content.decode()
    assert answer.context["editor"].errors()
    assert (Entry.objects.count(), Attachment.objects.count()) == (0, 0)


def test_what_is_wrong_elsewhere_keeps_no_file(client, ann):
    answer = upload(client, picture(), title="")

    assert answer.status_code == 422
    assert "choose them again" in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_a_file_too_large_for_any_medium_is_dropped_as_it_arrives(client, ann, monkeypatch):
    monkeypatch.setattr(handling, "MOST", 1000)

    answer = upload(client, picture("huge.jpg"), description="Still here.")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“huge.jpg” is larger than 200 MB" in page
    assert "Still here." in page
    assert Entry.objects.count() == 0


def test_the_quota_is_a_sentence_at_the_file(client, ann, settings):
    settings.UPLOAD_QUOTA = 100

    answer = upload(client, picture())

    assert answer.status_code == 422
    assert "room" in answer.content.decode()
    assert Entry.objects.count() == 0


def test_a_file_is_described_anew_and_taken_out(client, ann):
    upload(client, picture(), picture("second.jpg"))
    entry, (first, second) = Entry.objects.get(), Attachment.objects.all()
    stored = second.file.name

    kept = {"kept__0__key": first.pk, "kept__0__alt": "New words", "kept__1__key": second.pk, "kept__1__remove": "on"}
    client.post(f"/me/entries/{entry.pk}/edit/", filled(version="1", **kept))

    assert list(Attachment.objects.values_list("pk", "alt")) == [(first.pk, "New words")]
    assert client.get(f"/files/{second.uuid}/").status_code == 404
    assert stored


def test_a_key_of_somebody_elses_file_does_nothing(client, ann):
    upload(client, picture())
    foreign = Attachment.objects.get()
    client.force_login(make.member())
    client.post("/me/entries/new/project/", filled())
    own = Entry.objects.latest("pk")

    kept = {"kept__0__key": foreign.pk, "kept__0__alt": "Mine now", "kept__0__remove": "on"}
    client.post(f"/me/entries/{own.pk}/edit/", filled(version="1", **kept))

    assert list(Attachment.objects.values_list("pk", "alt")) == [(foreign.pk, "")]


# Who gets a file


def statuses(client, uuid):
    return [client.get(f"/files/{uuid}/{part}").status_code for part in ("", "preview/")]


def test_nobody_else_gets_a_private_file(client, ann):
    upload(client, picture())
    uuid = Attachment.objects.get().uuid

    own = statuses(client, uuid)
    client.logout()
    signed_out = statuses(client, uuid)
    client.force_login(make.member())
    stranger = statuses(client, uuid)
    client.force_login(make.superuser())
    superuser = statuses(client, uuid)

    assert (own, signed_out, stranger, superuser) == ([200, 200], [404, 404], [404, 404], [404, 404])


@pytest.mark.parametrize(
    ("age", "portfolio", "entry", "state", "status"),
    [
        ("18+", Visibility.PUBLIC, Visibility.PUBLIC, "completed", 200),
        ("18+", Visibility.ME, Visibility.PUBLIC, "completed", 404),
        ("18+", Visibility.PUBLIC, Visibility.LINK, "completed", 404),
        ("18+", Visibility.PUBLIC, Visibility.PUBLIC, "draft", 404),
        ("13-17", Visibility.PUBLIC, Visibility.PUBLIC, "completed", 404),
        ("", Visibility.PUBLIC, Visibility.PUBLIC, "completed", 404),
    ],
)
def test_others_get_what_an_adult_made_public(client, ann, age, portfolio, entry, state, status):
    upload(client, picture())
    ann.age_band = age
    ann.save()
    Profile.objects.create(owner=ann, visibility=portfolio)
    Entry.objects.update(visibility=entry, state=state)
    client.logout()

    assert client.get(f"/files/{Attachment.objects.get().uuid}/").status_code == status


def test_a_file_in_the_bin_is_nobodys(client, ann):
    upload(client, picture())
    client.post("/me/entries/selected/", {"entry": Entry.objects.get().pk, "do": "bin"})

    assert statuses(client, Attachment.objects.get().uuid) == [404, 404]


def test_hidden_and_unknown_answer_alike(client, ann):
    upload(client, picture())
    hidden = Attachment.objects.get().uuid
    client.logout()

    unknown = client.get("/files/00000000-0000-4000-8000-000000000000/")

    assert client.get(f"/files/{hidden}/").content == unknown.content


def test_a_file_can_act_as_nothing_and_is_kept_by_nobody(client, ann):
    upload(
        client, picture(), SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n")
    )
    image, pdf = Attachment.objects.order_by("pk")

    shown, sent = client.get(f"/files/{image.uuid}/"), client.get(f"/files/{pdf.uuid}/")

    names = ["Cache-Control", "X-Content-Type-Options", "Content-Security-Policy", "X-Robots-Tag"]
    policy = "default-src 'none'; sandbox"
    assert shown.headers["Content-Disposition"] == 'inline; filename="still.jpg"'
    assert sent.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    for answer in (shown, sent):
        found = [answer.headers[name] for name in names]
        assert found[:2] + found[3:] == ["private, no-store", "nosniff", "noindex"]
        assert {"sandbox", "default-src 'none'"} <= {part.strip() for part in found[2].split(";")}, policy


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [("bytes=0-9", 206, 0, 10), ("bytes=-5", 206, -5, None), ("bytes=10-", 206, 10, None), ("bytes=9-2", 200, 0, None),
     ("bytes=99999999-", 200, 0, None), ("lines=0-9", 200, 0, None), ("bytes=0-1,4-5", 200, 0, None), ("bytes=٣-", 200, 0, None)],
)  # fmt: skip
def test_a_part_of_a_file_can_be_asked_for(client, ann, asked, status, start, end):
    upload(client, picture())
    uuid = Attachment.objects.get().uuid
    whole = b"".join(client.get(f"/files/{uuid}/").streaming_content)

    answer = client.get(f"/files/{uuid}/", headers={"Range": asked.encode().decode("latin-1")})

    assert (answer.status_code, b"".join(answer.streaming_content)) == (status, whole[start:end])


def test_no_address_leads_to_the_storage(client, ann):
    upload(client, picture())
    name = Attachment.objects.get().file.name

    for address in (f"/media/{name}", f"/private/{name}", f"/static/{name}", f"/files/{name}"):
        assert client.get(address).status_code == 404
    assert not str(storages["private"].location).startswith(str(settings.MEDIA_ROOT))


@pytest.mark.django_db(transaction=True)
def test_files_go_with_their_entry(client):
    ann = make.member()
    client.force_login(ann)
    upload(client, picture())
    entry, kept = Entry.objects.get(), Attachment.objects.get()
    names = [kept.file.name, kept.preview.name]
    client.post("/me/entries/selected/", {"entry": entry.pk, "do": "bin"})
    before = [storages["private"].exists(name) for name in names]

    client.post("/me/entries/bin/", {"entry": entry.pk, "do": "erase", "sure": "yes"})

    assert (before, [storages["private"].exists(name) for name in names]) == ([True, True], [False, False])


def test_files_without_a_row_are_swept_after_an_hour(client, ann):
    shutil.rmtree(storages["private"].location, ignore_errors=True)
    upload(client, picture())
    kept = Attachment.objects.get()
    lost = storages["private"].save("ab/lost.webp", BytesIO(b"left by a save that failed"))

    at_once = sweeping.sweep()
    later = sweeping.sweep(timezone.now() + timedelta(hours=2))

    assert (at_once, later) == (0, 1)
    assert not storages["private"].exists(lost)
    assert storages["private"].exists(kept.file.name)
