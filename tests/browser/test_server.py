"""The server that the browser asks: as far from the test as a site is from its visitors."""

from urllib.request import urlopen

import pytest
from django.db import transaction

from careers.models import CareerPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_page_shows_nothing_of_a_transaction_that_is_still_open(live_server):
    with transaction.atomic():
        CareerPage.objects.filter(slug="associate-producer").update(title="Perhaps a Producer")
        with urlopen(f"{live_server.url}/careers/associate-producer/") as answer:
            page = answer.read().decode()
        transaction.set_rollback(True)

    assert "Associate Producer" in page
    assert "Perhaps a Producer" not in page
