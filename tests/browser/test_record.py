"""What members do with their record, by keyboard alone, with script and without: log, lose the line, undo, see the gap close."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from home.models import User
from portfolio.models import Attachment, Entry
from tests import make
from tests.home.members import PASSWORD, code_in, member
from tests.portfolio import hostile

from .keyboard import Keyboard
from .wire import Wire

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
WORDS = "Four days around two tides; the second boat was late. 海と潮"


@pytest.fixture
def still(tmp_path):
    """A picture to choose in the dialog of the system, which is not the page's."""
    file = tmp_path / "still.jpg"
    file.write_bytes(hostile.picture(size=(800, 400)))
    return file


@pytest.fixture
def wire(live_server):
    address = urlsplit(live_server.url)
    made = Wire(address.hostname, address.port)
    yield made
    made.close()


def arrive(page):
    """The saved entry's own page, with nothing of it still being asked for when the database is put back."""
    page.wait_for_url(re.compile(r"/me/entries/\d+/$"))
    page.wait_for_load_state("networkidle")


def file_input(page):
    return page.locator("input[type=file][name=uploads-0-file]")


def chosen(page):
    """The name of the file that is chosen in the form."""
    return file_input(page).evaluate("input => [...input.files].map((file) => file.name).join()")


# From nothing to a plan


def sign_up(page, keys, mailoutbox):
    keys.write("Email", "new@example.org")
    keys.write("Password", PASSWORD)
    keys.press("Tab", "Space", "ArrowDown", "ArrowDown")
    expect(page.get_by_label("18 or over")).to_be_checked()
    keys.press("Enter")
    page.wait_for_url("/accounts/confirm-email/**")
    keys.write("Code", code_in(mailoutbox[0]))
    keys.press("Enter")
    page.wait_for_url("/me/")


def choose_role(page, keys):
    keys.follow("Explore careers")
    page.wait_for_url("/careers/")
    keys.follow("Associate producer")
    page.wait_for_url("/careers/associate-producer/")
    keys.push("Make this my target role")
    expect(page.get_by_text("Your target role", exact=True).first).to_be_visible()


def start(page, keys, kind):
    page.goto("/me/")
    keys.follow("Log an entry")
    page.wait_for_url("/me/entries/new/")
    keys.follow(kind)
    page.wait_for_url("/me/entries/new/*/")


def save(page, keys):
    keys.push("Save entry")
    arrive(page)


def show(keys, skill, nth=0):
    """A piece of evidence in the form."""
    keys.pick("Skill", skill, nth)
    keys.pick("How did you use it?", "I led or taught others", nth)


def log_project(page, keys, still):
    start(page, keys, "Project")
    keys.write("Title", "Low Water")
    keys.write("From", "March 2026")
    keys.tick(page.get_by_label("Production", exact=True))
    show(keys, "Budgeting")
    show(keys, "Scheduling", nth=1)
    keys.open("Files and links")
    file_input(page).set_input_files(still)
    keys.write("What can be seen or heard", "The boat at low water")
    save(page, keys)
    expect(page.get_by_role("img", name="The boat at low water")).to_be_visible()


def log_placement(page, keys):
    start(page, keys, "Placement")
    keys.write("Title", "Runner at a documentary company")
    keys.write("From", "2025")
    show(keys, "Organisation and administration")
    keys.open("Week by week")
    keys.day("Week of", "2025-05-05")
    keys.write("What you did", "Logged forty hours of rushes.")
    save(page, keys)
    expect(page.get_by_text("Logged forty hours of rushes.")).to_be_visible()


def log_submission(page, keys):
    start(page, keys, "Festival")
    keys.write("What you enter", "Low Water")
    keys.write("Festival", "Sundance Film Festival")
    keys.write("Date", "September 2030")
    keys.day("Deadline", "2030-09-09")
    show(keys, "Networking")
    save(page, keys)
    expect(page.get_by_text("Planned").first).to_be_visible()


def log_training(page, keys):
    start(page, keys, "Training")
    keys.write("Title", "Budgets that hold")
    keys.write("From", "2026-02-01")
    keys.write("Hours", "7:30")
    show(keys, "Research")
    save(page, keys)
    expect(page.get_by_text("7 hours 30 minutes").first).to_be_visible()


def pieces(page):
    page.goto("/me/")
    return re.search(r"\d+ of \d+ pieces", page.locator(".formula").inner_text())[0]


@SCRIPT
def test_from_signing_up_to_a_gap_that_closes(visit, mailoutbox, still, script):
    page = visit("/accounts/signup/", java_script_enabled=script, locale="en-GB")
    keys = Keyboard(page)

    sign_up(page, keys, mailoutbox)
    choose_role(page, keys)
    before = pieces(page)
    log_project(page, keys, still)
    log_placement(page, keys)
    log_submission(page, keys)
    log_training(page, keys)

    asked = before.removeprefix("0 of")
    assert (before, pieces(page)) == (f"0 of{asked}", f"4 of{asked}")
    expect(page.get_by_role("link", name="Low Water").first).to_be_visible()
    kinds = list(Entry.objects.of(User.objects.get(email="new@example.org")).order_by("pk").values_list("kind", "state"))
    assert kinds == [("project", "completed"), ("internship", "completed"), ("festival", "planned"), ("cpd", "completed")]
    assert page.complaints == []


