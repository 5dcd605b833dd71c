"""Where a member is named beside the rows that are theirs: sessions, the task queue, the CMS's notes."""

from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import ModelLogEntry, PageLogEntry

from home.accounts.sessions import forget_sessions
from home.models import User

from ..models import EndorsementRequest, Entry, Export, Invitation, Message, Report
from .holdings import batches
from .jobs import Hold

# What the first argument of each task is the key of, and the way from there to the member.
TASKS = {
    "portfolio.tasks.send_reminder": (Entry, "owner"),
    "portfolio.tasks.send_request": (EndorsementRequest, "entry__owner"),
    "portfolio.tasks.send_invitation": (Invitation, "counsellor"),
    "portfolio.tasks.tell_owner": (EndorsementRequest, "entry__owner"),
    "portfolio.tasks.send_message": (Message, "owner"),
    "portfolio.tasks.tell_moderators": (Report, "owner"),
    "portfolio.tasks.tell_decision": (Report, "owner"),
    "portfolio.tasks.send_news": (User, "pk"),
    "portfolio.tasks.pack_copy": (Export, "owner"),
}
# An erasure's own task names only the stub that stays.
OF_NOBODY = {"portfolio.tasks.erase_account"}


def remove_queued(account: int, hold: Hold) -> None:
    """Remove what the queue keeps of tasks about what is the member's; why one failed may name an address."""
    for path, (model, owner) in TASKS.items():
        for batch in batches(model._default_manager.filter(**{owner: account}).order_by("pk")):
            for results in kept_results():
                results.filter(task_path=path, args_kwargs__args__0__in=[key for (key,) in batch]).delete()
            hold.step()


def kept_results() -> Iterator[QuerySet]:
    """What the queue keeps, where it is kept in the database."""
    if apps.is_installed("django_tasks_db"):
        yield apps.get_model("django_tasks_database", "DBTaskResult").objects.all()


def remove_traces(account: int, hold: Hold) -> None:
    """Remove what names the person by key or address."""
    for owner in User.objects.filter(pk=account):
        addresses = {owner.email, *owner.emailaddress_set.values_list("email", flat=True)}
        forget_sessions(account, addresses, hold.step)
        for address in addresses:
            for results in kept_results():
                results.filter(Q(traceback__icontains=address) | Q(args_kwargs__icontains=address)).delete()
        about = Q(content_type__app_label="home", content_type__model="user", object_id=str(account))
        ModelLogEntry.objects.filter(about).delete()


@transaction.atomic
def remove_account(account: int) -> None:
    """Remove the account's row; what it did to the guide stays, by nobody."""
    for notes in (ModelLogEntry, PageLogEntry):
        notes.objects.filter(user=account).update(user=None)
    for owner in User.objects.filter(pk=account):
        owner.delete()
