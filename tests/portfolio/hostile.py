"""Files as members send them, made by code: whole ones that tell where somebody lives, and ones made to do harm."""

import io
import struct
import wave
import zipfile
import zlib

import pillow_heif
from PIL import Image

# What a camera might write, and what no cleaned file may hold.
MARK = b"GPS-MARKER-51.5007"
PLAYED = [b"first picture", b"second picture", b"first sound", b"second sound"]

pillow_heif.register_heif_opener()


# Pictures


def picture(kind="JPEG", orientation=1, size=(60, 40), mode="RGB", **extra):
    """A blue picture with a red corner, which stands top left when turned as the orientation says."""
    image = Image.new(mode, size, {"RGB": (0, 0, 250), "RGBA": (0, 0, 250, 120), "L": 60, "CMYK": (250, 250, 0, 0)}[mode])
    image.paste({"RGB": (250, 0, 0), "RGBA": (250, 0, 0, 255), "L": 200, "CMYK": (0, 250, 250, 0)}[mode], (0, 0, 20, 20))
    if undo := {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation):
        image = image.transpose(undo)
    elif orientation == 2:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return saved(image, kind, exif=camera(orientation).tobytes(), **extra)


def saved(image, kind, **extra):
    file = io.BytesIO()
    image.save(file, kind, **extra)
    return file.getvalue()