# A line that drops


def fill_in(page, keys, still):
    """A project as somebody has it just before saving."""
    keys.write("Title", "Low Water")
    keys.write("From", "March 2026")
    keys.write("What you did", WORDS)
    keys.pick("Skill", "Budgeting")
    keys.pick("How did you use it?", "On my own")
    keys.open("Files and links")
    file_input(page).set_input_files(still)


def typed(page):
    """What stands in the form: the words, the evidence and the chosen file."""
    found = [page.locator(f"#id_{name}").input_value() for name in ("title", "started", "description")]
    evidence = page.locator("[name=evidence-0-skill] option:checked, [name=evidence-0-level] option:checked")
    return [*found, *evidence.all_inner_texts(), chosen(page)]


FILLED_IN = ["Low Water", "March 2026", WORDS, "Budgeting", "On my own", "still.jpg"]
SAVED = [("Low Water", "2026-03", WORDS, 1, "budgeting", "still.jpg")]


def saved():
    """Every entry with what fill_in put into it; a second entry, piece of evidence or file would be a second row."""
    rows = Entry.objects.values_list("title", "started", "description", "version", "evidence__skill__slug", "attachments__name")
    return list(rows)


@pytest.mark.parametrize("cut", ["asking", "answering"])
def test_a_line_that_drops_in_a_save_loses_no_word(enter, wire, still, cut):
    page = enter(member(), "/me/entries/new/project/", on=wire.url)
    keys = Keyboard(page)
    fill_in(page, keys, still)

    wire.cut = cut
    keys.push("Save entry")
    notice = page.locator("[data-not-saved] .notice")
    expect(notice).to_contain_text("Not saved. The connection dropped. Everything you typed is still here.")
    expect(notice).to_be_focused()
    assert (wire.is_down, typed(page)) == (True, FILLED_IN)
    wire.mend()
    keys.push("Try again")
    arrive(page)

    assert saved() == SAVED


@pytest.mark.parametrize("cut", ["asking", "answering"])
def test_without_script_going_back_brings_every_word_back(enter, wire, still, cut):
    page = enter(member(), "/me/entries/new/project/", on=wire.url, script=False)
    keys = Keyboard(page)
    fill_in(page, keys, still)

    page.wait_for_timeout(2000)  # Chromium itself takes down what stands in a form about once a second; nothing tells when
    wire.cut = cut
    keys.push("Save entry")
    expect(page.locator("form")).to_have_count(0)  # the browser's own page, which says that the site cannot be reached
    wire.mend()
    page.go_back()
    assert typed(page) == FILLED_IN
    keys.push("Save entry")
    arrive(page)

    assert saved() == SAVED


def test_an_offline_browser_keeps_the_words_until_it_is_online(enter, still):
    page = enter(member(), "/me/entries/new/project/")
    keys = Keyboard(page)
    fill_in(page, keys, still)

    page.context.set_offline(True)
    keys.push("Save entry")
    expect(page.locator("[data-not-saved] .notice")).to_be_focused()
    keys.push("Try again")
    expect(page.locator("[data-not-saved] .notice")).to_be_focused()
    assert (typed(page), saved()) == (FILLED_IN, [])
    page.context.set_offline(False)
    keys.push("Try again")
    arrive(page)

    assert saved() == SAVED


# Two tabs


@SCRIPT
def test_the_second_tab_sees_both_texts_and_keeps_its_own(enter, script):
    ann = member()
    entry = make.entry(ann)
    first = enter(ann, f"/me/entries/{entry.pk}/edit/", script=script)
    second = first.context.new_page()
    second.goto(first.url)
    one, two = Keyboard(first), Keyboard(second)

    one.write("What you did", "From the first tab.")
    save(first, one)
    two.write("What you did", "From the second tab.")
    two.push("Save entry")
    summary = second.locator("[data-error-summary]")
    expect(summary).to_contain_text("This entry was saved somewhere else")
    expect(summary.locator("tbody td")).to_have_text(["From the first tab.", "From the second tab."])
    expect(two.field("What you did")).to_have_value("From the second tab.")
    between = Entry.objects.values_list("description", "version").get()
    save(second, two)

    after = Entry.objects.values_list("description", "version").get()
    assert (between, after) == (("From the first tab.", 2), ("From the second tab.", 3))


def sign_out(page):
    keys = Keyboard(page)
    page.goto("/accounts/logout/")
    keys.push("Sign out")
    page.wait_for_url("/")


def sign_in(page):
    keys = Keyboard(page)
    page.goto("/accounts/login/?next=/me/")
    keys.write("Email", "ann@example.org")
    keys.write("Password", PASSWORD)
    keys.press("Enter")
    page.wait_for_url("/me/")


