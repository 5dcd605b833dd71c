"""Files follow their rows: deleted with them, and swept up when a row never came to be."""

from datetime import timedelta

from django.core.files.storage import storages
from django.utils import timezone

from .models import Attachment, Export
from .services import forget

NAMES = ("file", "preview", "captions")
# A file this young may belong to a save that is still going on.
YOUNG = timedelta(hours=1)


def forget_files(sender, instance, **kwargs):
    """Remove the files of a deleted attachment once its deletion is sure."""
    for name in NAMES:
        forget(getattr(instance, name))


def forget_copy(sender, instance, **kwargs):
    """Remove the file of a deleted copy of everything."""
    forget(instance.file)


def sweep(now=None):
    """Remove stored files that no row knows and that are older than an hour; returns how many they were."""
    storage = storages["private"]
    limit = (now or timezone.now()) - YOUNG
    known = {name for row in Attachment.objects.values_list(*NAMES).iterator() for name in row if name}
    known |= set(Export.objects.values_list("file", flat=True))
    lost = [name for name in stored(storage) if name not in known and storage.get_modified_time(name) < limit]
    for name in lost:
        storage.delete(name)
    return len(lost)


def stored(storage):
    """The names of the files in the storage, which keeps them in folders one deep."""
    if not storage.exists(""):
        return
    folders, _ = storage.listdir("")
    for folder in folders:
        _, files = storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in files)
