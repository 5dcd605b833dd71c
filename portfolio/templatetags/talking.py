from django import template
from django.urls import reverse
from django.utils import timezone

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
