import pytest

from tests import make


@pytest.fixture
def counsellor():
    return make.counsellor()


@pytest.fixture
def desk(client, counsellor):
    client.force_login(counsellor)
    return client
