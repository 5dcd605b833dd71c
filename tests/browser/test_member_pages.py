"""Every page of a member's own, for a full record, an odd one, a minor's and none: accessible, quiet, within its width, valid."""

import json
import os
import subprocess
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from playwright.sync_api import expect

from careers import interests as quiz
from home.models import GuideVersion
from portfolio import interests, samples, showcase
from portfolio.models import ActionPlan, CPDCycle, Entry, Evidence, Feedback, Meeting, Profile
from portfolio.scales import Kind
from tests import make
from tests.portfolio.test_entries import filled

from .barriers import barriers, barriers_in_the_dark
from .conftest import WIDTHS, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CAST = {"full": 0, "odd": 4, "minor": 2, "empty": 3}
TRY = "/careers/associate-producer/try/"
# What a member's record changes.
PLACES = [
    "/me/",
    "/me/roles/",
    "/me/skills/",
    "/me/steps/",
    "/me/entries/",
    "/me/entries/?q=zzzz",
    "/me/entries/new/project/",
    "/me/entries/bin/",
    "/me/festivals/",
    "/me/cpd/",
    "/me/interests/",
    "/me/dates/",
    "/me/portfolio/",
    "/me/portfolio/clips/",
    "/me/sharing/",
    "/me/counsellors/",
    "/me/cv/",
    "/me/meetings/",
    "/careers/associate-producer/",
]
# What is the same for all.
ONCE = [
    "/me/entries/?q=a&kind=project&sort=title",
    "/me/entries/new/",
    "/me/entries/new/internship/",
    "/me/entries/new/festival/",
    "/me/entries/new/cpd/",
    "/me/cpd/new/",
    "/me/portfolio/as/visitor/",
    "/me/portfolio/as/counsellor/credits/",
    "/me/counsellors/code/",
    "/me/counsellors/ask/",
    "/me/data/",
    "/me/data/erase/",
    "/people/",
    "/people/?q=zzzz",
    TRY,
    f"{TRY}?budgeting=3&scheduling=4&research=1",
    "/accounts/",
]


def person(who):
    """One of the sample people, with something in the bin unless they have nothing at all."""
    made = samples.make(samples.dated(samples.people()[CAST[who]], timezone.localdate()))
    latest = Entry.objects.of(made).order_by("-pk").first()
    if latest:
        make.entry(made, title=f"{latest.title}, once more"[:200], deleted_at=timezone.now())
        guided(made, latest)
    return made


def guided(owner, entry):
    """What a counsellor has said to them, agreed on with them and asks of them."""
    met = make.connection(owner, make.counsellor(entry.title[:120]), student_name=entry.title[:120])
    for days, summary in ((9, ""), (-9, entry.title)):
        Meeting.objects.create(
            connection=met, starts_at=timezone.now() + timedelta(days=days), channel="video", minutes=45, summary=summary
        )
    for state in ("live", "offered"):
        plan = ActionPlan.objects.create(connection=met, title=entry.title[:160], state=state, offered_at=timezone.now())
        goal = plan.goals.create(text=entry.title)
        for side in ("student", "counsellor"):
            goal.actions.create(text=f"{entry.title} ({state})", whose=side, due_on="2026-01-31")
        plan.events.create(side="student", who=met.student_name, what=f"agreed: {entry.title}")
    edition = quiz.current(GuideVersion.current())
    for month, liked in ((3, "RIA"), (11, "AS")):
        answers = {each.key: 5 if each.letter in liked else month % 5 for each in edition.statements}
        interests.keep(owner=owner, result=quiz.taken(edition, answers, date(2026, month, 2)))
    Feedback.objects.create(entry_id=entry.pk, connection=met, name=met.counsellor_name, text=entry.title, asks_more=True)


def own(owner):
    """The addresses of a member's own things."""
    entries = Entry.objects.of(owner).order_by("-pk")
    firsts = [entries.filter(kind=kind).first() for kind in Kind.values]
    found = [f"/me/entries/{entry.pk}/{more}" for entry in firsts if entry for more in ("", "edit/")]
    found += [f"/me/entries/{entry.pk}/" for entry in entries.filter(state="draft")[:1]]
    found += [f"/me/skills/{piece.skill.slug}/" for piece in Evidence.objects.of(owner)[:1]]
    found += [f"/me/plans/{plan.pk}/" for plan in ActionPlan.objects.visible_to(owner)]
    found += [f"/me/entries/{each.entry_id}/feedback/{each.pk}/" for each in Feedback.objects.visible_to(owner)[:1]]
    found += [f"/me/cpd/{cycle.pk}/{more}" for cycle in CPDCycle.objects.filter(owner=owner)[:1] for more in ("", "delete/")]
    return found + shown(owner)


def shown(owner):
    """The addresses of a portfolio that is open to everyone, as anybody reads them."""
    profile = Profile.objects.visible_to(AnonymousUser()).filter(owner=owner).first()
    if not profile:
        return []
    film = showcase.credits(owner.pk, AnonymousUser()).filter(kind="project").first()
    skill = showcase.skills(owner.pk, AnonymousUser())[0]
    parts = ["", "credits/", f"credits/?skill={skill.slug}", f"{film.pk}/", "cv/", "report/", f"{film.pk}/report/"]
    return [f"{profile.get_absolute_url()}{part}" for part in [*parts, *(["message/"] if profile.takes_messages else [])]]


@pytest.fixture
def enter(visit, client):
    def open_(owner, **options):
        client.force_login(owner)
        page = visit("/about/", reduced_motion="reduce", **options)  # a colour is judged once it has arrived
        value = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}])
        return page

    return open_


# Accessible, quiet, within the width


