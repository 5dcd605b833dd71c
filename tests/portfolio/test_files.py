"""Members' files: what is accepted, that nothing is left of where they were made, and that hostile ones are refused."""

import io
import random
import struct
import warnings
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms

from portfolio.files import cleaning, limits
from portfolio.files.cleaning import Refused
from portfolio.scales import Medium
from tests.effort import effort

from . import hostile
from .hostile import HOSTILE, MARK, PLAYED

RED, BLUE = (250, 0, 0), (0, 0, 250)
LOCATED = {
    "photo.jpg": hostile.located_jpeg,
    "drawing.png": hostile.located_png,
    "photo.webp": lambda: hostile.picture("WEBP", xmp=hostile.xmp()),
    "moving.webp": lambda: hostile.picture("WEBP", xmp=hostile.xmp(), save_all=True, append_images=[Image.new("RGB", (60, 40))]),
    "moving.gif": lambda: hostile.picture("GIF", comment=MARK, save_all=True, append_images=[Image.new("RGB", (60, 40))]),
    "photo.heic": lambda: hostile.picture("HEIF", xmp=hostile.xmp(), quality=100),
    "photo.avif": lambda: hostile.picture("AVIF", xmp=hostile.xmp()),
    "film.mp4": hostile.clip,
    "film.mov": lambda: hostile.clip(b"qt  ", handler=b"gpmd"),
    "sound.m4a": lambda: hostile.clip(b"M4A ", film=False),
    "pieces.mp4": hostile.pieces,
    "film.webm": hostile.webm,
    "recorded.webm": lambda: hostile.webm(unknown=True),
    "sound.weba": lambda: hostile.webm(codec=b"A_VORBIS", kind=2),
    "sound.mp3": lambda: hostile.mp3(MARK),
    "sound.wav": hostile.wav,
    "sound.flac": hostile.flac,
    "sound.opus": hostile.opus,
    "sound.ogg": hostile.vorbis,
}


# FLAC frames do not tell their length, so the tags after the last one are only known when they are whole.
WITHOUT_TRAILERS = {"sound.flac": lambda: hostile.flac(tail=False)}


def cleaned(content, name="file"):
    return cleaning.clean(SimpleUploadedFile(name, content, "text/plain"))


def refusal(content, name="file"):
    with pytest.raises(Refused) as refused:
        cleaned(content, name)
    return str(refused.value)


def opened(made):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image = Image.open(made.content)
        image.load()
    return image


def corners(image):
    """Which of the four corners are red, from the top left on."""
    image = image.convert("RGB")
    places = [(4, 4), (image.width - 5, 4), (4, image.height - 5), (image.width - 5, image.height - 5)]
    return [image.getpixel(place)[0] > 150 for place in places]


# What is taken out


@pytest.mark.parametrize("name", LOCATED)
def test_nothing_tells_where_it_was_made(name):
    content = LOCATED[name]()
    assert MARK in content

    made = cleaned(content, name)

    left = made.content.read() + (made.preview.read() if made.preview else b"")
    assert [sign for sign in (MARK, b"GPS", b"Exif", b"http:", b"\xd0" * 4, b"location") if sign in left] == []


@pytest.mark.parametrize("name", [name for name in LOCATED if name.startswith(("photo", "drawing", "moving"))])
def test_a_picture_keeps_its_pixels_and_nothing_else(name):
    made = cleaned(LOCATED[name](), name)

    image = opened(made)
    assert (made.medium, made.width, made.height, image.size) == (Medium.IMAGE, 60, 40, (60, 40))
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert corners(image) == [True, False, False, False]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_a_picture_stands_upright(kind, orientation):
    made = cleaned(hostile.picture(kind, orientation))

    assert (made.width, made.height) == (60, 40)
    assert corners(opened(made)) == [True, False, False, False]
    assert corners(Image.open(made.preview)) == [True, False, False, False]


@pytest.mark.parametrize(
    ("content", "extension", "mode"),
    [
        (lambda: hostile.picture("JPEG"), ".jpg", "RGB"),
        (lambda: hostile.picture("JPEG", mode="L"), ".jpg", "RGB"),
        (lambda: hostile.picture("JPEG", mode="CMYK"), ".jpg", "RGB"),
        (lambda: hostile.picture("HEIF"), ".jpg", "RGB"),
        (lambda: hostile.picture("PNG"), ".png", "RGB"),
        (lambda: hostile.picture("PNG", mode="RGBA"), ".png", "RGBA"),
        (lambda: hostile.picture("WEBP", mode="RGBA"), ".png", "RGBA"),
        (lambda: hostile.saved(Image.effect_noise((60, 60), 90).convert("RGBA"), "PNG"), ".png", "RGB"),
        (lambda: hostile.saved(Image.radial_gradient("L").convert("HSV").convert("RGB").rotate(9), "PNG"), ".png", "RGB"),
        (lambda: hostile.saved(Image.merge("RGB", [Image.effect_noise((60, 60), 90) for _ in "rgb"]), "PNG"), ".jpg", "RGB"),
    ],
)
def test_photographs_become_jpeg_and_drawings_png(content, extension, mode):
    made = cleaned(content())

    assert (made.extension, opened(made).mode) == (extension, mode)


