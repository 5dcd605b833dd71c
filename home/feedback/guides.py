"""What readers can say something about: apps register their kinds of guide, and a kind finds one by its slug."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse

from ..models import BasePage, GuideSnippet
from ..serving import kept


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a guide by its anchor; in a list, one of its things, which has a key and a revision of its own."""

    anchor: str
    title: str
    pk: int | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """One page that anybody may read: what it is, the words it has now, and where. A list as a whole has no key."""

    kind: str
    model: type[Model]
    slug: str
    title: str
    address: str
    pk: int | None = None
    revision: int | None = None
    parts: tuple[Part, ...] = field(default=())

    @property
    def is_list(self) -> bool:
        return self.pk is None

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    def part(self, anchor: str) -> Part | None:
        """The part with the anchor; None for the page as a whole."""
        return next((part for part in self.parts if part.anchor == anchor), None)


Find = Callable[[str], Guide | None]
KINDS: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    """Let readers say something about what `find` answers, given a slug, or "" for a list."""
    KINDS[kind] = find


def find(kind: str, slug: str = "") -> Guide | None:
    """The guide of the kind with the slug, if there is one that anybody may read."""
    return KINDS[kind](slug) if kind in KINDS else None


def pages(kind: str, model: type[BasePage], parts: Callable[[BasePage], Iterable[Part]]) -> Find:
    """Finds pages of the model, closed ones excepted; what is known of one is kept until something changes."""

    def made(pk: int, revision: int | None) -> Guide:
        page = model.objects.get(pk=pk)
        return Guide(kind, model, page.slug, page.title, page.get_absolute_url(), pk, revision, tuple(parts(page)))

    def found(slug: str) -> Guide | None:
        edition = model.objects.readable().filter(slug=slug).editions().first() if slug else None
        if not edition:
            return None
        pk, revision, version = edition
        return kept(f"feedback:{kind}:{pk}", (revision, version), lambda: made(pk, revision))

    return found


def snippets(kind: str, model: type[GuideSnippet]) -> Find:
    """Finds published snippets that have a page each."""

    def found(slug: str) -> Guide | None:
        thing = model._default_manager.filter(live=True, slug=slug).first() if slug else None
        return thing and Guide(kind, model, slug, thing.title, thing.get_absolute_url(), thing.pk, thing.live_revision_id)

    return found


def lists(kind: str, model: type[GuideSnippet], title: str, route: str) -> Find:
    """Finds the one page on which all published snippets of the model stand."""

    def found(slug: str) -> Guide | None:
        if slug:
            return None
        rows = model._default_manager.filter(live=True).order_by("title").values_list("slug", "title", "pk", "live_revision_id")
        return Guide(kind, model, "", str(title), reverse(route), parts=tuple(Part(*row) for row in rows))

    return found
