import pytest

from tests import make

from .posting import BETWEEN, student


@pytest.fixture
def ann(db):
    return student()


@pytest.fixture
def met(ann):
    return make.connection(ann, make.counsellor(), student_name="Ann Lee", **BETWEEN)
