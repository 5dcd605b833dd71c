from .catalogue import Course, CourseOutcome, LinkCheck, Provider
from .picks import Recommendation, SecondPersonTask

__all__ = ["Course", "CourseOutcome", "LinkCheck", "Provider", "Recommendation", "SecondPersonTask"]