def test_sixteen_bits_of_grey_keep_their_shades():
    grey = Image.new("I;16", (20, 20), 0x8000)

    image = opened(cleaned(hostile.saved(grey, "PNG")))

    assert image.getpixel((9, 9)) == (128, 128, 128)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_colours_are_brought_to_srgb(kind):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tXYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"tXYZ", b"bXYZ", 1)
    red = Image.new("RGB", (20, 20), (255, 0, 0))

    image = opened(cleaned(hostile.saved(red, kind, icc_profile=swapped)))

    assert image.getpixel((9, 9))[2] > 200
    assert "icc_profile" not in image.info


def test_a_broken_profile_is_passed_over():
    made = cleaned(hostile.picture("JPEG", icc_profile=b"no profile" * 20))

    assert corners(opened(made)) == [True, False, False, False]


def test_a_large_picture_is_stored_smaller_without_seams():
    noise = Image.effect_noise((40, 5000), 90)

    made = cleaned(hostile.saved(noise, "PNG"))

    small = noise.resize((33, 4096), Image.Resampling.LANCZOS)
    differences = ImageChops.difference(opened(made).convert("L"), small).getextrema()
    assert (made.width, made.height) == (33, 4096)
    assert Image.open(made.preview).height == 640
    assert differences[1] <= 1


@pytest.mark.parametrize("name", ["film.mp4", "film.mov", "sound.m4a"])
def test_a_film_plays_what_it_played_from_the_same_places(name):
    content = LOCATED[name]()

    left = cleaned(content, name).content.read()

    played = PLAYED if name.startswith("film") else PLAYED[2:]
    assert len(left) == len(content)
    assert [left.find(part) for part in played] == [content.index(part) for part in played]
    assert [left.count(kind) for kind in (b"stco", b"avcC", b"stsz")] == ([2, 1, 2] if name.startswith("film") else [1, 0, 1])


@pytest.mark.parametrize("name", ["film.webm", "recorded.webm"])
def test_a_webm_film_keeps_its_pictures_in_place(name):
    content = LOCATED[name]()

    left = cleaned(content, name).content.read()

    assert len(left) == len(content)
    assert left.index(PLAYED[0]) == content.index(PLAYED[0])


def test_sound_counted_in_quicktime_frames_is_kept_whole():
    frames = b"abcd" * 50
    begin = hostile.box(b"ftyp", b"qt  ", bytes(4))
    table = hostile.track(b"soun", hostile.sound_coding(b"sowt"), [len(begin) + 8], [0])
    table = table.replace(hostile.full(b"stsz", hostile.numbers(0, 1, 0)), hostile.full(b"stsz", hostile.numbers(1, 50, 0)))
    table = table.replace(hostile.full(b"stsc", hostile.numbers(1, 1, 1, 1)), hostile.full(b"stsc", hostile.numbers(1, 1, 50, 1)))
    content = begin + hostile.box(b"mdat", frames, MARK) + hostile.box(b"moov", hostile.full(b"mvhd", bytes(96)), table)

    left = cleaned(content).content.read()

    assert left[len(begin) + 8 :].startswith(frames + bytes(len(MARK)))


def test_sound_is_what_it_was():
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    wav = cleaned(hostile.wav()).content.read()

    assert cleaned(hostile.mp3(MARK)).content.read() == frame * 40
    assert (wav[:16], wav[36:40], wav[44:]) == (b"RIFF\x44\x03\0\0WAVEfmt ", b"data", b"\1\2" * 400)
    assert cleaned(hostile.flac()).content.read()[42:] == b"\xff\xf8\xc9\x18" + b"sound of flac" * 9


@pytest.mark.parametrize("build", [hostile.opus, hostile.vorbis])
def test_ogg_pages_add_up(build):
    left = cleaned(build()).content.read()

    starts = [place for place in range(len(left)) if left.startswith(b"OggS", place)]
    pages = [left[start:end] for start, end in zip(starts, [*starts[1:], len(left)], strict=True)]
    assert [struct.unpack("<I", page[22:26])[0] for page in pages] == [
        hostile.page_sum(page[:22] + bytes(4) + page[26:]) for page in pages
    ]


