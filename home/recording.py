"""What happened to accounts and to what they share, one line of JSON each in the log: who, what, when, and keys alone."""

import json
import logging
import re
from datetime import UTC, datetime
from functools import partial

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.db.models.signals import m2m_changed, pre_save

logger = logging.getLogger("greenlight.events")
# The name of an event, of a group, of a scope: never a sentence, an address or a number that could be somebody's.
WORD = re.compile(r"[A-Za-z][A-Za-z-]{0,39}")
RIGHTS = ("is_active", "is_staff", "is_superuser")


def record(event: str, who: int | None, **told: int | str | list[str]) -> None:
    """Have the event logged once the transaction is sure: `who` is the key of the account it happened to, or that did it.

    `told` are keys and single words. Raises ValueError for anything that could hold what a person wrote.
    """
    for each in (event, *told.values()):
        check(each)
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, "who": who, **told}
    transaction.on_commit(partial(logger.info, "%s", json.dumps(line)), robust=True)


def check(told: int | str | list[str]) -> None:
    words = [] if isinstance(told, int) else told if isinstance(told, list) else [told]
    if not all(isinstance(each, str) and WORD.fullmatch(each) for each in words):
        raise ValueError("An event is told in keys and single words.")


def connect() -> None:
    """Log who signs in, who cannot, and whose rights change, whoever changes them."""
    from .models import User

    user_logged_in.connect(signed_in, dispatch_uid="home.recording.signed_in")
    user_login_failed.connect(not_signed_in, dispatch_uid="home.recording.not_signed_in")
    m2m_changed.connect(groups_changed, sender=User.groups.through, dispatch_uid="home.recording.groups_changed")
    pre_save.connect(rights_changed, sender=User, dispatch_uid="home.recording.rights_changed")


def signed_in(sender, user, **kwargs):
    record("signed-in", user.pk)


def not_signed_in(sender, **kwargs):
    record("sign-in-failed", None)


def groups_changed(sender, instance, action, pk_set, reverse, **kwargs):
    """Groups are told by their keys, since a name is what somebody typed."""
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    did = action.removeprefix("post_")
    for who, group in [(key, instance.pk) if reverse else (instance.pk, key) for key in pk_set or [None]]:
        record("role-changed", who, did=did, **({"group": group} if group else {}))


def rights_changed(sender, instance, update_fields=None, **kwargs):
    looked = [name for name in RIGHTS if update_fields is None or name in update_fields]
    before = sender.objects.filter(pk=instance.pk).values(*looked).first() if instance.pk and looked else None
    for name, had in (before or {}).items():
        if had != getattr(instance, name):
            record("role-changed", instance.pk, did="remove" if had else "add", right=name.replace("_", "-"))