def wide(page, what):
    """A sentence, if the page is wider than its window."""
    over = sideways(page)
    return [f"{over} px too wide {what}"] if over > 0 else []


def faults(page):
    """What is wrong with the page that is open: light at both widths, dark, narrow, with large text, and its complaints."""
    found = [*page.complaints]
    page.complaints.clear()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += barriers(page) + wide(page, f"at {width}")
    found += barriers_in_the_dark(page)
    page.set_viewport_size({"width": 320, "height": 800})
    found += wide(page, "at 320")
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return found + wide(page, "with doubled text")


@pytest.mark.parametrize("who", CAST)
def test_no_barrier_no_complaint_no_sideways_scroll(enter, who):
    owner = person(who)
    page = enter(owner)
    found = {}
    for address in [*PLACES, *own(owner), *(ONCE if who == "full" else [])]:
        page.goto(address)
        found[address] = faults(page)

    assert {address: each for address, each in found.items() if each} == {}


# What a form says back


def refuse(page, address):
    """The form of an entry with something to fix in it, as the server answers it where there is no script."""
    page.goto(address)
    page.get_by_label("Title", exact=True).fill("")
    page.get_by_label("From", exact=True).fill("31 February")
    page.get_by_role("button", name="Save entry").last.click()
    expect(page.get_by_text("2 things to fix")).to_be_visible()


def clash(page, entry):
    """The form of an entry that was saved somewhere else meanwhile."""
    page.goto(f"/me/entries/{entry.pk}/edit/")
    Entry.objects.filter(pk=entry.pk).update(version=entry.version + 1)
    page.get_by_label("Title", exact=True).fill("海边的灯塔看守人")
    page.get_by_role("button", name="Save entry").last.click()
    expect(page.get_by_text("This entry was saved somewhere else")).to_be_visible()


def ask_twice(page):
    page.goto("/me/entries/bin/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("for good?")


def undo(page):
    """The list right after something was put in the bin."""
    page.goto("/me/entries/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


@pytest.mark.parametrize("who", ["full", "odd"])
def test_answers_have_no_barrier_and_fit(enter, who):
    owner = person(who)
    project = Entry.objects.of(owner).filter(kind="project").exclude(state="draft").order_by("-pk").first()
    page = enter(owner)
    found = {}
    for name, step in {
        "refused": lambda: refuse(page, f"/me/entries/{project.pk}/edit/"),
        "clash": lambda: clash(page, project),
        "sure": lambda: ask_twice(page),
        "undo": lambda: undo(page),
    }.items():
        step()
        found[name] = [each for each in faults(page) if "status of 4" not in each]  # Chromium repeats 422 and 409

    assert {name: each for name, each in found.items() if each} == {}


def test_marks_keep_an_outline_or_a_fill_in_forced_colours(enter):
    """The system takes the backgrounds away there; what they said must still be seen."""
    page = enter(person("full"), forced_colors="active")
    marks = {
        "/me/": [".ticks > *", ".strip", ".lamp"],
        "/me/entries/new/project/": [".kind", ".input"],
        "/me/skills/": [".ticks > *"],
    }
    found = {}
    for address, selectors in marks.items():
        page.goto(address)
        for selector in selectors:
            found[address, selector] = page.locator(selector).first.evaluate(
                "element => { const style = getComputedStyle(element), mark = getComputedStyle(element, '::before');"
                " return style.borderTopWidth !== '0px' || style.outlineStyle !== 'none' || style.forcedColorAdjust === 'none'"
                " || mark.borderTopWidth !== '0px' || mark.forcedColorAdjust === 'none'; }"
            )

    assert {place for place, is_marked in found.items() if not is_marked} == set()


# Valid


def answers(client, owner):
    """Every page of the member, and what forms say back, by name."""
    for address in [*PLACES, *ONCE, *own(owner)]:
        yield address, client.get(address)
    for kind in Kind.values:
        wrong = filled(title="", evidence__0__level="3", links__0__label="x", collaborators__0__credit="x", weeks__0__minutes="x")
        yield f"refused {kind}", client.post(f"/me/entries/new/{kind}/", wrong)
    for entry in Entry.objects.of(owner).order_by("kind", "-pk"):
        yield f"clash {entry.kind}", client.post(f"/me/entries/{entry.pk}/edit/", filled(version="99"))
    binned = Entry.objects.binned_by(owner).values_list("pk", flat=True)
    yield "sure", client.post("/me/entries/bin/", {"entry": list(binned), "do": "erase"})
    yield "cycle", client.post("/me/cpd/new/", {"starts": "2026-02-01", "ends": "2026-01-01"})
    yield "dates", client.post("/me/dates/calendar/", {"do": "make"}, follow=True)


def test_every_page_is_valid_html(client, tmp_path):
    files, statuses = {}, set()
    for who in ("full", "odd", "empty"):
        owner = person(who)
        client.force_login(owner)
        for number, (name, response) in enumerate(answers(client, owner)):
            file = tmp_path / f"{who}-{number}.html"
            file.write_bytes(response.content)
            files[file.name] = f"{who} {name}"
            statuses.add(response.status_code)

    jar = os.environ.get("VNU_JAR")
    assert jar, "Set VNU_JAR to the path of vnu.jar, the HTML checker."
    command = ["java", "-Xss1m", "-jar", jar, "--format", "json", *map(str, tmp_path.glob("*.html"))]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert statuses <= {200, 409, 422}
    assert [
        (files[message["url"].rsplit("/", 1)[1]], message.get("lastLine"), message["message"])
        for message in json.loads(run.stderr)["messages"]
        if message["type"] == "error"
    ] == []
