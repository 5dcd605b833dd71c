"""The list of careers: one shelf of cards, kept until the guide changes, narrowed by what a reader asks."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import F, Prefetch, Window
from django.db.models.functions import RowNumber
from django.utils.html import format_html_join

from home.languages import plain
from home.models import GuideVersion
from home.search import cleaned, registry
from home.serving import kept
from home.translations import in_reader_s_words

from . import pay, profile
from .facets import Card, Shelf
from .models import CareerPage, PayRange, SkillRequirement
from .scales import Experience
from .search import careers_mentioning
from .skill_words import skill_name

PER_PAGE, MOST_FOUND, FEW, MOST_SKILLS = 12, 1000, 6, 3
RUNGS = {value: rung for rung, value in enumerate(Experience.values)}


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that is on, and the address without it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A question and its choices; of a long list only the first are seen before somebody asks for the rest."""

    name: str
    label: str
    options: list[Option]

    @property
    def first(self):
        return self.options if len(self.options) <= FEW + 2 else self.options[:FEW]

    @property
    def rest(self):
        return self.options[len(self.first) :]

    @property
    def is_open(self):
        return any(option.on for option in self.rest)


@dataclass(frozen=True, slots=True)
class Drop:
    """What would be shown if one choice were dropped."""

    label: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a FacetFilter: a page of cards, the facets with counts, what is on and what to drop."""

    page: object
    pages: list
    facets: list[Facet]
    chips: list[Chip]
    drop: Drop | None
    total: int
    did_you_mean: str
    did_you_mean_address: str
    address: str


def shelf(version):
    """Every published career that anybody may read, as cards; kept until the guide changes."""
    return kept("shelf", version, lambda: Shelf(drawn_cards()))


def options(version, careers):
    """All careers, pairs of a slug and a title, as the options of a select, none of them selected; kept as the shelf is."""
    ordered = sorted(careers, key=lambda pair: (pair[1].casefold(), pair[0]))
    return kept("options", version, lambda: format_html_join("", '<option value="{}">{}</option>', ordered))


def drawn_cards():
    shown = ("slug", "title", "summary", "line", "department", "experience", "holland_code", "translation_key")
    figures = Prefetch("pay_ranges", PayRange.objects.filter(covers="").select_related("source"))
    pages = CareerPage.objects.readable().only(*shown).prefetch_related("stage_involvements", figures)
    skills = leading_skills()
    return [card(page, skills[page.pk]) for page in in_reader_s_words(pages, "title", "summary")]


def leading_skills():
    """The names of the skills that each career needs most, by the key of its page: one statement."""
    first = [F("importance").desc(), F("sort_order").asc(nulls_first=True), F("pk").asc()]
    asked = SkillRequirement.objects.filter(skill__live=True, page__in=CareerPage.objects.readable().values("pk"))
    ranked = asked.annotate(rank=Window(RowNumber(), partition_by="page", order_by=first)).filter(rank__lte=MOST_SKILLS)
    found = defaultdict(list)
    for page, title in ranked.order_by("page", "rank").values_list("page", "skill__title"):
        found[page].append(skill_name(title))
    return found


def card(page, skills):
    stages = {row.stage for row in page.stage_involvements.all()}
    return Card(
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        skills=", ".join([*skills[:1], *map(lower, skills[1:])]),
        pay=pay_line(page),
        experience=page.get_experience_display(),
        stages=tuple(number in stages for number in range(1, 6)),
        rung=RUNGS[page.experience],
        facets={
            "line": [page.line],
            "stage": [str(stage) for stage in stages],
            "experience": [page.experience],
            "department": [page.department],
            "interest": list(page.holland_code),
        },
    )


def lower(title):
    return title[:1].lower() + title[1:]


def pay_line(page):
    """One figure of the role's own, with its place, source and year; empty when only wider groups have one."""
    shown = next((row for row in page.pay_ranges.all() if row.is_shown and not row.covers), None)
    if not shown:
        return ""
    figure = pay.figure(shown.low, shown.typical, shown.high, shown.currency)
    return f"{figure} {shown.get_basis_display()}, {shown.get_country_display()} ({profile.vouched(shown)})"


def results(form):
    """What the list of careers shows for a valid CareerFilter: at most four statements."""
    asked, chosen = form.cleaned_data, form.chosen
    version = GuideVersion.current()
    careers = shelf(version)
    words = cleaned(asked["q"])
    ranked = found(words, version) if words else []
    within = careers.some(ranked) if words else None
    matching = careers.matching(chosen, within)
    paginator = Paginator(careers.listed(matching, asked["sort"], ranked), PER_PAGE)
    better = registry.did_you_mean(asked["q"], version) if words and not ranked else ""
    return answer(form, careers, within, paginator, better)


def answer(form, things, within, paginator, better):
    """The Results for a valid form: a page of what it asks of the shelf, within a set of it (None: all), and what is near."""
    page = paginator.get_page(form.cleaned_data["page"])
    return Results(
        page=page,
        pages=[
            (number, form.address(page=number) if isinstance(number, int) else "")
            for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        ],
        facets=facets(form, things.counts(form.chosen, within)),
        chips=chips(form),
        drop=drop(form, things, within) if not paginator.count else None,
        total=paginator.count,
        did_you_mean=better,
        did_you_mean_address=form.address(q=better),
        address=form.address(page=page.number),
    )


def found(words, version):
    """Slugs of the careers that are called so, then of those that mention the words."""
    named = [plain(name.hit.url).split("/")[2] for name in registry.names(version).beginning(words) if name.group == "careers"]
    return list(dict.fromkeys([*named, *careers_mentioning(words, version, MOST_FOUND)]))


def facets(form, counts):
    return [
        Facet(
            name,
            form.fields[name].label,
            [
                Option(value, label, counts.get(name, {}).get(value, 0), value in form.chosen[name])
                for value, label in form.fields[name].choices
            ],
        )
        for name in form.FACETS
    ]


def chips(form):
    asked = form.cleaned_data
    found = [Chip(f"“{asked['q']}”", form.address(q=""))] if asked["q"] else []
    for facet, values in form.chosen.items():
        for value in values:
            rest = [other for other in values if other != value]
            found.append(Chip(form.label_of(facet, value), form.address(**{facet: rest})))
    return found


def drop(form, things, within):
    """The choice to drop first when nothing matches, if dropping one helps."""
    for facet, value, count in things.without_each(form.chosen, within)[:1]:
        if count:
            rest = [other for other in form.chosen[facet] if other != value]
            return Drop(form.label_of(facet, value), count, form.address(**{facet: rest}))
    return None
