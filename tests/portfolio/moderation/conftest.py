"""A portfolio that is open to everybody, something in it, and a moderator at the desk."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from portfolio import sharing
from portfolio.models import Attachment
from portfolio.scales import Visibility
from tests import make
from tests.portfolio import shown

from .cases import ADDRESS, SECRET


@pytest.fixture
def ngozi():
    profile = shown.portfolio(owner=make.member(email=ADDRESS, first_name=SECRET))
    shown.entry(profile, title=SECRET, visibility=Visibility.ME)
    return profile


@pytest.fixture
def film(ngozi):
    return shown.entry(ngozi, title="Low Water", description="A beach at dawn.", reflection=SECRET)


@pytest.fixture
def moderator():
    return make.user("Moderators", email="mod@example.org")


@pytest.fixture
def desk(client, moderator):
    """A browser in which the moderator is signed in."""
    client.force_login(moderator)
    return client


@pytest.fixture
def clip(film):
    made = Attachment(entry=film.entry_ptr, medium="image", name="a.webp", content_type="image/webp", size=4)
    made.file.save("a.webp", ContentFile(b"RIFF"), save=False)
    made.save()
    return made


@pytest.fixture
def link(ngozi):
    return sharing.make_link(owner=ngozi.owner, name="Bo", ends_at=timezone.now() + timedelta(days=7))[1]
