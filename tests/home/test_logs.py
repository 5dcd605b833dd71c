"""The log names no secret address."""

import logging

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


ADDRESSES = (
    "/calendar/{}.ics /reminders/stop/{}/ /counselling-mail/stop/{}/ /endorse/{}/ /endorse/{}/take-back/ "
    "/careers/quiz/{}/ /careers/quiz/{}/statements/ /careers/quiz/x/?with={}"
)


@pytest.mark.parametrize("address", ADDRESSES.split())
def test_a_wrong_secret_is_not_written_down(client, capsys, address):
    logging.config.dictConfig(settings.LOGGING)

    client.get(address.format("a-secret-nobody-should-read"))

    written = capsys.readouterr().err
    assert "Not Found" in written
    assert "nobody-should-read" not in written
