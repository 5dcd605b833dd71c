"""The names of skills in the reader's language: the shipped ones by the catalogs, others as editors wrote them. Pure."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

from home.words import fold

SHIPPED = (
    pgettext_lazy("a skill", "Leadership"),
    pgettext_lazy("a skill", "Communication"),
    pgettext_lazy("a skill", "Negotiation"),
    pgettext_lazy("a skill", "Collaboration"),
    pgettext_lazy("a skill", "Networking"),
    pgettext_lazy("a skill", "Team management"),
    pgettext_lazy("a skill", "Inclusive practice"),
    pgettext_lazy("a skill", "Resilience"),
    pgettext_lazy("a skill", "Adaptability"),
    pgettext_lazy("a skill", "Problem solving"),
    pgettext_lazy("a skill", "Decision making"),
    pgettext_lazy("a skill", "Budgeting"),
    pgettext_lazy("a skill", "Cost reporting"),
    pgettext_lazy("a skill", "Raising finance"),
    pgettext_lazy("a skill", "Accounting"),
    pgettext_lazy("a skill", "Payroll and tax"),
    pgettext_lazy("a skill", "Contracts and rights"),
    pgettext_lazy("a skill", "Copyright and clearances"),
    pgettext_lazy("a skill", "Pitching"),
    pgettext_lazy("a skill", "Marketing and publicity"),
    pgettext_lazy("a skill", "Distribution and delivery deals"),
    pgettext_lazy("a skill", "Audience awareness"),
    pgettext_lazy("a skill", "Scheduling"),
    pgettext_lazy("a skill", "Project management"),
    pgettext_lazy("a skill", "Organisation and administration"),
    pgettext_lazy("a skill", "Time management"),
    pgettext_lazy("a skill", "Attention to detail"),
    pgettext_lazy("a skill", "Call sheets and production paperwork"),
    pgettext_lazy("a skill", "Logistics"),
    pgettext_lazy("a skill", "Location scouting"),
    pgettext_lazy("a skill", "Permissions and permits"),
    pgettext_lazy("a skill", "Production software"),
    pgettext_lazy("a skill", "Spreadsheets"),
    pgettext_lazy("a skill", "Research"),
    pgettext_lazy("a skill", "Fact checking"),
    pgettext_lazy("a skill", "Journalism"),
    pgettext_lazy("a skill", "Script analysis"),
    pgettext_lazy("a skill", "Story development"),
    pgettext_lazy("a skill", "Screenwriting"),
    pgettext_lazy("a skill", "Visual storytelling"),
    pgettext_lazy("a skill", "Directing performers"),
    pgettext_lazy("a skill", "Casting"),
    pgettext_lazy("a skill", "Camera and lenses"),
    pgettext_lazy("a skill", "Lighting"),
    pgettext_lazy("a skill", "Sound recording"),
    pgettext_lazy("a skill", "Video editing"),
    pgettext_lazy("a skill", "Colour grading"),
    pgettext_lazy("a skill", "Post-production workflow"),
    pgettext_lazy("a skill", "Visual effects awareness"),
    pgettext_lazy("a skill", "Technical delivery"),
    pgettext_lazy("a skill", "Health and safety"),
    pgettext_lazy("a skill", "Safeguarding"),
    pgettext_lazy("a skill", "First aid"),
    pgettext_lazy("a skill", "Driving"),
    pgettext_lazy("a skill", "Sustainable production"),
)


def skill_name(title: str) -> str:
    """What readers of the language that is being read call the skill with the title; the title where nobody has said."""
    return pgettext("a skill", title)


def by_name(skills: Iterable[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """Pairs of a skill's key and title as pairs of its key and name, in the order of the names."""
    return sorted(((key, skill_name(title)) for key, title in skills), key=lambda pair: fold(pair[1]))
