"""The log names no secret address."""

import logging

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


ADDRESSES = (
    "/calendar/{}.ics /reminders/stop/{}/ /counselling-mail/stop/{}/ /endorse/{}/ /endorse/{}/take-back/ "
    "/careers/quiz/{}/ /careers/quiz/{}/statements/ /careers/quiz/x/?with={}"
)


@pytest.fixture
def log_again():
    """The log of the other tests put back at the end: handlers made in a test write into what is closed after it."""
    before = written_to()
    yield
    for handler in written_to():
        logging.root.removeHandler(handler)
    for handler in before:
        logging.root.addHandler(handler)


def written_to():
    """The handlers of the log's own, without those by which pytest listens."""
    return [handler for handler in logging.root.handlers if type(handler) is logging.StreamHandler]


@pytest.mark.usefixtures("log_again")
@pytest.mark.parametrize("address", ADDRESSES.split())
def test_a_wrong_secret_is_not_written_down(client, capsys, address):
    logging.config.dictConfig(settings.LOGGING)

    client.get(address.format("a-secret-nobody-should-read"))

    written = capsys.readouterr().err
    assert "Not Found" in written
    assert "nobody-should-read" not in written
