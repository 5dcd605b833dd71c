"""Plain functions that build what a test needs, with only the facts it names."""

from datetime import timedelta
from itertools import count

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from careers.models import CareerIndexPage, CareerPage, Skill, SkillRequirement
from courses.models import Course, CourseOutcome, Provider
from home.models import User
from portfolio.forms.entries import MODELS
from portfolio.models import Connection, Counsellor, Evidence, Goal, PlanStep, Profile
from portfolio.scales import Kind, Scope, Visibility

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


def provider(title="Tidewater Film School", **fields):
    return Provider.objects.create(title=title, slug=fields.pop("slug", f"provider-{next(numbers)}"), **fields)


def course(title="Budgets from the Ground Up", teaches=(), **fields):
    """A published course that teaches the skills: a skill, or a skill and a level (2 unless told otherwise)."""
    fields = {"slug": f"course-{next(numbers)}", "kind": "online", "url": "https://school.example/course", **fields}
    made = Course(title=title, provider=fields.pop("provider", None) or provider(), **fields)
    pairs = [each if isinstance(each, tuple) else (each, 2) for each in teaches]
    made.outcomes = [CourseOutcome(skill=skill, level=level) for skill, level in pairs]
    made.save()
    made.save_revision().publish()
    return Course.objects.get(pk=made.pk)


def counsellor(name="Robin Ash", **fields):
    """A counsellor with the introduction that students read."""
    made = user("Counsellors", age_band="18+", **fields)
    Counsellor.objects.create(user=made, name=name, organisation="Ashdown College")
    return made


def connection(student, counsellor, scopes=tuple(Scope), **fields):
    """A connection that the student granted with the scopes, and with the portfolio open to counsellors."""
    now = timezone.now()
    Profile.objects.get_or_create(owner=student, defaults={"visibility": Visibility.COUNSELLOR})
    shared = {f"shares_{scope}": scope in scopes for scope in Scope}
    given = {"origin": "invited", "counsellor_name": counsellor.counsellor.name, "granted_at": now, **shared, **fields}
    return Connection.objects.create(student=student, counsellor=counsellor, **{"ends_at": now + timedelta(days=90), **given})


def step(connection, title="Budgets from the Ground Up", **fields):
    """A step that the counsellor of the connection recommended."""
    given = {"student_id": connection.student_id, "connection": connection, "by": connection.counsellor_name, "title": title}
    return PlanStep.objects.create(**{**given, **fields})
