"""What a page of the guide says to its reader about people to talk to, and about what they keep."""

from django import template
from django.urls import reverse
from django.utils import timezone

from .. import interests
from ..models import Connection

register = template.Library()


@register.simple_tag(takes_context=True)
def people_to_talk_to(context):
    """The counsellors whom the reader has let in, each with name and address; nobody for whoever is not signed in."""
    request = context["request"]
    if not context.get("is_member") or not request.user.is_authenticated:
        return []
    open_now = Connection.objects.open(timezone.now()).filter(student=request.user).order_by("pk")
    named = open_now.values_list("pk", "counsellor_name")
    return [{"name": name, "address": reverse("portfolio:connection", args=[pk])} for pk, name in named]


@register.simple_tag(takes_context=True)
def is_kept(context, result):
    """Whether the reader keeps this result of the quiz already; nobody does who is not signed in."""
    user = context["request"].user
    return bool(context.get("is_member")) and user.is_authenticated and interests.is_kept(owner=user, result=result)