# What is accepted


@pytest.mark.parametrize(
    ("name", "medium", "content_type"),
    [
        ("photo.heic", Medium.IMAGE, "image/jpeg"),
        ("moving.gif", Medium.IMAGE, "image/png"),
        ("film.mp4", Medium.VIDEO, "video/mp4"),
        ("film.mov", Medium.VIDEO, "video/quicktime"),
        ("sound.m4a", Medium.AUDIO, "audio/mp4"),
        ("film.webm", Medium.VIDEO, "video/webm"),
        ("sound.weba", Medium.AUDIO, "audio/webm"),
        ("sound.mp3", Medium.AUDIO, "audio/mpeg"),
        ("sound.opus", Medium.AUDIO, "audio/ogg"),
    ],
)
def test_the_content_tells_the_type(name, medium, content_type):
    made = cleaned(LOCATED[name](), "letter.html")

    assert (made.medium, made.content_type) == (medium, content_type)
    assert made.content.tell() == 0
    assert len(made.content.read()) == made.size == made.content.size


def test_a_pdf_stays_as_it_is():
    made = cleaned(hostile.pdf())

    assert (made.medium, made.extension, made.content.read()) == (Medium.PDF, ".pdf", hostile.pdf())


def test_large_uploads_are_read_from_the_disk():
    upload = TemporaryUploadedFile("film.mp4", "video/mp4", 0, None)
    upload.write(hostile.clip())
    upload.size = upload.tell()

    assert MARK not in cleaning.clean(upload).content.read()


def test_any_file_will_do():
    assert cleaning.clean(File(io.BytesIO(hostile.pdf()), name="x")).medium == Medium.PDF
    assert cleaning.clean(ContentFile(hostile.pdf())).medium == Medium.PDF


# What is refused


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_quickly(name):
    content, said = HOSTILE[name](), []

    work = effort(lambda: said.append(refusal(content, name)))

    assert work < 60
    assert said[0].endswith(".")


def test_of_many_frames_the_first_is_kept():
    made = cleaned(hostile.many_frames())

    assert (made.width, made.height, made.extension) == (1, 1, ".png")


@pytest.mark.parametrize("name", LOCATED)
@pytest.mark.parametrize("tenths", range(10))
def test_what_is_cut_off_is_refused_or_plain(name, tenths):
    content = (LOCATED | WITHOUT_TRAILERS)[name]()
    try:
        left = cleaned(content[: len(content) * tenths // 10], name).content.read()
    except Refused:
        left = b""

    assert MARK not in left


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"])
@pytest.mark.parametrize("tenths", range(1, 10))
def test_half_a_picture_is_refused(kind, tenths):
    noise = hostile.saved(Image.effect_noise((200, 200), 90), kind)

    assert refusal(noise[: len(noise) * tenths // 10])


@pytest.mark.parametrize("extension", "jpg png webp gif heic avif pdf mp3 m4a ogg opus wav flac mp4 mov webm".split())
def test_random_bytes_are_refused(extension):
    assert "Accepted are" in refusal(b"\x01" + random.Random(extension).randbytes(5000), f"file.{extension}")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (hostile.SVG, "SVG drawing"),
        (hostile.PAGE, "web page"),
        (hostile.archive(), "archive"),
        (hostile.archive("word/document.xml"), "office program"),
        (b"MZ\x90\0" + bytes(200), "program"),
        (b"", "empty"),
        (b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska" + bytes(20), "Matroska"),
        (hostile.pixel_bomb(), "far too many pixels"),
        (hostile.webp_bomb(), "16384 × 16384 pixels"),
        (hostile.pdf() + bytes(10 * 10**6), "At most 10 MB"),
        (hostile.saved(Image.new("L", (8000, 8000)), "PNG"), "8000 × 8000 pixels"),
        (hostile.plain_film(b"apch"), "H.264"),
    ],
)
def test_a_refusal_says_why(content, words):
    assert words in refusal(content)


@pytest.mark.parametrize(
    ("content", "medium"),
    [
        (hostile.pdf(), Medium.PDF),
        (hostile.located_jpeg(), Medium.IMAGE),
        (hostile.mp3(), Medium.AUDIO),
        (hostile.clip(), Medium.VIDEO),
    ],
)
def test_bytes_are_counted_whatever_the_upload_says(content, medium, monkeypatch):
    monkeypatch.setitem(limits.TABLE, medium, limits.Limit("files", len(content) - 1))
    upload = SimpleUploadedFile("file", content)
    upload.size = 1

    with pytest.raises(Refused, match="too large"):
        cleaning.clean(upload)


def test_sound_in_a_film_container_has_the_room_of_sound(monkeypatch):
    monkeypatch.setitem(limits.TABLE, Medium.AUDIO, limits.Limit("sound", 500))

    assert "too large" in refusal(hostile.clip(b"M4A ", film=False))


MAGIC = [content()[:size] for content in [*LOCATED.values(), hostile.pdf, hostile.archive] for size in (8, 30, 100)]
MAGIC += [b"\0\0\0\x20ftyp", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"II*\0", b"RIFF", b"\x1a\x45\xdf\xa3"]


@settings(max_examples=400)
@given(st.sampled_from(MAGIC), st.binary(max_size=600))
@example(b"RIFF\0\0\0\0WEBP", b"VP8X")
def test_whatever_follows_is_accepted_or_refused(magic, rest):
    try:
        assert cleaned(magic + rest).size
    except Refused as refused:
        event(str(refused)[:30])


@settings(max_examples=400)
@given(st.sampled_from([content() for content in LOCATED.values()]), st.data())
def test_any_change_is_accepted_or_refused(content, data):
    places = data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6))
    changed = bytearray(content)
    for place in places:
        changed[place] = data.draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF, changed[place] ^ 1]))
    try:
        assert cleaned(bytes(changed)).size
    except Refused as refused:
        event(str(refused)[:30])


