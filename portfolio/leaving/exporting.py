"""A member's copy of everything: asked for, packed, kept for a day."""

from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from home.models import User
from home.recording import record

from ..models import AccessEvent, Export
from ..scales import Look, Progress
from . import jobs, packing

KEPT = timedelta(hours=24)
A_LOOK = timedelta(hours=1)


@transaction.atomic
def ask(*, owner: User) -> Export:
    """The owner's copy that is being packed, or else a new one to pack."""
    # Two clicks at once wait for each other here.
    User.objects.select_for_update().get(pk=owner.pk)
    under_way = Export.objects.visible_to(owner).filter(progress__in=jobs.UNDER_WAY)
    return under_way.first() or begin(owner)


def begin(owner: User) -> Export:
    record("export-asked", owner.pk)
    return Export.objects.create(owner=owner)


def pack(*, export: int) -> bool:
    """Whether the copy was packed here; begun anew by whoever takes it up."""
    return jobs.work(Export, export, pack_held)


def pack_held(hold: jobs.Hold) -> None:
    # The file has no name, so that nothing of it is left when the process is killed.
    with TemporaryFile() as file:
        packing.pack(file, hold.job.owner, hold, timezone.now())
        store(hold, file)
    for old in Export.objects.filter(owner=hold.job.owner_id).exclude(pk=hold.job.pk).exclude(progress__in=jobs.UNDER_WAY):
        old.delete()


def store(hold: jobs.Hold, file: IO[bytes]) -> None:
    """Put the whole copy where its row will say it is, or nowhere."""
    stored, size = hold.job.file, file.seek(0, 2)
    stored.save("copy.zip", File(Watched(file, hold)), save=False)
    try:
        hold.finish(file=stored.name, size=size, expires_at=timezone.now() + KEPT)
    except Exception:
        stored.storage.delete(stored.name)
        raise


class Watched:
    """The file, giving a sign of work with every block that is read from it."""

    def __init__(self, file: IO[bytes], hold: jobs.Hold):
        self.file, self.hold = file, hold
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        self.hold.step()
        return self.file.read(size)


def ready(owner: User, now: datetime) -> QuerySet:
    """The owner's copies that can be fetched."""
    return Export.objects.visible_to(owner).filter(progress=Progress.READY, expires_at__gt=now)


def expire(now: datetime, **conditions: object) -> int:
    """How many copies went, files and all, because their day is over, or they came to nothing a day ago."""
    found = Export.objects.filter(**conditions)
    old = [*found.filter(expires_at__lte=now), *found.filter(progress=Progress.FAILED, asked_at__lt=now - KEPT)]
    for export in old:
        export.delete()
    return len(old)


def give_up(now: datetime) -> int:
    """How many copies nobody could finish in a day; their owners are told so, and can ask again."""
    return Export.objects.filter(jobs.left_alone(now), asked_at__lt=now - KEPT).update(progress=Progress.FAILED)


def note_fetching(*, owner: User, now: datetime) -> bool:
    """Write down that a copy was fetched, at most once an hour; whether it was written down."""
    if AccessEvent.objects.visible_to(owner).filter(what=Look.EXPORT, at__gt=now - A_LOOK).exists():
        return False
    record("export-fetched", owner.pk)
    AccessEvent.objects.create(owner=owner, what=Look.EXPORT, who=gettext_noop("You, signed in"))
    return True
