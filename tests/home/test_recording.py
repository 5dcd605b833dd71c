"""What happened to accounts stands in the log: one line of JSON an event, keys alone, and nothing that did not happen."""

import json
import logging
from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from home.recording import record
from portfolio.leaving import erasing, exporting
from tests import make

WORD = "Osterly-marker-9151"


@pytest.fixture
def lines(caplog):
    """The events that were logged, without their time; the log has to be one line each."""
    logger = logging.getLogger("greenlight.events")
    logger.addHandler(caplog.handler)
    caplog.set_level(logging.INFO, logger="greenlight.events")

    def read():
        found = [json.loads(each.getMessage()) for each in caplog.records if each.name == "greenlight.events"]
        assert [datetime.fromisoformat(each.pop("at")).utcoffset().total_seconds() for each in found] == [0] * len(found)
        return found

    yield read
    logger.removeHandler(caplog.handler)


@pytest.mark.django_db(transaction=True)
def test_signing_in_a_copy_and_an_erasure_are_told(client, lines, caplog):
    ann = make.member(email=f"{WORD.lower()}@example.org", first_name=WORD)
    client.force_login(ann)
    client.post("/accounts/login/", {"login": ann.email, "password": WORD})
    client.logout()
    client.post("/accounts/login/", {"login": ann.email, "password": f"not {WORD}"})
    exporting.ask(owner=ann)
    exporting.ask(owner=ann)
    erasing.erase(erasure=erasing.close(owner=ann).pk)

    assert lines() == [
        {"event": "signed-in", "who": ann.pk},
        {"event": "sign-in-failed", "who": None},
        {"event": "export-asked", "who": ann.pk},
        {"event": "role-changed", "who": ann.pk, "did": "remove", "right": "is-active"},
        {"event": "account-closed", "who": ann.pk},
        {"event": "account-erased", "who": ann.pk},
    ]
    assert WORD.lower() not in caplog.text.lower()


@pytest.mark.django_db(transaction=True)
def test_a_change_of_role_is_told_whoever_makes_it(lines):
    ann, group = make.member(), Group.objects.get(name="Moderators")
    ann.groups.add(group)
    group.user_set.remove(ann)
    ann.groups.add(group)
    ann.groups.clear()
    ann.is_superuser = ann.is_staff = True
    ann.save()
    ann.save()

    changed = {"event": "role-changed", "who": ann.pk}
    assert lines() == [
        changed | {"did": "add", "group": group.pk},
        changed | {"did": "remove", "group": group.pk},
        changed | {"did": "add", "group": group.pk},
        changed | {"did": "clear"},
        changed | {"did": "add", "right": "is-staff"},
        changed | {"did": "add", "right": "is-superuser"},
    ]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_did_not_happen(lines):
    with transaction.atomic():
        record("consent-granted", 1, connection=2, scopes=["gap", "plan"])
        transaction.set_rollback(True)
    record("consent-granted", 1, connection=2, scopes=["gap", "plan"])

    assert lines() == [{"event": "consent-granted", "who": 1, "connection": 2, "scopes": ["gap", "plan"]}]


@pytest.mark.parametrize("told", ["ann@example.org", "two words", "line\nbreak", "\x1b[31m", "", "x" * 41, 1.5, ["gap", "a b"]])
def test_what_a_person_wrote_cannot_be_told(told):
    with pytest.raises(ValueError, match="keys and single words"):
        record("consent-granted", 1, about=told)
