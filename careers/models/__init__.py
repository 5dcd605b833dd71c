from .catalogue import GlossaryTerm, ProfessionalBody, Qualification, Skill, Source
from .festivals import Festival
from .interests import InterestStatement, QuizEdition
from .links import (
    AlternativeTitle,
    BodyLink,
    CareerCitation,
    CareerStep,
    EntryRoute,
    GoalLink,
    PayRange,
    QualificationAdvice,
    SkillRequirement,
    StageInvolvement,
    Task,
)
from .pages import CareerIndexPage, CareerPage
from .stages import StageCitation, StageDocument, StageIndexPage, StagePage, StagePerson, StageSkill, StageTask

__all__ = [
    "AlternativeTitle",
    "BodyLink",
    "CareerCitation",
    "CareerIndexPage",
    "CareerPage",
    "CareerStep",
    "EntryRoute",
    "Festival",
    "GlossaryTerm",
    "GoalLink",
    "InterestStatement",
    "PayRange",
    "ProfessionalBody",
    "Qualification",
    "QualificationAdvice",
    "QuizEdition",
    "Skill",
    "SkillRequirement",
    "Source",
    "StageCitation",
    "StageDocument",
    "StageIndexPage",
    "StageInvolvement",
    "StagePage",
    "StagePerson",
    "StageSkill",
    "StageTask",
    "Task",
]
