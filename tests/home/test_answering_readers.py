"""What editors see of readers' feedback in the CMS, and what they answer."""

import csv
import io
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.models import CareerPage, StagePage
from home.models import ReaderReport, ReportAnswer, Usefulness
from tests import make
from tests.home.feedback import WORDS, report

pytestmark = pytest.mark.django_db
LIST = "/cms/reports/readers/"


@pytest.fixture
def editor(client):
    made = make.user("Editors", first_name="Kit", last_name="Elm")
    client.force_login(made)
    return made


def told(thing, text=WORDS, **fields):
    """A report about the page or snippet, as if a reader had sent it."""
    known = {"title": thing.title, "address": thing.get_absolute_url(), "received_on": timezone.localdate(), "language": "en-gb"}
    kind = ContentType.objects.get_for_model(thing)
    return ReaderReport.objects.create(content_type=kind, object_id=thing.pk, text=text, **{**known, **fields})


def counted(thing, month, yes, no):
    kind = ContentType.objects.get_for_model(thing)
    return Usefulness.objects.create(content_type=kind, object_id=thing.pk, month=month, yes=yes, no=no)


def edit(thing):
    if isinstance(thing, CareerPage | StagePage):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(type(thing).snippet_viewset.get_url_name("edit"), args=[thing.pk])


THINGS = {
    "a career": lambda: CareerPage.objects.get(slug="producer"),
    "a stage": lambda: StagePage.objects.get(slug="production"),
    "a skill": lambda: make.skill(),
    "a course": lambda: make.course(),
}


@pytest.mark.parametrize("make_thing", THINGS.values(), ids=THINGS)
def test_beside_the_editor_stand_the_open_reports_and_the_months(client, make_thing):
    thing, other = make_thing(), make.career()
    client.force_login(make.superuser())
    made = told(thing, section="Pay by country", suggestion="£400")
    told(thing, text="Decided long ago.", state="mended")
    told(other, text="About something else.")
    counted(thing, date(2026, 9, 1), 41, 7)
    counted(other, date(2026, 9, 1), 1003, 1004)

    page = client.get(edit(thing)).content.decode()

    for each in ('data-side-panel-toggle="readers"', "The day rate is from 2019", "Pay by country", "£400", "September 2026"):
        assert each in page
    assert "<td>41</td><td>7</td>" in page
    for state in ("checking", "mended", "refused"):
        assert f"{LIST}{made.pk}/?state={state}" in page
    for each in ("Decided long ago.", "About something else.", "<td>1003<", "<td>1,003<", f"{LIST}{made.pk}/?state=new"):
        assert each not in page


def test_who_may_not_answer_sees_none_of_it(client):
    thing = make.course()
    made = told(thing)
    client.force_login(make.counsellor())

    assert 'data-side-panel-toggle="readers"' not in client.get(edit(thing)).content.decode()
    assert [client.get(place).status_code for place in (LIST, f"{LIST}{made.pk}/")] == [302, 302]
    assert client.post(f"{LIST}{made.pk}/", {"state": "mended", "note": ""}).status_code == 302
    assert "Readers&#x27; reports" not in client.get("/cms/").content.decode()
    assert "not decided" not in client.get("/cms/").content.decode()
    made.refresh_from_db()
    assert made.state == "new"


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_the_list_the_menu_and_the_front_page_lead_there(client, group):
    client.force_login(make.user(group))
    told(make.career(title="Puppeteer"))
    told(make.career(title="Milliner"), text="Old.", state="refused")

    front, listing = client.get("/cms/").content.decode(), client.get(LIST).content.decode()

    assert "1 report of readers not decided" in front
    assert f'href="{LIST}?state=new&amp;state=checking"' in front
    assert LIST in client.get(reverse("to_check")).content.decode()
    assert "Puppeteer" in listing
    assert "Milliner" in listing


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?state=new&state=checking", ["Puppeteer"]),
        ("?state=refused", ["Milliner"]),
        ("?title=mill", ["Milliner"]),
        ("?sort=missing", ["Milliner"]),
        ("?language=en-gb", ["Milliner", "Puppeteer"]),
        ("?state=nonsense", ["Milliner", "Puppeteer"]),
        ("?content_type=999999", ["Milliner", "Puppeteer"]),
    ],
)
def test_the_list_is_narrowed(client, editor, asked, found):
    told(make.career(title="Puppeteer"))
    told(make.career(title="Milliner"), text="Old.", state="refused", sort="missing")

    listing = client.get(f"{LIST}{asked}").content.decode()

    assert sorted(name for name in ("Milliner", "Puppeteer") if f">{name}" in "".join(listing.split())) == found


