"""What of the guide readers can say something about."""

from django.utils.translation import gettext_lazy as _

from home.feedback.guides import Part, lists, pages, register, snippets

from .models import CareerPage, Festival, GlossaryTerm, ProfessionalBody, Qualification, Skill, StagePage


def sections_of(career):
    """The sections of a career's profile as its contents name them."""
    return [Part(section.anchor, section.title) for section in career.parts()["profile"].sections]


def blocks_of(stage):
    """The sections of a stage's guide that have an anchor."""
    return [Part(block.value["anchor"], block.value["title"]) for block in stage.body if block.value.get("anchor")]


def connect():
    """Name every kind of guide by the first part of its address."""
    register("careers", pages("careers", CareerPage, sections_of))
    register("stages", pages("stages", StagePage, blocks_of))
    register("skills", snippets("skills", Skill))
    register("qualifications", lists("qualifications", Qualification, _("Qualifications"), "careers:qualifications"))
    register("organisations", lists("organisations", ProfessionalBody, _("Organisations"), "careers:organisations"))
    register("festivals", lists("festivals", Festival, _("Festivals"), "careers:festivals"))
    register("glossary", lists("glossary", GlossaryTerm, _("Glossary"), "careers:glossary"))
