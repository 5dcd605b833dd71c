"""Writes a member's copy of everything: pages to read, data to move, spreadsheets to count in, and every file."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import chain, islice
from pathlib import PurePath
from typing import IO, Any

from django.core.files.storage import default_storage, storages
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from home.finders import FOLDER, minify
from home.models import User

from ..models import Attachment, Entry, EntryLabel, Evidence
from .archive import Archive, file_name, write_table
from .holdings import BATCH, HOLDINGS, KINDS, PARTS, batches, columns, name_in_copy, rows, spread
from .jobs import Hold

FORMAT = 1
BLOCK = 1 << 20
PAGE = 200


def pack(file: IO[bytes], owner: User, hold: Hold, now: datetime) -> None:
    """Write everything of the owner's into the file as a ZIP. Raises Lost when somebody else has taken the job over."""
    counts = {holding.section: holding.of(owner.pk).count() for holding in HOLDINGS}
    entries, files = counts["portfolio.Entry"], counts["portfolio.Attachment"]
    hold.begin(total=2 * sum(counts.values()) + entries + files)
    with closing(Archive(file, now)) as archive:
        context = {"owner": owner, "now": now, "tables": tables(counts)}
        write_data(archive, owner, hold, now)
        write_tables(archive, owner, hold)
        write_page(archive, owner, hold, context)
        lost = [name for name, stored in files_of(owner) if not add_file(archive, name, stored, hold)]
        with archive.text("README.txt") as text:
            text.write(render_to_string("portfolio/archive/readme.txt", context | {"lost": lost}))


def tables(counts: dict[str, int]) -> list[tuple[str, int]]:
    """The spreadsheets that have something in them, each with its number of rows."""
    return [(holding.name, counts[holding.section]) for holding in HOLDINGS if counts[holding.section]]


def write_data(archive: Archive, owner: User, hold: Hold, now: datetime) -> None:
    """data.json: one list of rows a table, under its model's name."""
    about = {"format": "greenlight-copy", "version": FORMAT, "made_at": now, "account": owner.pk}
    with archive.text("data.json") as text:
        text.write(f'{{"about": {encoded(about)}')
        for holding in HOLDINGS:
            text.write(f",\n{encoded(holding.section)}: [")
            for number, row in enumerate(counted(rows(holding, owner.pk, columns(holding)), hold)):
                text.write(f"{',' if number else ''}\n{encoded(row)}")
            text.write("]")
        text.write("}\n")


def encoded(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def counted(found: Iterable[Any], hold: Hold) -> Iterator[Any]:
    for each in found:
        hold.step(1)
        yield each


def write_tables(archive: Archive, owner: User, hold: Hold) -> None:
    """One spreadsheet a table; those of the kinds have the whole entry, its skills and its labels in a row."""
    for holding in HOLDINGS:
        ways = spread(holding)
        found = counted(rows(holding, owner.pk, ways), hold)
        first = next(found, None)
        if first is None:
            continue
        whole = with_words(chain([first], found)) if holding.label in KINDS else chain([first], found)
        names = [*ways, "skills", "labels"] if holding.label in KINDS else list(ways)
        with archive.text(f"spreadsheets/{holding.name}.csv") as text:
            write_table(text, names, ([row[name] for name in names] for row in whole))


def with_words(found: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The entries with the skills they show and the labels they wear."""
    while batch := list(islice(found, BATCH)):
        keys = [row["id"] for row in batch]
        skills = gathered(Evidence.objects.filter(entry__in=keys).values_list("entry", "skill__slug"))
        labels = gathered(EntryLabel.objects.filter(content_object__in=keys).values_list("content_object", "tag__name"))
        for row in batch:
            yield row | {"skills": ";".join(skills[row["id"]]), "labels": ";".join(labels[row["id"]])}


def gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for key, word in pairs:
        found[key].append(word)
    return found


def write_page(archive: Archive, owner: User, hold: Hold, context: dict[str, Any]) -> None:
    """index.html: what is where, then every entry, in a page that needs nothing but itself."""
    with archive.text("index.html") as text:
        text.write(render_to_string("portfolio/archive/head.html", context | {"style": style()}))
        for batch in batches(Entry.objects.filter(owner=owner).order_by("pk"), size=PAGE):
            text.write(render_to_string("portfolio/archive/_entries.html", {"entries": shown([key for (key,) in batch])}))
            hold.step(len(batch))
        text.write(render_to_string("portfolio/archive/foot.html"))


def style() -> str:
    """The guide's own colours and sizes, without the fonts that it would have to fetch."""
    tokens = (FOLDER / "tokens.css").read_text("utf-8")
    return minify(tokens[tokens.index("@layer tokens") :] + (FOLDER / "archive.css").read_text("utf-8"))


def shown(keys: list[int]) -> list[Entry]:
    found = list(Entry.objects.filter(pk__in=keys).order_by("pk").with_parts())
    for entry in found:
        for each in entry.attachments.all():
            each.place = name_in_copy(each.pk, each.name, each.file.name, "file")
    return found


def files_of(owner: User) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Every file of the owner's: its name in the copy, and where it is stored."""
    private = storages["private"]
    for batch in batches(Attachment.objects.filter(entry__owner=owner).order_by("pk"), "name", *PARTS):
        for key, shown_as, *stored in batch:
            for part, name in zip(PARTS, stored, strict=True):
                if name:
                    yield name_in_copy(key, shown_as, name, part), (private, name)
    avatar = avatar_of(owner)
    if avatar:
        yield file_name(0, "picture in the editor.", PurePath(avatar).suffix), (default_storage, avatar)


def avatar_of(owner: User) -> str:
    profile = getattr(owner, "wagtail_userprofile", None)
    return profile.avatar.name if profile and profile.avatar else ""


def add_file(archive: Archive, name: str, stored: tuple[Any, str], hold: Hold) -> bool:
    """Whether the file was there to be added."""
    storage, place = stored
    try:
        opened = storage.open(place, "rb")
    except FileNotFoundError:
        return False
    with opened:
        archive.add(name, watched(opened, hold))
    hold.step(1)
    return True


def watched(opened: IO[bytes], hold: Hold) -> Iterator[bytes]:
    while block := opened.read(BLOCK):
        hold.step()
        yield block
