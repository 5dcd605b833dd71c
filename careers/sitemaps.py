"""What search engines are told of the guide beside its pages."""

from home.sitemaps import ListSitemap, SnippetSitemap

from .models import CareerPage, Festival, GlossaryTerm, InterestStatement, ProfessionalBody, Qualification, Skill


class SkillSitemap(SnippetSitemap):
    model = Skill


class GuideListSitemap(ListSitemap):
    """The lists of the guide. Careers and stages are not here: theirs are pages."""

    lists = {
        "careers:skills": Skill,
        "careers:glossary": GlossaryTerm,
        "careers:qualifications": Qualification,
        "careers:organisations": ProfessionalBody,
        "careers:festivals": Festival,
        "careers:compare": CareerPage,
        "careers:map": CareerPage,
        "careers:quiz": InterestStatement,
    }
