"""An account's end: closed at once, then emptied step by step, each of which may be done twice."""

from collections.abc import Iterable

from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from home.accounts.sessions import end_all
from home.models import User
from home.recording import record

from ..counselling import connecting
from ..models import Attachment, Entry, Erasure, Export
from ..scales import Progress
from . import jobs
from .holdings import HOLDINGS, PARTS, batches
from .packing import avatar_of
from .traces import remove_account, remove_queued, remove_traces

# An entry takes its parts along: so many at a time are a fraction of a second.
FEW = 100
ONLY_ONE = gettext_lazy("You are the only administrator. Make somebody else one first; then this account can go.")


class Refused(Exception):
    """Why an account cannot go; its text is a sentence for its owner."""


@transaction.atomic
def close(*, owner: User) -> Erasure:
    """The erasure of an account that nobody can enter from now on. Raises Refused for the last administrator.

    What students let somebody see who leaves as their counsellor ends with it.
    """
    # Before the account is held: whoever changes a connection at this moment has it already, and tells this account of it.
    connecting.leave(counsellor=owner.pk)
    # Two administrators who leave at once wait for each other here.
    locked = list(User.objects.select_for_update().filter(Q(pk=owner.pk) | Q(is_superuser=True, is_active=True)).order_by("pk"))
    if owner.is_superuser and not any(each.is_superuser and each.is_active for each in locked if each.pk != owner.pk):
        raise Refused(ONLY_ONE)
    owner.is_active = False
    owner.set_unusable_password()
    owner.save(update_fields=["is_active", "password"])
    end_all(owner)
    record("account-closed", owner.pk)
    return Erasure.objects.get_or_create(account=owner.pk)[0]


def erase(*, erasure: int) -> bool:
    """Whether the account was emptied here; gone on with by whoever takes it up."""
    return jobs.work(Erasure, erasure, erase_held)


def erase_held(hold: jobs.Hold) -> None:
    account = hold.job.account
    entries = Entry.objects.filter(owner=account).order_by("pk")
    files = Attachment.objects.filter(entry__owner=account).order_by("pk")
    hold.begin(total=hold.job.done + entries.count() + files.count() + 1, done=hold.job.done)
    connecting.leave(counsellor=account)
    remove_queued(account, hold)
    remove_files(account, files, hold)
    remove_entries(entries, hold)
    remove_rest(account, hold)
    remove_traces(account, hold)
    remove_account(account)
    hold.finish()
    record("account-erased", account)


def remove_files(account: int, files: Iterable, hold: jobs.Hold) -> None:
    """Remove what is stored; a file that is gone already is no mistake."""
    private = storages["private"]
    for batch in batches(files, *PARTS):
        for _, *names in batch:
            remove_each(private, names)
            hold.step(1)
    remove_each(private, Export.objects.filter(owner=account).values_list("file", flat=True))
    owner = User.objects.filter(pk=account).first()
    remove_each(default_storage, [avatar_of(owner)] if owner else [])


def remove_each(storage, names: Iterable[str]) -> None:
    for name in filter(None, names):
        storage.delete(name)


def remove_entries(entries: Iterable, hold: jobs.Hold) -> None:
    for batch in batches(entries, size=FEW):
        keys = [key for (key,) in batch]
        Entry.objects.filter(pk__in=keys).delete()
        hold.step(len(keys))


def remove_rest(account: int, hold: jobs.Hold) -> None:
    """Remove what hangs on the account itself, so that little is left to go with it."""
    for holding in HOLDINGS:
        if holding.owner == "owner" and holding.model is not Entry:
            for batch in batches(holding.of(account)):
                holding.model._default_manager.filter(pk__in=[key for (key,) in batch]).delete()
                hold.step()


def to_take_up(now) -> list[int]:
    """The erasures that nobody is at work on, those that failed as well: each is taken up until it is done."""
    Erasure.objects.filter(progress=Progress.FAILED).update(progress=Progress.WAITING, touched_at=None)
    found = list(Erasure.objects.filter(jobs.left_alone(now)).values_list("pk", flat=True))
    return [key for key in found if jobs.revive(Erasure, key, now)]


def go_on(erasure: Erasure) -> bool:
    """Whether the erasure waits for a worker again."""
    return jobs.revive(Erasure, erasure.pk, timezone.now())
