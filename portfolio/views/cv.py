"""The CV of a portfolio, by each of its doors, and the page on which its owner asks for one."""

import json
import unicodedata
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.models import CareerPage
from home.typesetting import POLICY, glyphs

from .. import reading, showcase
from ..cv import gathering, typesetting
from ..cv import resume as json_resume
from ..forms.cv import ChoiceForm, CVForm
from ..notifications import absolute
from ..scales import Kind
from ..services import widest
from .doors import REHEARSALS, as_another, noindex, through_door

READERS = {
    "visitor": _("Anybody: what is open to everyone"),
    "link": _("Somebody with a link: what is open to people with the link"),
    "counsellor": _("My counsellor: what is open to them"),
    "me": _("Only for me to hand out: everything I logged"),
}
# What the page counts; of festivals a CV shows those that chose the work, and no others.
COUNTED = (Kind.PROJECT, Kind.INTERNSHIP, Kind.CPD)


@require_safe
@through_door
def pdf(request, door):
    """The CV, typeset."""
    asked, career = asked_of(request)
    found = gathering.cv(door, career)
    response = HttpResponse(typesetting.pdf(found, asked.get("paper", "")), content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, file_name(found.name, "CV.pdf"))
    response._csp_replace = POLICY
    return noindex(response, door)


@require_safe
@through_door
def page(request, door):
    """The CV as a page that prints."""
    asked, career = asked_of(request)
    found = gathering.cv(door, career)
    context = {"cv": found, "door": door, "query": urlencode(asked), "words": typesetting.words(found)}
    return noindex(render(request, "portfolio/people/cv.html", context), door)


@require_safe
@through_door
def resume(request, door):
    """The CV as JSON Resume."""
    found = gathering.cv(door, asked_of(request)[1])
    canonical = absolute(f"{door.base}resume.json") if door.is_public else ""
    text = json.dumps(json_resume.resume(found, canonical), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(False, file_name(found.name, "resume.json"))
    return noindex(response, door)


def asked_of(request):
    """What an address asks of a CV, and the role it names, if there is such a page to read."""
    asked = CVForm(request.GET).asked
    careers = CareerPage.objects.readable().only("title", "slug")
    career = careers.filter(slug=asked["role"]).first() if "role" in asked else None
    return {name: value for name, value in asked.items() if name != "role" or career}, career


def file_name(name, ending):
    """Whose CV it is in ASCII, such as Zoe-Lukasz-CV.pdf."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    return "-".join([*words, ending])[-80:].lstrip("-")


@require_safe
@never_cache
@login_required
def choose(request):
    """What a member's CV should hold and look like; chosen, it leads there."""
    door = as_another(request, "me")
    levels, roles = readers(request.user, door), roles_of(request.user)
    start = {"level": fullest(levels), "paper": "a4", "role": ""}
    form = ChoiceForm(request.GET if "shape" in request.GET else None, levels=words(levels), roles=roles, initial=start)
    if form.is_valid():
        return redirect(chosen(form.cleaned_data))
    lost = typesetting.lost_in(gathering.cv(door))
    context = {"form": form, "lost": lost, "stand_in": glyphs.STAND_IN}
    return render(request, "portfolio/cv.html", context, status=422 if form.is_bound else 200)


def chosen(cleaned):
    """The address of the CV that was asked for."""
    names = {"pdf": "cv_pdf", "page": "cv", "json": "resume"}
    query = urlencode({name: cleaned[name] for name in ("role", "paper") if cleaned[name] and cleaned[name] != "a4"})
    address = reverse(f"portfolio:rehearsal:{names[cleaned['shape']]}", args=[cleaned["level"]])
    return f"{address}?{query}" if query else address


def readers(owner, door):
    """The readers the owner may choose, the most open first, each with how many entries of a kind they would find.

    One statement for all of them: what opens at a level is open to all narrower ones.
    """
    found = showcase.entries(door.owner, door.viewer)
    rows = found.order_by().values_list("visibility", "kind").annotate(Count("pk"))
    levels = [(word, level) for word, level in reversed(REHEARSALS.items()) if level <= widest(owner)]
    return {
        word: {kind: sum(count for seen, each, count in rows if seen >= level and each == kind) for kind in COUNTED}
        for word, level in levels
    }


def fullest(levels):
    """The most open reader who finds anything: nothing more goes out than was opened already."""
    return next((word for word, counts in levels.items() if any(counts.values())), "me")


def words(levels):
    return [(word, f"{gettext(READERS[word])} ({held(counts)})") for word, counts in levels.items()]


def held(counts):
    """Such as "4 projects, 2 placements, 3 trainings"."""
    said = [
        (counts[Kind.PROJECT], ngettext("{count} project", "{count} projects", counts[Kind.PROJECT])),
        (counts[Kind.INTERNSHIP], ngettext("{count} placement", "{count} placements", counts[Kind.INTERNSHIP])),
        (counts[Kind.CPD], ngettext("{count} training", "{count} trainings", counts[Kind.CPD])),
    ]
    return ", ".join(text.format(count=count) for count, text in said if count) or gettext("nothing yet")


def roles_of(owner):
    """The readable careers to choose from, those the owner aims at first: two statements."""
    targets = [(target.slug, target.title) for target in reading.targets(owner.pk) if target.slug]
    careers = CareerPage.objects.readable().order_by("title").values_list("slug", "title")
    others = [career for career in careers if career not in targets]
    return [(gettext("Your target roles"), targets), (gettext("All roles"), others)] if targets else others