def camera(orientation=1):
    """What a telephone says about a picture: maker, owner's words, place, serial number."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = MARK.decode()
    exif[0x0112] = orientation
    exif.get_ifd(0x8769).update({0xA431: MARK.decode(), 0x927C: MARK})
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 2.5), 29: MARK.decode()})
    return exif


def xmp():
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + MARK + b"</exif:GPSLatitude></x:xmpmeta>"


def located_jpeg(orientation=1):
    """EXIF, XMP, IPTC, a comment, and something after the end."""
    plain = picture("JPEG", orientation, xmp=xmp(), comment=MARK)
    record = b"\x1c\x02\x5a" + struct.pack(">H", len(MARK)) + MARK
    resource = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(resource) + 2) + resource + plain[2:] + MARK


def located_png(orientation=1):
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    texts.add_text("Location", MARK.decode())
    texts.add_text("Description", MARK.decode() * 9, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", xmp().decode())
    return picture("PNG", orientation, pnginfo=texts) + MARK


def png(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def png_head(width, height):
    return b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)


def pixel_bomb():
    return png(png_head(60000, 60000), (b"IDAT", zlib.compress(bytes(10**6))), (b"IEND", b""))


def text_bomb():
    bomb = (b"zTXt", b"a\0\0" + zlib.compress(bytes(50 * 10**6)))
    return png(png_head(9, 9), *[bomb] * 20, (b"IDAT", zlib.compress(bytes(9 * 28))), (b"IEND", b""))


def profile_bomb():
    bomb = (b"iCCP", b"a\0\0" + zlib.compress(bytes(50 * 10**6)))
    return png(png_head(9, 9), bomb, (b"IDAT", zlib.compress(bytes(9))), (b"IEND", b""))


def webp_bomb():
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + b"\xff\x3f\0" * 2
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def many_passes():
    """A progressive JPEG whose last pass comes a thousand times."""
    plain = saved(Image.new("RGB", (2000, 2000)), "JPEG", progressive=True)
    last = plain.rindex(b"\xff\xda")
    return plain[:last] + plain[last:-2] * 1000 + b"\xff\xd9"


def many_frames():
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x4c\x01\0"
    return b"GIF89a" + struct.pack("<HH", 1, 1) + b"\x80\0\0\0\0\0\xff\xff\xff" + frame * 10_000 + b"\x3b"


# Films and sound in boxes


def box(kind, *parts):
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind + content


def full(kind, *parts):
    return box(kind, bytes(4), *parts)


def numbers(*values):
    return struct.pack(f">{len(values)}I", *values)


def coding(kind, camera=MARK, *boxes):
    """How the pictures of a track are coded, with the name of the encoder that a camera writes."""
    name = bytes([len(camera)]) + camera.ljust(31, b"\0")
    return box(kind, bytes(6), b"\0\1", bytes(16), struct.pack(">HH", 64, 48), bytes(14), name, b"\0\x18\xff\xff", *boxes)


def sound_coding(kind=b"mp4a"):
    return box(kind, bytes(6), b"\0\1", bytes(8), struct.pack(">HHHHI", 2, 16, 0, 0, 48000 << 16))


def track(handler, description, places, sizes, *extra):
    """A track of one sample in each chunk."""
    table = box(
        b"stbl",
        full(b"stsd", numbers(1), description),
        full(b"stts", numbers(1, len(sizes), 1)),
        full(b"stsc", numbers(1, 1, 1, 1)),
        full(b"stsz", numbers(0, len(sizes), *sizes)),
        full(b"stco", numbers(len(places), *places)),
    )
    data = box(b"dinf", full(b"dref", numbers(1), full(b"alis", MARK)))
    media = box(
        b"mdia",
        full(b"mdhd", numbers(0xD0D0D0D0, 0xD0D0D0D0, 1000, 1000, 0)),
        full(b"hdlr", bytes(4), handler, bytes(12), MARK),
        box(b"minf", data, table),
    )
    return box(b"trak", full(b"tkhd", numbers(0xD0D0D0D0, 0xD0D0D0D0), bytes(72)), media, *extra)


def clip(brand=b"isom", film=True, handler=b"meta"):
    """A film whose camera wrote the place wherever a camera ever does: `mdat` lies first, at a place that is known."""
    begin = box(b"ftyp", brand, bytes(4), brand)
    parts = [PLAYED[0], PLAYED[2], MARK, b"freeGPS " + MARK, PLAYED[1], PLAYED[3]]
    starts = [len(begin) + 8 + sum(map(len, parts[:which])) for which in range(len(parts))]
    place = [box(b"udta", box(b"\xa9xyz", MARK), box(b"meta", MARK)), box(b"uuid", MARK), box(b"free", MARK)]
    keys = full(b"meta", full(b"keys", numbers(1), box(b"mdta", b"com.apple.quicktime.location.ISO6709")), box(b"ilst", MARK))
    description = coding(b"avc1", MARK, box(b"avcC", b"keep"), box(b"uuid", MARK))
    tracks = [
        track(b"vide", description, starts[0:5:4], [13, 14], *place) if film else b"",
        track(b"soun", sound_coding(), [starts[1], starts[5]], [11, 12], keys),
        track(handler, box(b"mebx", MARK), [starts[2]], [len(MARK)]),
    ]
    header = full(b"mvhd", numbers(0xD0D0D0D0, 0xD0D0D0D0, 1000, 1000), bytes(80))
    moov = box(b"moov", header, *tracks, *place, keys, box(b"gps ", MARK), box(b"GPMF", MARK))
    return begin + box(b"mdat", *parts) + moov + box(b"uuid", b"\xbe\x7a\xcf\xcb" * 4, xmp()) + box(b"skip", MARK)


def pieces(handler=b"soun"):
    """A fragmented film, as browsers record it."""
    tracks = [track(b"vide", coding(b"avc1"), [], []), track(handler, sound_coding(), [], [])]
    fragment = box(b"moof", full(b"mfhd", numbers(1)), box(b"traf", full(b"tfhd", numbers(1)), box(b"uuid", MARK)))
    begin = box(b"ftyp", b"isom", bytes(4)) + box(b"moov", full(b"mvhd", bytes(96)), *tracks)
    return begin + full(b"emsg", MARK) + fragment + box(b"mdat", PLAYED[0])


def plain_film(picture_coding=b"avc1", more=b"", sizes=(13,), **tables):
    """The smallest film, with tables of its sample description replaced by others."""
    begin = box(b"ftyp", b"isom", bytes(4))
    whole = track(b"vide", coding(picture_coding), [len(begin) + 8], sizes)
    for name, table in tables.items():
        start = whole.index(name.encode()) - 4
        end = start + struct.unpack(">I", whole[start : start + 4])[0]
        whole = whole[:start] + table.ljust(end - start, b"\0")[: end - start] + whole[end:]
    return begin + box(b"mdat", PLAYED[0]) + box(b"moov", full(b"mvhd", bytes(96)), whole, more)


def nested_boxes(kind=b"moov", depth=5000):
    content = b""
    for _ in range(depth):
        content = box(kind, content)
    return box(b"ftyp", b"isom", bytes(4)) + content


def box_sizes(size, large=b""):
    """A film whose last box states a size that cannot be."""
    return plain_film() + struct.pack(">I", size) + b"uuid" + large + bytes(20)


# WebM


def element(name, *parts, unknown=False):
    content = b"".join(parts)
    size = b"\x01" + b"\xff" * 7 if unknown else (len(content) | 1 << 56).to_bytes(8, "big")
    return bytes.fromhex(name) + size + content


def webm(*more, unknown=False, codec=b"V_VP8", kind=1):
    info = element(
        "1549A966", element("2AD7B1", b"\x0f\x42\x40"), element("7BA9", MARK), element("5741", MARK), element("4461", MARK[:8])
    )
    data = element("63A2", vorbis_headers()) if codec == b"A_VORBIS" else b""
    entry = element("AE", element("D7", b"\1"), element("83", bytes([kind])), element("86", codec), element("536E", MARK), data)
    seeks = element("114D9B74", element("4DBB", element("53AB", bytes.fromhex("1254C367")), element("53AC", MARK[:8])))
    cluster = element("1F43B675", element("E7", b"\0"), element("A3", b"\x81\0\0\x80", PLAYED[0]), unknown=unknown)
    tags = element("1254C367", element("7373", element("67C8", element("45A3", b"LOCATION"), element("4487", MARK))))
    attached = element("1941A469", element("61A7", element("465C", MARK)))
    parts = [seeks, info, element("1654AE6B", entry), element("EC", MARK), cluster, tags, attached, *more]
    head = element("1A45DFA3", element("4282", b"webm"), element("EC", MARK))
    return head + element("18538067", *parts, unknown=unknown)


def vorbis_headers():
    first, second, third = b"\x01vorbis" + bytes(23), vorbis_comment(), b"\x05vorbis"
    return bytes([2, len(first), len(second)]) + first + second + third


# Sound


def mp3(*between):
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    front = id3(b"GEOB", b"\0\0\0\0" + MARK) + id3(b"PRIV", b"owner\0" + MARK)
    tail = b"APETAGEX" + struct.pack("<IIII", 2000, 32 + len(MARK), 1, 0xA0000000) + bytes(8) + MARK
    return front + frame * 20 + b"".join(between) + frame * 20 + tail + b"TAG" + MARK.ljust(125, b"\0")


def id3(name, content):
    size = len(content) + 10
    return b"ID3\x03\0\0" + bytes([0, 0, size >> 7, size & 127]) + name + numbers(len(content)) + bytes(2) + content


def wav():
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\1\2" * 400)
    lists = [(b"LIST", b"INFOICMT" + struct.pack("<I", len(MARK)) + MARK), (b"id3 ", id3(b"PRIV", MARK)), (b"bext", MARK * 40)]
    chunks = b"".join(name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2) for name, content in lists)
    plain = file.getvalue()
    whole = plain[12:36] + chunks + plain[36:] + chunks
    return b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WAVE" + whole


def flac(tail=True):
    shape = (44100 << 44 | 1 << 41 | 15 << 36 | 4096).to_bytes(8, "big")
    stream = struct.pack(">HH", 4096, 4096) + bytes(6) + shape + bytes(16)
    image = numbers(3, 9) + b"image/png" + numbers(0) + numbers(0, 0, 0, 0, len(MARK)) + MARK
    blocks = [(0, stream), (4, comments()), (6, image), (2, b"GPS!" + MARK), (1, MARK), (0x81, MARK)]
    apart = b"APETAGEX" + struct.pack("<IIII", 2000, 32 + len(MARK), 1, 0) + bytes(8)
    tags = MARK + apart + b"TAG" + MARK.ljust(125, b"\0") if tail else b""
    head = b"".join(bytes([kind]) + len(block).to_bytes(3, "big") + block for kind, block in blocks)
    return b"fLaC" + head + b"\xff\xf8\xc9\x18" + b"sound of flac" * 9 + tags


def comments():
    comment = b"LOCATION=" + MARK
    return struct.pack("<I", len(MARK)) + MARK + struct.pack("<II", 1, len(comment)) + comment


def vorbis_comment():
    return b"\x03vorbis" + comments() + b"\x01"


def opus(serial=1):
    """Sound with a comment that goes over two pages, and room after it that is used too."""
    head = b"OpusHead\1\1" + struct.pack("<HIhB", 0, 48000, 0, 0)
    tags = b"OpusTags" + comments() + b"\x01" + MARK * 20
    sound = [page(b"sound of opus" * 9, 960 * number, number + 2, serial, flags=4 * (number == 3)) for number in (1, 2, 3)]
    cut = 255
    return b"".join(
        [
            page(head, 0, 0, serial, flags=2),
            page(tags[:cut], 0, 1, serial, whole=False),
            page(tags[cut:], 0, 2, serial, flags=1),
            *sound,
        ]
    )


def vorbis(serial=1):
    head = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 44100, 0, 64000, 0, 0xB8, 1)
    sound = page(b"sound of vorbis", 4410, 3, serial, flags=4)
    return page(head, 0, 0, serial, flags=2) + page(vorbis_comment(), 0, 1, serial) + page(b"\x05vorbis", 0, 2, serial) + sound


def page(content, position, number, serial=1, flags=0, whole=True):
    lacing = [255] * (len(content) // 255) + ([len(content) % 255] if whole else [])
    head = b"OggS\0" + struct.pack("<BqIIIB", flags, position, serial, number, 0, len(lacing)) + bytes(lacing)
    return head[:22] + struct.pack("<I", page_sum(head + content)) + head[26:] + content


def page_sum(content):
    """The sum of RFC 3533, bit by bit."""
    total = 0
    for octet in content:
        total ^= octet << 24
        for _ in range(8):
            total = (total << 1 ^ 0x04C11DB7 if total >> 31 else total << 1) & 0xFFFFFFFF
    return total


# Documents and what is none


def pdf():
    return b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def archive(name="notes.txt", size=10**7):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(name, bytes(size))
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!DOCTYPE html><title>x</title><script>alert(1)</script>"

# Each is refused; the name is what the sender says it is.
HOSTILE = {
    "nothing.jpg": lambda: b"",
    "one-byte.png": lambda: b"\x89",
    "drawing.png": lambda: SVG,
    "drawing.svg": lambda: b'<?xml version="1.0"?>' + SVG,
    "page.jpg": lambda: PAGE,
    "comment.gif": lambda: b"<!-- GIF89a -->" + PAGE,
    "archive.pdf": archive,
    "letter.pdf": lambda: archive("word/document.xml"),
    "program.mp4": lambda: b"MZ\x90\0" + bytes(200),
    "elf.png": lambda: b"\x7fELF\x02\x01\x01" + bytes(200),
    "late.pdf": lambda: PAGE + pdf(),
    "endless.pdf": lambda: pdf()[:-30] + bytes(3000),
    "no-end.pdf": lambda: pdf().replace(b"%%EOF", b""),
    "script.gif": lambda: b"GIF89a=1;alert(1)//",
    "pixels.png": pixel_bomb,
    "texts.png": text_bomb,
    "profile.png": profile_bomb,
    "canvas.webp": webp_bomb,
    "passes.jpg": many_passes,
    "nested.mp4": nested_boxes,
    "nested-known.mp4": lambda: nested_boxes(b"trak"),
    "crowd.mp4": lambda: box(b"ftyp", b"isom", bytes(4)) + box(b"free") * 20_000,
    "own-size.mp4": lambda: box_sizes(4),
    "beyond.mp4": lambda: box_sizes(1000),
    "over-the-edge.mp4": lambda: plain_film(more=struct.pack(">I", 40) + b"udta") + box(b"free", bytes(99)),
    "overflow.mp4": lambda: box_sizes(1, b"\xff" * 8),
    "backwards.mp4": lambda: box_sizes(1, bytes(8)),
    "no-moov.mp4": lambda: box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", bytes(99)),
    "two-moov.mp4": lambda: plain_film() + plain_film()[41:],
    "other-coding.mov": lambda: plain_film(b"apch"),
    "endless-sizes.mp4": lambda: plain_film(stsz=full(b"stsz", numbers(0, 0xFFFFFFFF))),
    "endless-offsets.mp4": lambda: plain_film(stco=full(b"stco", numbers(0xFFFFFFFF))),
    "endless-chunk.mp4": lambda: plain_film(stsc=full(b"stsc", numbers(1, 1, 0xFFFFFFFF))),
    "huge-sample.mp4": lambda: plain_film(stsz=full(b"stsz", numbers(0xFFFFFFFF, 0xFFFFFFFF))),
    "circle.mp4": lambda: plain_film(stco=full(b"stco", numbers(1, 4))),
    "chunks-from-two.mp4": lambda: plain_film(stsc=full(b"stsc", numbers(1, 2, 1))),
    "crowd-of-samples.mp4": lambda: plain_film(sizes=[13] + [0] * 1_000_000),
    "pieces.mp4": lambda: pieces(b"meta"),
    "no-size.webm": lambda: webm(element("1254C367", unknown=True)),
    "absurd.webm": lambda: webm() + bytes.fromhex("1254C36701FFFFFFFFFFFFFE") + b"x",
    "absurd-inside.webm": lambda: webm(bytes.fromhex("1254C36701FFFFFFFFFFFFFE")),
    "over-the-edge.webm": lambda: webm(element("1549A966", bytes.fromhex("448988")), element("EC", bytes(99))),
    "no-id.webm": lambda: webm(bytes(50)),
    "crowd.webm": lambda: webm(element("EC") * 250_000),
    "crowd-unknown.webm": lambda: webm(element("1F43B675", b"\xa3\x80" * 300_000, unknown=True)),
    "foreign.webm": lambda: webm(codec=b"S_TEXT/GPS", kind=17),
    "metadata.webm": lambda: webm(codec=b"D_WEBVTT/METADATA", kind=33),
    "large-tag.mp3": lambda: b"ID3\x03\0\0\x2f\x57\x50\x00" + b"\xff\xfb\x90\x00" * 1000,
    "sync.mp3": lambda: b"\xff\xfb" * 5_000_000,
    "sync-frames.mp3": lambda: mp3(b"\xff\xfb\x90x" * 3_000_000),
    "gaps.mp3": lambda: ((b"\xff\xf3\x14\xc4" + bytes(20)) * 2 + b"x") * 1500,
    "no-frames.mp3": lambda: id3(b"PRIV", MARK) + bytes(10**6),
    "two.opus": lambda: opus(1) + opus(2),
    "crowd.opus": lambda: opus() + page(b"", 0, 9) * 500_000,
    "no-data.wav": lambda: wav()[:36],
    "long-data.wav": lambda: b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff" + bytes(99),
    "crowd.wav": lambda: b"RIFF\xff\xff\xff\xffWAVE" + b"junk\0\0\0\0" * 500_000,
    "no-frames.flac": lambda: b"fLaC\x80\0\0\x22" + bytes(34),
    "crowd.flac": lambda: b"fLaC" + b"\x01\0\0\0" * 2_000_000,
    "trailers.flac": lambda: flac() + (b"TAG" + bytes(125)) * 20_000,
}
