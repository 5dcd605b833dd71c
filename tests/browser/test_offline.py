"""What a reader's browser keeps: guides that were read, for when there is no connection, and nothing of anybody's own."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile

from careers.models import CareerPage
from home.languages import plain
from portfolio.models import Attachment, Profile
from portfolio.scales import Visibility
from tests import make

from .barriers import barriers, barriers_in_the_dark
from .conftest import WIDTHS, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READ, ALSO_READ, NOT_READ = "/careers/associate-producer/", "/stages/production/", "/careers/producer/"
KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname + new URL(url).search);
    return found;
}"""
BODIES = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const shelf = await caches.open(name);
        for (const request of await shelf.keys())
            found[new URL(request.url).pathname] = await (await shelf.match(request, { ignoreVary: true })).text();
    }
    return found;
}"""


@pytest.fixture
def read(visit):
    """A window whose worker is at work, on a page that was read: read(address, …)."""

    def open_(address=READ, **options):
        page = visit(address, service_workers="allow", **options)
        page.evaluate("navigator.serviceWorker.ready.then(() => {})")
        has(page, address)
        return page

    return open_


def until(page, condition, wanted=None):
    """Wait until the page says yes to the question, which it may take time to answer."""
    asked = f"""async (wanted) => {{
        const ask = {condition};
        for (const begun = Date.now(); Date.now() - begun < 20000; await new Promise((go) => setTimeout(go, 50)))
            if (await ask(wanted)) return true;
        return false;
    }}"""
    assert page.evaluate(asked, wanted), (condition, wanted, kept(page))


def has(page, *addresses):
    """Wait until these are kept, and say what is: the worker goes on after a page has been shown."""
    until(
        page,
        f"async (wanted) => {{ const found = await ({KEPT})(); return wanted.every((it) => found.includes(it)); }}",
        [*addresses],
    )
    return kept(page)


def lacks(page, *addresses):
    until(
        page,
        f"async (gone) => {{ const found = await ({KEPT})(); return !gone.some((it) => found.includes(it)); }}",
        [*addresses],
    )
    return kept(page)


def kept(page):
    """The pages that are kept, without the files that they need and the page about them, which is kept in each language."""
    return sorted(
        address for address in page.evaluate(KEPT) if not address.startswith("/static/") and plain(address) != "/offline/"
    )


def offline(page):
    """No connection, and nothing left of what the browser itself keeps for some minutes."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)


def test_guides_that_were_read_open_without_a_connection_in_their_styles(read):
    page = read()
    page.goto(ALSO_READ)
    has(page, READ, ALSO_READ)
    offline(page)

    page.goto(READ)
    shown = (
        page.locator("h1").inner_text(),
        page.locator("h1").evaluate("each => getComputedStyle(each).fontFamily.includes('Archivo')"),
    )
    fonts = page.evaluate("document.fonts.ready.then(() => document.fonts.check('17px Archivo'))")
    page.get_by_role("link", name="Supervise crew, watch the spending").click()
    page.wait_for_url(ALSO_READ)

    assert (shown, fonts) == (("Associate producer", True), True)
    assert page.locator("h1").inner_text() == "Production"
    assert page.locator(".stage-nav").evaluate("each => getComputedStyle(each).display") == "grid"
    assert re.search(
        r"You are offline. This is the copy of \d+ \w+ \d{4}, as everybody reads it.", page.locator("main").inner_text()
    )


def test_what_was_not_read_says_so_and_what_there_is(read):
    page = read()
    offline(page)

    page.goto(NOT_READ)
    said = page.locator("main").inner_text()
    # The page asks what is kept once it is shown.
    page.get_by_role("link", name="Associate producer").wait_for()
    listed = page.get_by_role("listitem").filter(has_text="Copy of").all_inner_texts()
    page.get_by_role("link", name="Associate producer").click()
    page.wait_for_url(READ)

    assert "the page you asked for is not kept on this device" in said
    assert [line.split("\n")[0] for line in listed] == ["Associate producer"]
    assert page.locator("h1").inner_text() == "Associate producer"


def test_a_change_reaches_a_reader_with_a_connection_at_once(read):
    page = read()
    career = CareerPage.objects.get(slug="associate-producer")
    career.lead = "A lead that was not there before."
    career.save_revision().publish()

    page.reload()
    online = page.locator(".lead").first.inner_text()
    until(page, f"async () => (await ({BODIES})())['{READ}'].includes('A lead that was not there before.')")
    offline(page)
    page.goto(READ)

    assert online == "A lead that was not there before."
    assert page.locator(".lead").first.inner_text() == "A lead that was not there before."


def test_a_guide_that_is_withdrawn_goes_from_the_shelf(read):
    page = read()
    CareerPage.objects.get(slug="associate-producer").unpublish()

    page.reload()

    assert READ not in lacks(page, READ)


def sign_in(page, person, client):
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])


@pytest.fixture
def member(db):
    """Somebody whose record would show: every page of theirs holds the word that is looked for."""
    owner = make.member(email="osterly-marker@example.org")
    film = make.entry(owner, title="Osterly-marker", visibility=Visibility.PUBLIC, skills=[make.skill()])
    clip = Attachment(entry=film, medium="document", name="Osterly-marker", alt="", content_type="application/pdf", size=9)
    clip.file.save("osterly.pdf", ContentFile(b"Osterly-marker"), save=False)
    clip.save()
    Profile.objects.filter(owner=owner).update(handle="osterly", display_name="Osterly-marker", visibility=Visibility.PUBLIC)
    make.connection(owner, make.counsellor(), student_name="Osterly-marker")
    return owner


