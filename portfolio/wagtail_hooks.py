"""What the CMS asks of the record: whether a skill is in use there, and how many reports wait. It learns nothing more."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from careers.models import Skill

from . import admin, cases
from .models import Evidence


class ModerationItem(MenuItem):
    """The way to the reports, with how many wait, for those who may decide about them."""

    def is_shown(self, request):
        return request.user.has_perm("portfolio.moderate")

    def render_component(self, request):
        item = super().render_component(request)
        waiting = cases.waiting().count()
        item.label = f"{self.label} ({waiting})" if waiting else self.label
        return item


@hooks.register("register_admin_menu_item")
def moderation_item():
    return ModerationItem(gettext("Moderation"), reverse("portfolio:reports"), icon_name="warning", order=900)


@hooks.register("register_admin_viewset")
def teams():
    return admin.Teams()


@hooks.register("before_delete_snippet")
def keep_skills_in_use(request, instances):
    """A skill that members have evidence in stays; nobody's record loses a line because the guide changes."""
    skills = [each for each in instances if isinstance(each, Skill)]
    used = Skill.objects.filter(pk__in=Evidence.objects.filter(skill__in=skills).values("skill"))
    if not used:
        return None
    names = ", ".join(f"“{skill}”" for skill in used)
    messages.error(
        request,
        gettext("Members have evidence for {names}, so it cannot be deleted. Unpublish it to hide it in the guide.").format(
            names=names
        ),
    )
    return redirect(Skill.snippet_viewset.get_url_name("list"))