def test_an_answer_is_kept_with_who_gave_it_and_when(client, editor):
    made = told(make.career(title="Puppeteer"))
    place = f"{LIST}{made.pk}/"

    first = client.post(place, {"state": "checking", "note": "I ask the union."})
    second = client.post(place, {"state": "mended", "note": ""})

    assert [(each.status_code, each.headers["Location"]) for each in (first, second)] == [(302, LIST)] * 2
    made.refresh_from_db()
    assert (made.state, made.decided_on) == ("mended", timezone.localdate())
    rows = [(row.state, row.note, row.by) for row in made.answers.all()]
    assert rows == [("mended", "", editor), ("checking", "I ask the union.", editor)]
    page = client.get(place).content.decode()
    assert page.index("<b>Mended</b>, Kit Elm") < page.index("<b>Being checked</b>, Kit Elm. <span")
    editor.delete()
    assert ReportAnswer.objects.filter(by=None).count() == 2


def test_opened_again_it_is_open_again(client, editor):
    made = told(make.career(), state="mended", decided_on=date(2026, 1, 1))

    client.post(f"{LIST}{made.pk}/", {"state": "checking", "note": ""})

    made.refresh_from_db()
    assert (made.state, made.decided_on, made.is_open) == ("checking", None, True)


@pytest.mark.parametrize(
    "wrong", [{}, {"state": "new"}, {"state": "lapsed"}, {"state": "x"}, {"state": "mended", "note": "x" * 1001}]
)
def test_what_is_no_answer_is_asked_again_with_the_note_kept(client, editor, wrong):
    made = told(make.career())

    response = client.post(f"{LIST}{made.pk}/", {"note": "I ask the union.", **wrong})

    assert (response.status_code, made.answers.count()) == (422, 0)
    assert wrong.get("note", "I ask the union.") in response.content.decode()
    made.refresh_from_db()
    assert made.state == "new"


def test_a_report_tells_whether_the_words_are_newer_and_where_they_are_edited(client, editor):
    page = make.career(title="Puppeteer", slug="puppeteer")
    report(client, "/feedback/careers/puppeteer/")
    made = ReaderReport.objects.get()
    place = f"{LIST}{made.pk}/"

    before = client.get(place).content.decode()
    page.save_revision().publish()
    after = client.get(place).content.decode()
    page.delete()
    gone = client.get(place).content.decode()

    newer, edited = "It has been published anew", edit(page) if page.pk else f"/cms/pages/{made.object_id}/edit/"
    assert (newer in before, edited in before) == (False, True)
    assert (newer in after, edited in after) == (True, True)
    assert (newer in gone, edited in gone, "Puppeteer" in gone) == (False, False, True)


def test_the_way_from_the_panel_chooses_the_answer(client, editor):
    made = told(make.career())

    page = client.get(f"{LIST}{made.pk}/?state=refused").content.decode()

    assert '<option value="refused" selected>' in page
    assert client.get(f"{LIST}999999/").status_code == 404


def test_taken_away_as_csv_nothing_calculates(client, editor):
    told(make.career(title="=HYPERLINK(1)"), text="=1+1\n@SUM(A1)", suggestion="-2+3", source="https://union.example/")

    exported = b"".join(client.get(f"{LIST}?export=csv").streaming_content).decode()
    head, row = list(csv.reader(io.StringIO(exported)))

    assert head[:2] == ["Received", "Guide"]
    assert row[1:7] == ["'=HYPERLINK(1)", "", "mistake", "'=1+1\n@SUM(A1)", "'-2+3", "https://union.example/"]


def test_the_list_and_the_panel_cost_the_same_with_thirty_more(client, editor):
    page = make.career()
    told(page)
    addresses = [LIST, edit(page), f"{LIST}{ReaderReport.objects.get().pk}/"]

    def statements():
        for address in addresses:
            client.get(address)
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))
        return counts

    before = statements()
    for number in range(30):
        told(page, text=f"Mistake {number}.")
        told(make.skill(), text=f"Mistake {number}.")
        counted(page, date(2020 + number // 12, number % 12 + 1, 1), 1, 1)

    assert statements() == before


def test_a_report_does_not_bring_the_guide_anew(client):
    client.get("/careers/producer/")
    kept = dict(caches["guide"].values)

    report(client)

    client.get("/careers/producer/")
    drawn = {name for name, value in caches["guide"].values.items() if kept.get(name) is not value}
    assert {name for name in drawn if not name.startswith("en-gb:feedback:")} == set()
