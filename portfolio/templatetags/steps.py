"""Where a recommended step stands, and the form by which a counsellor recommends one."""

from django import template
from django.utils.html import format_html

from ..counselling import suggestions
from ..forms.recommending import RecommendForm

register = template.Library()


@register.filter
def step_lamp(step):
    """A step's lamp with its words, such as "Under way, 2 of 8 hours"."""
    found = suggestions.standing(step)
    return format_html('<span class="lamp" data-state="{}">{}</span>', found.lamp, found.words)


@register.simple_tag
def recommend_form(connection, held=None):
    """The empty form of a recommendation to the student of the connection: three statements, two if `held` is known."""
    return RecommendForm(connection=connection, held=None if held is None else list(held))