def test_nothing_of_a_members_own_is_ever_kept(read, member, client):
    page = read()
    sign_in(page, member, client)
    film = member.entries.get()
    tour = [
        "/me/",
        "/me/entries/",
        f"/me/entries/{film.pk}/",
        "/me/skills/",
        "/me/portfolio/",
        "/me/portfolio/as/me/cv/",
        "/me/counsellors/",
        "/me/data/",
        "/me/roles/associate-producer/",
        "/accounts/",
        "/people/osterly/",
        "/people/",
        f"/people/osterly/{film.pk}/",
        "/careers/?q=osterly",
        "/search/?q=osterly",
        "/counselling/",
        ALSO_READ,
        READ,
    ]
    for address in tour:
        page.goto(address)
    page.evaluate("(addresses) => Promise.all(addresses.map((each) => fetch(each)))", [*tour, "/me/portfolio/as/me/cv.pdf"])
    has(page, READ, ALSO_READ)

    assert kept(page) == [READ, ALSO_READ]
    assert [address for address, body in page.evaluate(BODIES).items() if "sterly" in body or "My plan" in body] == []


def test_a_member_gets_their_own_page_online_and_everybodys_copy_offline(read, member, client):
    page = read()
    sign_in(page, member, client)

    page.goto(READ)
    online = page.get_by_role("link", name="My plan").count()
    offline(page)
    page.goto(READ)
    copy = page.get_by_role("link", name="My plan").count(), "as everybody reads it" in page.locator("main").inner_text()
    page.goto("/me/")

    assert (online, copy) == (1, (0, True))
    assert "the page you asked for is not kept on this device" in page.locator("main").inner_text()


def test_signing_in_and_out_clears_what_was_read(read, member):
    page = read()

    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(member.email)
    page.get_by_label("Password", exact=True).fill("a long pass phrase")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("/me/**")
    after_signing_in = lacks(page, READ)
    page.goto(READ)
    has(page, READ)
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("/")

    assert after_signing_in == []
    assert READ not in lacks(page, READ)


def test_fragments_questions_and_parts_of_files_pass_by(read):
    page = read()

    page.goto("/careers/?q=budget")
    page.evaluate("fetch('/careers/', { headers: { 'HX-Request': 'true' } }).then((answer) => answer.text())")
    part = page.evaluate(
        "fetch('/static/home/css/site.css', { headers: { Range: 'bytes=0-9' } }).then((answer) => answer.status)"
    )

    assert part == 206
    assert kept(page) == [READ]


def test_the_oldest_makes_room(read, settings, monkeypatch):
    monkeypatch.setattr("home.offline.MOST", 2)
    page = read()
    for address in (ALSO_READ, READ, NOT_READ):
        page.goto(address)
        has(page, address)

    assert lacks(page, ALSO_READ) == [READ, NOT_READ]


def test_another_edition_of_the_site_takes_the_guides_along_and_drops_the_rest(read, monkeypatch):
    page = read()
    before = page.evaluate("caches.keys()")
    monkeypatch.setattr("home.offline.MOST", 59)

    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())")
    until(page, "async (old) => !(await caches.keys()).includes(old)", before[0])
    has(page, READ)

    assert len(before) == 1
    assert len(page.evaluate("caches.keys()")) == 1


def test_a_site_that_keeps_no_copies_takes_them_and_the_worker_away(read, settings):
    page = read()
    settings.OFFLINE_COPY = False

    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())")
    until(page, "async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistration())")

    assert page.evaluate(KEPT) == []


def test_a_reader_removes_one_all_and_the_keeping_itself(read):
    page = read()
    page.goto(ALSO_READ)
    has(page, READ, ALSO_READ)
    page.goto("/offline/")

    page.get_by_role("listitem").filter(has_text="Production").get_by_role("button").press("Enter")
    page.get_by_text("Removed: Production").wait_for()
    one = kept(page)
    page.get_by_role("button", name="Remove all copies").press("Enter")
    page.get_by_text("Nothing kept yet").wait_for()
    none = kept(page)
    page.goto(READ)
    has(page, READ)
    page.goto("/offline/")
    page.get_by_role("button", name="Keep nothing from now on").press("Enter")
    page.get_by_text("Nothing is kept, as you asked").wait_for()
    page.goto(READ)
    page.goto("/offline/")

    assert (one, none, kept(page)) == ([READ], [], [])
    page.get_by_role("button", name="Keep guides again").press("Enter")
    page.goto(READ)
    assert has(page, READ) == [READ]
    assert page.complaints == []


@pytest.mark.parametrize("state", ["empty", "list", "refused", "unable", "missing"])
def test_the_page_about_copies_is_accessible_in_each_of_its_states(visit, state):
    page = visit("/offline/", service_workers="allow", bypass_csp=True, reduced_motion="reduce")
    if state == "unable":
        page.add_init_script(
            "Object.defineProperty(window, 'caches', { get() { throw new DOMException('no', 'SecurityError'); } })"
        )
    page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    if state in ("list", "missing"):
        page.goto(READ)
        has(page, READ)
    page.goto("/offline/")
    if state == "refused":
        page.evaluate("caches.open('keep-nothing')")
        page.goto("/offline/")
    if state == "missing":
        offline(page)
        page.goto(NOT_READ)
    page.locator(f'[data-part="{state}"]').wait_for()
    found = {}
    for width in (320, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = barriers(page), sideways(page)

    assert found == {width: ([], 0) for width in (320, *WIDTHS)}
    assert barriers_in_the_dark(page) == []
