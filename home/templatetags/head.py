"""What the head of every page tells other sites and search engines of it."""

from html import unescape

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from .. import heads, jsonld, languages, sites
from ..cards.serving import address_of

register = template.Library()

# The parts of the guide that have pages below them, as the masthead calls them.
SECTIONS = [
    ("careers:careers", gettext_lazy("Careers")),
    ("careers:stages", gettext_lazy("Production stages")),
    ("careers:skills", gettext_lazy("Skills")),
    ("courses:courses", gettext_lazy("Courses")),
]


class Capture(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, nodes, name):
        self.nodes, self.name = nodes, name

    def render(self, context):
        context[self.name] = mark_safe(" ".join(self.nodes.render(context).split()))  # noqa: S308 - a rendered template
        return ""


@register.tag
def capture(parser, token):
    """Keep what stands between {% capture name %} and {% endcapture %}, rendered, with single spaces, under the name."""
    _, name = token.split_contents()
    nodes = parser.parse(["endcapture"])
    parser.delete_first_token()
    return Capture(nodes, name)


@register.simple_tag
def site_address(path="/"):
    """The path as an address that can stand on other sites."""
    return mark_safe(sites.absolute(path)) if hasattr(path, "__html__") else sites.absolute(path)  # noqa: S308 - as escaped as it was


@register.simple_tag
def alternates(address, written=()):
    """The page with this path in the languages it is written in (codes; all of them unless told), as pairs of hreflang and
    whole address; none where it is in one alone.
    """
    asked = {languages.tag(code) for code in written}
    editions = [(code, path) for code, _, path in languages.editions(address) if not asked or code in asked]
    found = [(code, site_address(type(address)(path))) for code, path in editions]
    return [*found, ("x-default", found[0][1])] if len(found) > 1 else []


@register.simple_tag
def card_of(thing):
    """The path of the picture of a published page or snippet."""
    return address_of(thing)


@register.filter
def described(text, more=""):
    """The text as a description of 160 characters at most; `more` follows one that is short."""
    return heads.description(str(text or ""), str(more or ""))


@register.simple_tag
def crumbs(address, name):
    """The JSON-LD of the way from the home page to the page with the address and name; nothing for the home page."""
    path = address.partition("?")[0]
    if path in ("", "/"):
        return ""
    above = [(str(label), root) for label, root in ((label, reverse(route)) for route, label in SECTIONS) if is_below(path, root)]
    steps = [("Greenlight", "/"), *above, (unescape(name), path)]
    data = jsonld.crumbs([(label, sites.absolute(place)) for label, place in steps])
    return mark_safe(jsonld.script(data))  # noqa: S308 - escaped by script()


def is_below(path, root):
    return path.startswith(root) and path != root
