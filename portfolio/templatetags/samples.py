from django import template
from django.conf import settings

from ..finding import EVERYBODY
from ..models import Profile

register = template.Library()
# As data/people/1-marisol.toml says.
SHOWN = {"handle": "marisol", "owner__email": "marisol@example.org"}


@register.simple_tag
def sample_portfolio():
    """The portfolio of the first sample person, if it is there to see; a site that people use is not even asked."""
    if not settings.SAMPLE_PEOPLE_ALLOWED:
        return None
    return Profile.objects.visible_to(EVERYBODY).filter(**SHOWN).only("handle", "display_name").first()
