"""The Atom feed of new and reviewed guides (RFC 4287), kept until the guide or the day changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from home.models import GuideVersion
from home.serving import kept

from .models import CareerPage, StagePage
from .writing import credit

MOST = 100
# What no XML document may hold (XML 1.0, 2.2).
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class News:
    """A guide that is new or was reviewed: `updated` is the later of the two moments, `id` never changes."""

    id: str
    title: str
    summary: str
    path: str
    published: datetime
    updated: datetime


def news() -> list[News]:
    """What is new, the newest first; kept until the guide or the day changes."""
    today = timezone.localdate()
    return kept("news", (GuideVersion.current(), today), lambda: sorted(told(today), key=newest)[:MOST])


def told(today: date) -> Iterator[News]:
    """Every guide that anybody may read: one statement for the careers, one for the stages."""
    for model, kind, line in ((CareerPage, "careers", "summary"), (StagePage, "stages", "lead")):
        guides = model.objects.readable().exclude(first_published_at=None).order_by("pk")
        for pk, slug, title, summary, published, reviewed in guides.values_list(
            "pk", "slug", "title", line, "first_published_at", "reviewed_on"
        ):
            updated = max(published, moment(reviewed)) if reviewed and reviewed <= today else published
            yield News(tag(published, kind, pk), title, summary, f"/{kind}/{slug}/", published, updated)


def newest(each: News) -> tuple[float, str]:
    return -each.updated.timestamp(), each.id


def moment(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def tag(published: datetime, kind: str, pk: int) -> str:
    """The name of a guide for ever, whatever its title and address become (RFC 4151)."""
    return f"tag:{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname},{published:%Y-%m-%d}:{kind}/{pk}"


def clean(text: str) -> str:
    return NOT_XML.sub("", text)


class Feed(Atom1Feed):
    """Django's writer, with the moment of the last change of what it tells instead of the present one."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.addQuickElement("link", None, {"rel": "license", "href": LICENCE_LINK})

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=datetime(2026, 1, 1, tzinfo=UTC))


LICENCE_LINK = "https://creativecommons.org/licenses/by/4.0/"


def written(root: str, path: str) -> str:
    """The feed as XML for a site at this address, such as https://example.org."""
    site = settings.WAGTAIL_SITE_NAME
    feed = Feed(
        title=_("%(site)s: new and reviewed guides") % {"site": site},
        link=f"{root}/",
        description=_("Guides to careers in film and television production, as they are published and reviewed."),
        language=get_language() or settings.LANGUAGE_CODE,
        author_name=_("The %(site)s contributors") % {"site": site},
        author_link=f"{root}/about/",
        feed_url=f"{root}{path}",
        feed_guid=f"tag:{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname},2026:guides",
        feed_copyright=credit(),
    )
    for each in news():
        feed.add_item(
            title=clean(each.title),
            link=root + each.path,
            description=escape(clean(each.summary)),
            unique_id=each.id,
            pubdate=each.published,
            updateddate=each.updated,
            item_copyright=credit(),
        )
    return feed.writeString("utf-8")
