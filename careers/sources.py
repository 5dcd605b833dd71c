"""Which sources readers meet: one that only a draft names is not told of before the draft is published."""

from django.db.models import Q

from .models import (
    BodyLink,
    CareerCitation,
    CareerPage,
    CareerStep,
    EntryRoute,
    Festival,
    GlossaryTerm,
    GoalLink,
    PayRange,
    ProfessionalBody,
    Qualification,
    QualificationAdvice,
    Source,
    StageCitation,
    StagePage,
    Task,
)
from .scales import PUBLISHABLE

OF_CAREERS = (Task, QualificationAdvice, EntryRoute, CareerStep, BodyLink, GoalLink, CareerCitation)
SNIPPETS = (Qualification, ProfessionalBody, GlossaryTerm, Festival)


def cited():
    """The sources of whatever anybody may read, in one statement."""
    careers = CareerPage.objects.readable().order_by()
    citing = [model.objects.filter(page__in=careers.values("pk")) for model in OF_CAREERS]
    figures = PayRange.objects.filter(page__in=careers.values("pk"), status__in=PUBLISHABLE)
    citing += [figures.exclude(low=None, typical=None, high=None)]
    citing += [StageCitation.objects.filter(page__in=StagePage.objects.readable().order_by().values("pk"))]
    citing += [model.objects.filter(live=True) for model in SNIPPETS]
    found = Q(pk__in=careers.values("holland_source"))
    for things in citing:
        found |= Q(pk__in=things.order_by().exclude(source=None).values("source"))
    return Source.objects.filter(found)
