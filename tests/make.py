"""Plain functions that build what a test needs, with only the facts it names."""

from itertools import count

from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from careers.models import CareerIndexPage, CareerPage, Skill, SkillRequirement
from home.models import User
from portfolio.forms.entries import MODELS
from portfolio.models import Evidence, Goal
from portfolio.scales import Kind

numbers = count(1)


def user(*groups, **fields):
    """A user of the named groups; signs in with force_login."""
    made = User.objects.create_user(fields.pop("email", f"person{next(numbers)}@example.org"), "a long pass phrase", **fields)
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


def superuser():
    return User.objects.create_superuser(f"admin{next(numbers)}@example.org", "a long pass phrase")


def skill(title="Puppetry", **fields):
    slug = fields.pop("slug", f"skill-{next(numbers)}")
    return Skill.objects.create(title=title, slug=slug, family=fields.pop("family", "creative"), **fields)


def career(title="Puppeteer", skills=(), **fields):
    """A published career that asks for the skills as essential, on one's own."""
    fields = {"department": "producing", "line": "below", "experience": "some", "summary": "Moves puppets.", **fields}
    page = CareerPage(title=title, slug=fields.pop("slug", f"career-{next(numbers)}"), **fields)
    page.requirements = [SkillRequirement(skill=each, level=3, importance=3) for each in skills]
    CareerIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return CareerPage.objects.get(pk=page.pk)


def restricted(page, **restriction):
    """The page behind a password (or what the restriction says), with everything under it."""
    restriction = {"restriction_type": PageViewRestriction.PASSWORD, "password": "open sesame", **restriction}
    return PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), **restriction)


def member(age_band="18+", **fields):
    """A member who said they are an adult, unless told otherwise."""
    return user(age_band=age_band, **fields)


def entry(owner, title="Low Water", kind="project", skills=(), **fields):
    """An entry of the owner's, completed and private, with a piece of evidence a skill: a skill, or a skill and a level."""
    stages = fields.pop("stages", ())
    made = MODELS[Kind(kind)](owner=owner, kind=kind, title=title, started=fields.pop("started", "2026-03"), **fields)
    made.stages = stages
    made.save()
    for each in skills:
        shown, level = each if isinstance(each, tuple) else (each, 3)
        Evidence.objects.create(entry=made.entry_ptr, skill=shown, level=level)
    return made


def goal(owner, career):
    return Goal.objects.create(owner=owner, career=career, title=career.title)
