"""The verbs of the log: each is one transaction, and says in a sentence why it does not do something."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext

from home.models import User
from home.words import fold

from .models import Attachment, Collaborator, Entry, Evidence, FormToken, Link, Profile, WeekLog
from .scales import Kind, State, Visibility

DAYS_IN_BIN = 30


class Conflict(Exception):
    """The entry was changed, or deleted, since the form was opened."""


class SavedBefore(Exception):
    """The same form was saved before; `entry` is what it made."""

    def __init__(self, entry: Entry):
        self.entry = entry
        super().__init__(gettext("Saved before as entry {pk}.").format(pk=entry.pk))


def save_entry(
    *,
    entry: Entry,
    parts: Mapping[str, Any],
    token: UUID | None = None,
    version: int | None = None,
    then: Callable[[Entry], None] | None = None,
) -> Entry:
    """The entry, saved with all its parts, or nothing of it.

    A new entry uses up the form's token: SavedBefore is raised if that was done already. An existing one must still be
    at the version that the form was opened with: Conflict is raised otherwise. `parts` holds the rows as the forms
    cleaned them: evidence, links, collaborators, weeks, labels, kept and uploads. `then` is what else is done with it.
    """
    try:
        with transaction.atomic():
            if entry.pk:
                advance(entry, version)
            entry.search_text = searchable(entry, parts["labels"])
            entry.save()
            if version is None and token:
                FormToken.objects.create(owner=entry.owner, token=token, entry_id=entry.pk)
            save_parts(entry, parts)
            if then:
                then(entry)
    except IntegrityError as error:
        first = first_of(entry.owner, token)
        if version is not None or not first:
            raise
        raise SavedBefore(first) from error
    return entry


def advance(entry: Entry, version: int | None) -> None:
    """Take the entry to its next version, if it is still at this one."""
    found = Entry.objects.filter(pk=entry.pk, version=version, deleted_at=None)
    if not found.update(version=F("version") + 1):
        raise Conflict
    entry.version = (version or 0) + 1


def first_of(owner: User, token: UUID | None) -> Entry | None:
    """What a form with this token made when it was saved."""
    used = FormToken.objects.visible_to(owner).filter(token=token).select_related("entry").first() if token else None
    return used.entry if used else None


def searchable(entry: Entry, labels: Iterable[str]) -> str:
    return fold(" ".join([entry.title, entry.role, entry.organisation, entry.description, entry.reflection, *labels]))


def save_parts(entry: Entry, parts: Mapping[str, Any]) -> None:
    save_evidence(entry, parts["evidence"])
    replace(Link, {"entry_id": entry.pk}, parts["links"])
    if entry.kind == Kind.PROJECT:
        replace(Collaborator, {"project_id": entry.pk}, parts["collaborators"])
    if entry.kind == Kind.INTERNSHIP:
        replace(WeekLog, {"internship_id": entry.pk}, parts["weeks"])
    entry.labels.set(parts["labels"], tag_kwargs={"owner": entry.owner})
    for kept in parts["kept"]:
        keep(entry, kept)
    for upload in parts["uploads"]:
        attach(entry, upload)


def save_evidence(entry: Entry, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make the entry's evidence what the rows say; a piece that stays keeps its endorsements."""
    wanted = {row["skill"]: row for row in rows}
    standing = {piece.skill_id: piece for piece in Evidence.objects.filter(entry_id=entry.pk)}
    Evidence.objects.filter(pk__in=[piece.pk for skill, piece in standing.items() if skill not in wanted]).delete()
    for skill, row in wanted.items():
        piece = standing.get(skill) or Evidence(entry_id=entry.pk, skill_id=skill)
        if (piece.level, piece.note) != (row["level"], row["note"]):
            piece.level, piece.note = row["level"], row["note"]
            piece.save()


def replace(model: Any, owner: Mapping[str, int], rows: Iterable[Mapping[str, Any]]) -> None:
    """Put the rows in the place of those that were there, unless they say the same."""
    wanted = [dict(row) for row in rows]
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key and not field.remote_field]
    if [{name: getattr(row, name) for name in names} for row in model.objects.filter(**owner)] == wanted:
        return
    model.objects.filter(**owner).delete()
    model.objects.bulk_create([model(**owner, **row) for row in wanted])


def attach(entry: Entry, upload: Mapping[str, Any]) -> Attachment:
    """The cleaned file, stored in private with the entry."""
    cleaned = upload["file"]
    made = Attachment(
        entry_id=entry.pk,
        medium=cleaned.medium,
        name=upload["name"],
        content_type=cleaned.content_type,
        size=cleaned.size,
        width=cleaned.width,
        height=cleaned.height,
        alt=upload["alt"],
    )
    made.file.save(f"file{cleaned.extension}", File(cleaned.content), save=False)
    if cleaned.preview:
        made.preview.save("preview.webp", File(cleaned.preview), save=False)
    if upload.get("captions"):
        made.captions.save("captions.vtt", File(upload["captions"]), save=False)
    made.save()
    return made


def keep(entry: Entry, row: Mapping[str, Any]) -> None:
    """Change what is said of a file that the entry has, or take the file out."""
    found = Attachment.objects.filter(entry_id=entry.pk, pk=row["key"]).first()
    if not found:
        return
    if row["remove"]:
        found.delete()
        return
    found.alt = row["alt"]
    if row.get("captions"):
        forget(found.captions)
        found.captions.save("captions.vtt", File(row["captions"]), save=False)
    found.save()


def forget(file: Any) -> None:
    """Remove a stored file once the transaction is sure."""
    if file:
        name, storage = file.name, file.storage
        transaction.on_commit(lambda: storage.delete(name))


def bytes_of(owner: User) -> int:
    """The bytes of all files that the owner has stored, those in the bin as well."""
    return Attachment.objects.filter(entry__owner=owner).aggregate(sum=Sum("size"))["sum"] or 0


def widest(owner: User) -> Visibility:
    """The most open visibility that the owner may choose."""
    return Visibility.COUNSELLOR if owner.is_protected else Visibility.PUBLIC


def show_entries(*, owner: User, entries: Iterable[int], visibility: Visibility) -> dict[int, int]:
    """Set who may see these entries, and return what each of the changed was before."""
    chosen = Visibility(min(visibility, widest(owner)))
    with transaction.atomic():
        found = Entry.objects.of(owner).filter(pk__in=entries).exclude(state=State.DRAFT).exclude(visibility=chosen)
        before = dict(found.values_list("pk", "visibility"))
        Entry.objects.of(owner).filter(pk__in=before).show_to(chosen)
    return before


def bin_entries(*, owner: User, entries: Iterable[int]) -> list[int]:
    """Put these entries in the bin and return which they were."""
    with transaction.atomic():
        found = list(Entry.objects.of(owner).filter(pk__in=entries).values_list("pk", flat=True))
        Entry.objects.of(owner).filter(pk__in=found).bin()
    return found


def restore_entries(*, owner: User, entries: Iterable[int]) -> int:
    """Bring these entries back from the bin and return how many they were."""
    return Entry.objects.binned_by(owner).filter(pk__in=entries).order_by().restore()


def erase_entries(*, owner: User, entries: Iterable[int]) -> int:
    """Delete these entries of the bin for good, files and all, and return how many they were."""
    with transaction.atomic():
        found = Entry.objects.binned_by(owner).filter(pk__in=entries)
        count = len(found)
        for entry in found:
            entry.delete()
    return count


def profile_of(owner: User) -> Profile:
    """The member's settings; without a row, the defaults, not saved."""
    return Profile.objects.of(owner).first() or Profile(owner=owner)
