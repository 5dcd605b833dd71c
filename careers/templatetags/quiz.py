"""How the interests quiz puts letters, places and points into words."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext

from ..quiz import FULL
from ..scales import HOLLAND_MEANINGS, Holland

register = template.Library()
# A bar is so many units long; the style sheet stretches it.
BAR = 200


@register.filter
def interest(letter):
    """The name of an interest type by its letter."""
    return Holland(letter).label


@register.filter
def interest_meaning(letter):
    """What an interest type stands for, in a few words."""
    return HOLLAND_MEANINGS[Holland(letter)]


@register.filter
def interests(letters):
    """The names of the types, as a sentence lists them."""
    names = [str(interest(letter)) for letter in letters]
    if len(names) < 2:
        return "".join(names)
    return gettext("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


@register.filter
def points(value):
    """Points with one decimal where there is one: 15 or 15.5; the sign is left to the sentence."""
    rounded = round(abs(float(value)), 1)
    return number_format(rounded, decimal_pos=0 if rounded == int(rounded) else 1)


@register.filter
def bar(value):
    """How long the bar for so many points of twenty is."""
    return round(value * BAR / FULL)


@register.filter
def place(score):
    """The place of one of the six types, in words: "first", "joint second"; empty without one."""
    words = {
        1: (pgettext("place", "first"), pgettext("place", "joint first")),
        2: (pgettext("place", "second"), pgettext("place", "joint second")),
        3: (pgettext("place", "third"), pgettext("place", "joint third")),
        4: (pgettext("place", "fourth"), pgettext("place", "joint fourth")),
        5: (pgettext("place", "fifth"), pgettext("place", "joint fifth")),
        6: (pgettext("place", "sixth"), pgettext("place", "joint sixth")),
    }
    return words[score.place][score.is_joint] if score.place else ""
