from functools import cache

from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from home.models import GuideVersion
from home.search import registry
from home.serving import for_everyone, published
from home.translations import in_reader_s_words
from home.words import fold

from .. import comparing, explorer, telling
from ..forms import CareerFilter, CompareForm, CountryForm
from ..models import CareerPage, Festival, GlossaryTerm, ProfessionalBody, Qualification, QualificationAdvice, Skill, StagePage
from ..profile import groups
from ..scales import Country, Family, QualificationKind, TermKind


@require_safe
@for_everyone
def careers(request):
    """The list of careers as asked for; htmx gets the part that changes, except when going back."""
    form = CareerFilter(request.GET)
    form.is_valid()
    part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    template = "careers/_explorer.html" if part else "careers/explorer.html"
    response = render(request, template, {"form": form, "results": explorer.results(form)})
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@require_safe
@for_everyone
def suggestions(request):
    """Names that complete what is being typed, as the options of a datalist."""
    return render(request, "careers/_suggestions.html", {"names": registry.suggestions(request.GET.get("q", ""))})


@require_safe
@for_everyone
def compare(request):
    """Up to four roles side by side, as the address names them."""
    version = GuideVersion.current()
    titles = {card.slug: card.title for card in explorer.shelf(version).cards}
    form = CompareForm(request.GET, titles, comparing.MOST)
    found = {page.slug: page for page in CareerPage.objects.readable().filter(slug__in=form.chosen).side_by_side()}
    roles = [found[slug] for slug in form.chosen if slug in found]
    context = {
        "form": form,
        "comparison": comparing.compare(roles) if roles else None,
        "heads": [(role, form.without(role.slug)) for role in roles],
        "options": explorer.options(version, titles.items()),
    }
    return render(request, "careers/compare.html", context)


@require_safe
@for_everyone
def career(request, slug):
    """One career's profile; `country` chooses whose figures machines are given."""
    form = CountryForm(request.GET)
    form.is_valid()
    return published(request, CareerPage, slug, form.cleaned_data["country"])


@require_safe
@for_everyone
def stages(request):
    """The five stages side by side."""
    guides = in_reader_s_words(StagePage.objects.readable().order_by("number"), "title", "tagline")
    return render(request, "careers/stages.html", {"guides": guides})


@require_safe
@for_everyone
def stage(request, slug):
    """One stage guide."""
    return published(request, StagePage, slug)


@require_safe
@for_everyone
def skills(request):
    """Every skill under its family, with the number of roles that ask for it."""
    return catalogue(request, "careers/skills.html", families, telling.skills)


def families():
    asked_by = Count("requirements", filter=Q(requirements__page__in=CareerPage.objects.readable()))
    found = Skill.objects.filter(live=True).annotate(roles=asked_by)
    return groups(sorted(found, key=lambda each: fold(each.name)), "family", Family)


def catalogue(request, template, found, told=None):
    """A list of the catalogue: its groups, as found() finds them, are drawn once a version of the guide and then kept."""
    once = cache(found)
    structured = {"structured": lambda: told(once(), request.path)} if told else {}
    return render(request, template, {"version": GuideVersion.current(), "groups": once, **structured})


@require_safe
@for_everyone
def skill(request, slug):
    """One skill: its meaning, ideas for evidence and the roles that ask for it."""
    found = get_object_or_404(Skill.objects.filter(live=True), slug=slug)
    roles = CareerPage.objects.readable().asking_for(found).only("slug", "title")
    structured = telling.skill(found, reverse("careers:skills"))
    return render(request, "careers/skill.html", {"skill": found, "roles": roles, "structured": structured})


@require_safe
@for_everyone
def qualifications(request):
    """Every qualification under its kind, with the roles it counts for."""
    return catalogue(request, "careers/qualifications.html", qualification_kinds)


def qualification_kinds():
    readable = QualificationAdvice.objects.filter(page__in=CareerPage.objects.readable()).select_related("page")
    found = Qualification.objects.filter(live=True).select_related("source").prefetch_related(Prefetch("advice", readable))
    return groups(found, "kind", QualificationKind)


@require_safe
@for_everyone
def organisations(request):
    """Every organisation under its country."""
    return catalogue(request, "careers/organisations.html", lambda: by_country(ProfessionalBody))


def by_country(model):
    return groups(model.objects.filter(live=True).select_related("source"), "country", Country)


@require_safe
@for_everyone
def festivals(request):
    """Every festival under its country."""
    return catalogue(request, "careers/festivals.html", lambda: by_country(Festival))


@require_safe
@for_everyone
def glossary(request):
    """Every term under its kind, the shot sizes drawn."""
    return catalogue(request, "careers/glossary.html", term_kinds, telling.glossary)


def term_kinds():
    found = GlossaryTerm.objects.filter(live=True).select_related("source").order_by("pk")
    return groups(found, "kind", TermKind)
