"""Fills a scratch database with a thousand careers made from the real ones, and ten thousand skills."""

from collections.abc import Callable

from wagtail.search.backends import get_search_backend

from ..models import AlternativeTitle, CareerIndexPage, CareerPage, PayRange, Skill, SkillRequirement, StageInvolvement, Task
from ..scales import Family

CAREERS, SKILLS, SKILLS_EACH = 1000, 10_000, 40
ROWS = [
    (AlternativeTitle, "alternative_titles"),
    (StageInvolvement, "stage_involvements"),
    (Task, "tasks"),
    (PayRange, "pay_ranges"),
]


def fill(progress: Callable[[str, int, int], None]) -> None:
    """Bring the scratch database to full size: careers, skills and the rows that join them."""
    skills = add_skills()
    originals = list(CareerPage.objects.live().prefetch_related(*(relation for _, relation in ROWS)))
    wanted = CAREERS - len(originals)
    parent = CareerIndexPage.objects.get()
    for number in range(wanted):
        copy_career(parent, originals[number % len(originals)], number, skills)
        progress("careers", number + 1, wanted)


def add_skills() -> list[Skill]:
    families = Family.values
    made = Skill.objects.bulk_create(
        Skill(
            title=f"Craft {number} of {families[number % len(families)]}",
            slug=f"craft-{number}",
            family=families[number % len(families)],
            summary=f"Made-up skill number {number}, to measure with",
        )
        for number in range(SKILLS - Skill.objects.count())
    )
    for backend_index in [get_search_backend().get_index_for_model(Skill)]:
        for start in range(0, len(made), 1000):
            backend_index.add_items(Skill, made[start : start + 1000])
    return made


def copy_career(parent: CareerIndexPage, original: CareerPage, number: int, skills: list[Skill]) -> None:
    values = {
        field.name: getattr(original, field.name) for field in CareerPage._meta.local_concrete_fields if field.name != "page_ptr"
    }
    page = CareerPage(
        title=f"{original.title} {number}",
        slug=f"{original.slug}-{number}",
        search_description=original.search_description,
        **values,
    )
    parent.add_child(instance=page)
    for model, relation in ROWS:
        model.objects.bulk_create(copied(row, page) for row in getattr(original, relation).all())
    SkillRequirement.objects.bulk_create(
        SkillRequirement(
            page=page,
            skill=skills[(number * SKILLS_EACH + place) % len(skills)],
            level=place % 4 + 1,
            importance=place % 3 + 1,
            sort_order=place,
        )
        for place in range(SKILLS_EACH)
    )


def copied(row, page):
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in ("id", "page")
    }
    return type(row)(page=page, **values)
