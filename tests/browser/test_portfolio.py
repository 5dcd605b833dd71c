"""A portfolio from the first word to the last: laid out, opened, shared, confirmed by a supervisor, taken along, erased."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portfolio import samples
from portfolio.models import Endorsement, Entry, Evidence, Profile, Project
from tests import make
from tests.home.members import PASSWORD, member
from tests.portfolio.test_people import picture

from .keyboard import Keyboard
from .test_pages import WATCH_SHIFTS, weight

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
SECRET = re.compile(r"https?://[^/\s]+(/endorse/\S+/)")


@pytest.fixture
def ann():
    """A member with a film that has a picture and a clip, and a piece of evidence."""
    owner = member(email="ann@example.org", first_name="Ann", last_name="Osei")
    film = make.entry(
        owner,
        title="Low Water",
        role="Associate producer",
        minutes=600,
        stages=[2],
        skills=[make.skill("Puppetry", slug="puppetry")],
    )
    make.entry(owner, title="Kept to myself", stages=[3])
    picture(film)
    picture(film, medium="video", name="reel.mp4", content_type="video/mp4")
    return owner


def lay_out(page, keys):
    """The words, the order and the reel."""
    keys.write("Your name", "Ann Osei")
    keys.write("Your address here", "ann-osei")
    keys.write("One line about you", "I make small shoots run on time.")
    keys.write("About you", "I came from the theatre.")
    keys.push("Save")
    expect(page.get_by_text("Saved. Nobody else sees it before you open it.")).to_be_visible()
    keys.act(page.get_by_role("button", name="Move Credits up"))
    page.wait_for_url("/me/portfolio/#parts")
    keys.follow("Choose")
    page.wait_for_url("/me/portfolio/clips/")
    keys.act(page.get_by_role("button", name=re.compile("Put in front.*reel.mp4")))
    keys.act(page.get_by_role("button", name=re.compile("Make it the reel")))
    expect(page.locator(".tag", has_text="Reel")).to_be_visible()


def show_film(page, keys):
    """The film is opened from the list of entries; the other entry stays where it was."""
    page.goto("/me/entries/")
    keys.tick(page.get_by_role("checkbox", name="Low Water"))
    keys.pick("Who can see them", "Everyone")
    keys.push("Change who sees them")
    expect(page.get_by_text("One entry is now seen by: everyone.")).to_be_visible()


def rehearse(page, keys):
    page.goto("/me/portfolio/")
    keys.follow("As a visitor")
    page.wait_for_url("/me/portfolio/as/visitor/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ann Osei")
    assert page.locator("main h2").all_inner_texts()[:2] == ["Credits", "About"]
    assert "Kept to myself" not in page.inner_text("main")


def open_up(page, keys):
    keys.follow("Back to my portfolio")
    keys.follow("Who sees it")
    page.wait_for_url("/me/sharing/")
    keys.reach(page.locator("[name=visibility]:checked"))
    keys.press("ArrowDown", "ArrowDown", "ArrowDown")
    keys.push("Save")
    expect(page.get_by_text("Who sees the portfolio: everyone.")).to_be_visible()


def share(page, keys):
    """A link until Friday, and its address."""
    friday = timezone.localdate() + timedelta(days=(4 - timezone.localdate().weekday()) % 7)
    keys.write("Who it is for", "Priya at Saltmarsh")
    # In which order a day is typed depends on where the browser comes from.
    keys.field("Until").fill(friday.isoformat())
    keys.push("Make a link")
    field = page.get_by_label("Secret address")
    expect(field).to_be_visible()
    return field.input_value()


@SCRIPT
def test_laid_out_opened_shared_and_taken_back_by_keyboard(ann, enter, visit, script):
    page = enter(ann, "/me/portfolio/", script=script)
    keys = Keyboard(page)
    lay_out(page, keys)
    show_film(page, keys)
    rehearse(page, keys)
    open_up(page, keys)

    visitor = visit("/people/ann-osei/", java_script_enabled=script)
    assert visitor.locator("h1").inner_text() == "Ann Osei"
    assert "Low Water" in visitor.inner_text("main")
    assert "Kept to myself" not in visitor.inner_text("main")
    assert visitor.locator("video").count() == 0
    Keyboard(visitor).act(visitor.locator("a.clip").first)
    visitor.wait_for_url(re.compile(r"/people/ann-osei/\d+/#file-"))
    expect(visitor.locator("video")).to_be_visible()

    address = share(page, keys).replace("http://localhost:8000", "")
    holder = visit(address, java_script_enabled=script)
    assert "Low Water" in holder.inner_text("main")
    keys.act(page.get_by_role("button", name="Take back Priya at Saltmarsh"))
    expect(page.get_by_text("opens nothing any more")).to_be_visible()
    assert holder.reload().status == 404
    assert "Priya at Saltmarsh" in page.locator("section", has=page.get_by_role("heading", name="Who has looked")).inner_text()
    assert visitor.complaints == []


@SCRIPT
def test_a_supervisor_confirms_what_the_mail_asks_and_takes_it_back(ann, enter, visit, mailoutbox, script):
    film = Project.objects.get(title="Low Water")
    page = enter(ann, f"/me/entries/{film.pk}/", script=script)
    keys = Keyboard(page)
    keys.follow("Ask somebody to confirm")
    keys.write("Their name", "Bo Lindqvist")
    keys.write("Their role on the work", "Line producer")
    keys.write("Their email", "bo@example.org")
    keys.push("Ask them")
    expect(page.get_by_text("Bo Lindqvist").first).to_be_visible()
    (mail,) = [each for each in mailoutbox if each.to == ["bo@example.org"]]
    address = SECRET.search(mail.body)[1]

    bo = visit(address, java_script_enabled=script)
    hands = Keyboard(bo)
    bo.get_by_label("With guidance").first.focus()
    hands.press("Space")
    hands.push("Confirm this")
    expect(bo.get_by_role("heading", name="Confirmed. Thank you.")).to_be_visible()

    assert list(Endorsement.objects.values_list("name", "level")) == [("Bo Lindqvist", 2)]
    page.goto(f"/me/entries/{film.pk}/")
    assert "Confirmed by Bo Lindqvist: with guidance" in page.inner_text("main")

    hands.follow("Take it back")
    hands.push("Take it back")
    expect(bo.get_by_role("heading", name="Taken back.")).to_be_visible()
    page.reload()
    assert "Confirmed by" not in page.inner_text("main")


def still_you(page, keys, back):
    """The site asks once more who is there, and leads back."""
    page.wait_for_url("/accounts/reauthenticate/**")
    keys.write("Password", PASSWORD)
    keys.press("Enter")
    page.wait_for_url(back)


@SCRIPT
def test_everything_is_taken_along_and_then_erased(ann, enter, visit, script):
    """By keyboard; the archive holds what was written, and afterwards nothing is left, here or at an open tab."""
    page = enter(ann, "/me/data/", script=script)
    keys = Keyboard(page)
    keys.push("Take everything along")
    still_you(page, keys, "/me/data/")
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    with page.expect_download() as found:
        keys.follow("Download")
    archive = zipfile.ZipFile(io.BytesIO(found.value.path().read_bytes()))
    assert "Low Water" in archive.read("data.json").decode()
    assert archive.testzip() is None

    tab = enter(ann, "/me/entries/", script=script)
    page.goto("/me/data/")
    keys.follow("What would be erased")
    keys.follow("Go on")
    page.wait_for_url("/me/data/erase/sure/")
    page.locator("main input[type=email], main input[type=text]").first.focus()
    page.keyboard.type("ann@example.org")
    keys.push("Erase my account")
    expect(page.get_by_role("heading", name="Everything is gone.")).to_be_visible()

    tab.goto("/me/entries/")
    assert "/accounts/login/" in tab.url
    assert (Entry.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_cv_is_downloaded_by_whoever_may_see_it(ann, visit):
    Entry.objects.filter(title="Low Water").update(visibility=4)
    Profile.objects.create(owner=ann, handle="ann-osei", display_name="Ann Osei", visibility=4)
    page = visit("/people/ann-osei/")

    answer = page.request.get("/people/ann-osei/cv.pdf")

    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")


# A full portfolio, as anybody gets it


@pytest.fixture
def marisol():
    """The sample portfolio with something in each of its sections."""
    return samples.make(samples.dated(samples.people()[0], timezone.localdate())).profile.get_absolute_url()


def test_a_full_portfolio_is_light_and_does_not_jump(browser, live_server, marisol):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.add_init_script(WATCH_SHIFTS)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{live_server.url}{marisol}", wait_until="networkidle")

    sizes = {answer.url: weight(answer) for answer in answers if answer.request.resource_type != "image"}
    assert sum(sizes.values()) <= 60 * 1024, sizes
    assert len(sizes) <= 8, list(sizes)
    assert page.evaluate("document.querySelectorAll('*').length") <= 700
    assert page.evaluate("window.shift") <= 0.01
    context.close()


def test_a_portfolio_says_the_same_without_script(visit, marisol):
    def words(page):
        return " ".join(page.inner_text("main").split())

    assert words(visit(marisol, java_script_enabled=False)) == words(visit(marisol))