def test_a_full_disk_is_not_the_senders_fault(monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portfolio.files.pictures.tempfile", SimpleNamespace(TemporaryFile=full))

    with pytest.raises(OSError, match="No space left"):
        cleaned(hostile.located_jpeg())


# Room, names and captions


@pytest.mark.parametrize(("count", "held", "size"), [(19, 0, 5), (0, 10**9 - 5, 5)])
def test_there_is_room_up_to_the_limits(count, held, size):
    assert limits.room(count, held, size) is None


@pytest.mark.parametrize(
    ("count", "held", "size", "sentence"),
    [
        (20, 0, 5, "An entry holds at most 20 files. Remove one first, or add this one to another entry."),
        (0, 10**9 - 5, 6, "There is no room for it: 5 bytes of your 1 GB are left. Remove files you no longer need."),
        (0, 2 * 10**9, 6, "There is no room for it: 0 bytes of your 1 GB are left. Remove files you no longer need."),
    ],
)
def test_what_is_over_the_limits_has_no_room(count, held, size, sentence):
    with pytest.raises(Refused) as refused:
        limits.room(count, held, size)

    assert str(refused.value) == sentence


def test_a_site_may_give_more_room():
    assert limits.room(0, 10**9, 5, quota=2 * 10**9) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ein Bild.jpg", "Ein Bild.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\reel.mp4", "reel.mp4"),
        ("a\0b\nc\x1b.png", "abc.png"),
        ("cod\u202egnp.exe", "codgnp.exe"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 500, "x" * 120),
        ("x." + "y" * 500, "x." + "y" * 118),
        ("..", "file"),
        ("\u200b/", "file"),
        ("", "file"),
        ("Ünïcode 映画.webp", "Ünïcode 映画.webp"),
    ],
)
def test_names_are_shown_without_tricks(name, shown):
    assert limits.display_name(name) == shown


@given(st.text(max_size=300))
def test_a_shown_name_is_short_and_has_no_path(name):
    shown = limits.display_name(name)

    assert 0 < len(shown) <= 120
    assert not {"/", "\\", "\0", "\n", "\u202e"} & set(shown)
    assert limits.display_name(shown) == shown


def test_captions_are_kept_as_text():
    upload = SimpleUploadedFile("a.vtt", "\ufeffWEBVTT\r\n\r\n00:00.000 --> 00:01.000\r\nÇa va\r\n".encode())

    assert cleaning.captions(upload).read().decode() == "WEBVTT\n\n00:00.000 --> 00:01.000\nÇa va\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "do not begin with WEBVTT"),
        (b"WEBVTTX\n", "do not begin with WEBVTT"),
        (b"1\n00:00 --> 00:01\nsrt", "do not begin with WEBVTT"),
        (b"WEBVTT\n\0", "not text"),
        (b"WEBVTT\n\x1b[31m", "not text"),
        (b"WEBVTT\n\xff\xfe", "not text in UTF-8"),
        ("WEBVTT\n".encode("utf-16"), "not text in UTF-8"),
        (b"WEBVTT\n" + b"x" * 512_000, "too large"),
    ],
)
def test_captions_that_are_not_webvtt_are_refused(content, words):
    with pytest.raises(Refused, match=words):
        cleaning.captions(SimpleUploadedFile("a.vtt", content))
