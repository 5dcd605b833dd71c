"""What `manage.py benchmark` measures is there: the records that it makes up, and each of its pages."""

import pytest
from django.test import Client

from home.models import User
from portfolio import benchmarking, benchmarking_counselling
from portfolio.models import Connection, Entry, Evidence

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "address", "most", "is_signed_in"), benchmarking.PAGES)
def test_the_pages_of_a_member_among_others(client, name, address, most, is_signed_in):
    benchmarking.fill(40)
    member = benchmarking.somebody()
    if is_signed_in:
        client.force_login(member)

    assert client.get(address).status_code == 200
    assert Entry.objects.count() == 40 + Entry.objects.of(member).count()
    assert Evidence.objects.exclude(entry__owner=member).count() == 80
    assert set(Entry.objects.values_list("owner", flat=True)) == set(User.objects.values_list("pk", flat=True))


def test_the_pages_of_a_counsellor():
    counsellor = benchmarking_counselling.fill(40, students=4)
    connections = Connection.objects.of_counsellor(counsellor)
    desk = Client()
    desk.force_login(counsellor)

    pages = [address.format(connections[0].pk) for _, address, _ in benchmarking_counselling.PAGES]

    assert [desk.get(page).status_code for page in pages] == [200] * len(pages)
    assert [Entry.objects.of(each.student_id).count() for each in connections] == [10] * 4
