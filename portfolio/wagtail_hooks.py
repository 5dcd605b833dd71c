"""The one thing that the CMS asks of the record: whether a skill is in use there. It learns nothing more."""

from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages

from careers.models import Skill

from .models import Evidence


@hooks.register("before_delete_snippet")
def keep_skills_in_use(request, instances):
    """A skill that members have evidence in stays; nobody's record loses a line because the guide changes."""
    skills = [each for each in instances if isinstance(each, Skill)]
    used = Skill.objects.filter(pk__in=Evidence.objects.filter(skill__in=skills).values("skill"))
    if not used:
        return None
    names = ", ".join(f"“{skill}”" for skill in used)
    messages.error(request, f"Members have evidence for {names}, so it cannot be deleted. Unpublish it to hide it in the guide.")
    return redirect(Skill.snippet_viewset.get_url_name("list"))