def test_signed_out_in_another_tab_the_words_stay_and_are_saved_after_signing_in(enter, still):
    page = enter(member(), "/me/entries/new/project/")
    other = page.context.new_page()
    keys = Keyboard(page)
    fill_in(page, keys, still)

    sign_out(other)
    keys.push("Save entry")
    notice = page.locator("[data-not-saved] .notice")
    expect(notice).to_contain_text("Not saved. You have been signed out.")
    expect(notice).to_be_focused()
    assert (typed(page), saved()) == (FILLED_IN, [])
    sign_in(other)
    keys.push("Try again")
    arrive(page)

    assert saved() == SAVED


# Taking things back


def listed(page):
    return page.locator(".log .strip-title a").all_inner_texts()


@SCRIPT
def test_what_was_deleted_from_the_list_comes_back(enter, script):
    ann = member()
    for title in ("Low Water", "High Water", "Slack Water"):
        make.entry(ann, title)
    page = enter(ann, "/me/entries/", script=script)
    keys = Keyboard(page)
    before = listed(page)

    keys.tick(page.get_by_role("checkbox", name="Slack Water"))
    keys.tick(page.get_by_role("checkbox", name="Low Water"))
    keys.push("Delete")
    expect(page.get_by_role("status").filter(has_text="2 entries are in the bin.")).to_be_visible()
    assert listed(page) == ["High Water"]
    keys.push("Undo")

    expect(page.get_by_text("Undone.")).to_be_visible()
    assert (listed(page), len(before)) == (before, 3)


@SCRIPT
def test_who_sees_many_entries_is_changed_and_taken_back(enter, script):
    ann = member()
    seen_before = {"Low Water": 1, "High Water": 4, "Slack Water": 2}
    for title, level in seen_before.items():
        make.entry(ann, title, visibility=level)
    page = enter(ann, "/me/entries/", script=script)
    keys = Keyboard(page)

    for title in ("Slack Water", "High Water"):
        keys.tick(page.get_by_role("checkbox", name=title))
    keys.pick("Who can see them", "People with the link")
    keys.push("Change who sees them")
    expect(page.get_by_role("status").filter(has_text="2 entries are now seen by")).to_be_visible()
    between = dict(Entry.objects.values_list("title", "visibility"))
    keys.push("Undo")
    expect(page.get_by_text("Undone.")).to_be_visible()

    assert between == {"Low Water": 1, "High Water": 3, "Slack Water": 3}
    assert dict(Entry.objects.values_list("title", "visibility")) == seen_before


# The form itself


@SCRIPT
def test_another_row_keeps_what_was_typed(enter, still, script):
    page = enter(member(), "/me/entries/new/project/", script=script)
    keys = Keyboard(page)
    rows = page.locator("[data-rows=evidence] > *")
    expect(rows).to_have_count(2)

    keys.write("Title", "Low Water")
    keys.write("What you did", WORDS)
    keys.pick("Skill", "Budgeting")
    keys.push("Another skill")
    expect(rows).to_have_count(3 if script else 4)
    if script:
        expect(rows.nth(2).locator("select").first).to_be_focused()
    keys.pick("Skill", "Scheduling", nth=2)
    keys.pick("How did you use it?", "On my own", nth=2)
    keys.pick("How did you use it?", "With guidance")

    assert page.locator("#id_title").input_value() == "Low Water"
    assert page.locator("#id_description").input_value() == WORDS
    keys.write("From", "2026")
    save(page, keys)
    assert list(Entry.objects.get().evidence.order_by("pk").values_list("skill__slug", "level")) == [
        ("budgeting", 2),
        ("scheduling", 3),
    ]
    assert Attachment.objects.count() == 0


@SCRIPT
def test_what_is_to_fix_takes_focus_and_leads_to_the_inputs(enter, script):
    page = enter(member(), "/me/entries/new/project/", script=script)
    keys = Keyboard(page)

    keys.write("From", "31 February 2026")
    keys.write("What you did", WORDS)
    keys.push("Save entry")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_contain_text("2 things to fix")
    if script:
        expect(summary).to_be_focused()
    for name in ("title", "started"):
        keys.act(summary.locator(f"a[href='#id_{name}']"))
        expect(page.locator(f"#id_{name}")).to_be_focused()
        keys.reach(summary.locator("a").last, "Shift+Tab")

    assert page.title().startswith("To fix:")
    assert page.locator("#id_description").input_value() == WORDS


OUTLINED = "element => { const style = getComputedStyle(element); return [style.outlineStyle, style.outlineWidth]; }"


@SCRIPT
def test_every_stop_in_the_form_can_be_seen_and_the_first_skips_the_masthead(enter, script):
    page = enter(member(), "/me/entries/new/internship/", script=script)
    keys = Keyboard(page)

    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    stops = set()
    keys.press("Tab")
    while page.evaluate("document.activeElement.closest('main') !== null"):
        focused = page.evaluate_handle("document.activeElement.closest('.kind') ?? document.activeElement").as_element()
        stops.add((*focused.evaluate(OUTLINED), focused.is_visible()))
        keys.press("Tab")

    assert stops == {("solid", "3px", True)}
