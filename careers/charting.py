"""The map of careers out of the database, kept until the guide changes."""

from collections import defaultdict
from functools import cache

from home.serving import kept
from home.translations import in_reader_s_words

from . import mapping
from .map_picture import Picture, picture
from .mapping import Ask, Map, Place, Told
from .models import CareerPage, SkillRequirement
from .skill_words import skill_name

# So many roles are one picture; of more, one department is drawn at a time.
MOST_DRAWN = 60


def whole(version: int | None) -> Map:
    """Every role that anybody may read, those that are named without having a page, and every move between them."""
    return kept("map", version, drawn)


def drawn() -> Map:
    pages = CareerPage.objects.readable().only("slug", "title", "department", "line", "translation_key")
    pages = in_reader_s_words(pages.prefetch_related("stage_involvements", "steps__to"), "title")
    asks = asked()
    slugs = {page.slug for page in pages}
    moves = [told for page in pages for told in moves_of(page, slugs)]
    named = {told.other: told for told in moves if told.other not in slugs}
    places = [place_of(page, asks[page.pk]) for page in pages] + [Place(key, key[1:], has_page=False) for key in named]
    return mapping.map_of(places, moves)


def asked() -> dict[int, list[Ask]]:
    """The skills that each role asks for in their order on its page, by the page's key: one statement."""
    rows = SkillRequirement.objects.filter(skill__live=True, page__in=CareerPage.objects.readable().values("pk"))
    name, asks = cache(skill_name), defaultdict(list)
    for page, key, title, level, importance in rows.order_by("page", "sort_order", "pk").values_list(
        "page", "skill", "skill__title", "level", "importance"
    ):
        asks[page].append(Ask(key, name(title), level, importance))
    return asks


def place_of(page: CareerPage, asks: list[Ask]) -> Place:
    stages = frozenset(row.stage for row in page.stage_involvements.all())
    return Place(page.slug, page.title, page.department, page.line, stages, tuple(asks))


def moves_of(page: CareerPage, slugs: set[str]) -> list[Told]:
    """What the page tells of moves that somebody vouches for; a role without a page goes by its title, after a "~"."""
    found = []
    for step in page.steps.all():
        other = step.to.slug if step.to else f"~{step.title}"
        if step.is_checked and (not step.to or other in slugs):
            found.append(Told(page.slug, other, step.kind, step.note))
    return found


def pictured(version: int | None, shown: Map, key: str) -> Picture:
    """The picture of the roles with pages among those shown; kept under the key, which says which they are."""
    return kept(f"map:{key}", version, lambda: picture(mapping.narrowed(shown, [*with_pages(shown)])))


def titles(whole: Map) -> list[tuple[str, str]]:
    """The slug and title of every role with a page."""
    return [(key, whole.places[key].title) for key in with_pages(whole)]


def with_pages(shown: Map) -> list[str]:
    return [key for key, place in shown.places.items() if place.has_page]
