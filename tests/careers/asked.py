"""What tests of the formats for programs share: asking, and a guide in which what must not be told is marked."""

from careers.models import CareerPage, CareerStep, PayRange, Skill, Source, StagePage, StagePerson
from home.models import HomePage, StandardPage
from portfolio.scales import Visibility
from tests import make

MARK = "Marker-7716"


def items(client, address):
    return client.get(address).json()["items"]


def item(client, kind, slug, fields=""):
    """One thing, all of it or the fields."""
    asked = f"&fields=_,{fields}" if fields else ""
    return client.get(f"/api/v2/{kind}/find/?slug={slug}{asked}", follow=True).json()


def planted():
    """A published career, Puppeteer, among drafts, closed pages and a member's things that bear the mark."""
    source = Source.objects.create(slug="draft-only", publisher=MARK, title=MARK)
    offline = make.skill(f"{MARK} skill", slug="marked-skill", live=False, summary=MARK)
    closed = make.career(f"{MARK} closed", slug="marked-closed", summary=MARK, lead=MARK)
    make.restricted(closed)
    draft = make.career(f"{MARK} draft", slug="marked-draft", summary=MARK)
    draft.citations.create(source=source)
    draft.unpublish()
    shown = make.career("Puppeteer", slug="puppeteer", skills=[make.skill("Puppetry"), offline], introduction="<p>Strings.</p>")
    shown.steps = [
        CareerStep(kind=kind, to=to, note=MARK, sort_order=place)
        for place, (kind, to) in enumerate((kind, to) for to in (closed, draft) for kind in ("before", "progression", "lateral"))
    ]
    shown.pay_ranges = [
        PayRange(country="gb", measure=f"{MARK} unchecked", low=1, source=Source.objects.first(), status="unverified"),
        PayRange(country="gb", measure=f"{MARK} without source", low=1, status="confirmed"),
    ]
    shown.save_revision().publish()
    later = CareerPage.objects.get(pk=shown.pk)
    later.introduction = f"<p>{MARK}</p>"
    later.title = f"{MARK} later"
    later.save_revision()
    stage = StagePage.objects.get(slug="production")
    for career in (closed, draft):
        StagePerson.objects.create(page=stage, career=career, note=MARK)
    about = StandardPage(title=MARK, slug="marked-page", lead=MARK, live=False)
    HomePage.objects.original().get().add_child(instance=about)
    owner = make.member(email=f"{MARK.lower()}@example.org", first_name=MARK)
    make.entry(owner, title=MARK, description=MARK, skills=[Skill.objects.get(slug="budgeting")], visibility=Visibility.PUBLIC)
    return [closed, draft, about, offline]
