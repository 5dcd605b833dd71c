"""Builds a member's record with only the facts a test names."""

from careers.models import CareerPage, Skill, SkillRequirement
from portfolio.models import Endorsement, Entry, Evidence, Goal
from tests import make


def role(title="Puppeteer", **asks):
    """A published career that asks for skills, given by slug as (level, importance); the skills are made if need be."""
    page = make.career(title)
    for slug, (level, importance) in asks.items():
        skill = Skill.objects.filter(slug=slug).first() or make.skill(slug.capitalize(), slug=slug)
        SkillRequirement.objects.create(page=page, skill=skill, level=level, importance=importance)
    return CareerPage.objects.get(pk=page.pk)


def entry(owner, shows=(), **fields):
    """A completed project of the owner that shows skills, given by slug and level."""
    stages = fields.pop("stages", ())
    made = Entry(owner=owner, **{"kind": "project", "title": "Low Water", "started": "2026", **fields})
    made.stages = stages
    made.save()
    for slug, level in dict(shows).items():
        Evidence.objects.create(entry=made, skill=Skill.objects.get(slug=slug), level=level)
    return made


def aim(owner, career, place=0):
    return Goal.objects.create(owner=owner, career=career, title=career.title, place=place)


def endorse(entry, level):
    """Every piece of the entry, confirmed at the level."""
    for piece in entry.evidence.all():
        Endorsement.objects.create(evidence=piece, name="Bo", level=level)
