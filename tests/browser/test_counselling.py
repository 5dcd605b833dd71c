"""Two people at two windows: invited, let in, recommended, finished, confirmed, and shut out again with the next request."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from portfolio.models import Connection, Endorsement, Entry
from tests import make
from tests.portfolio import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def button(page, name):
    return page.get_by_role("button", name=name).last


@pytest.mark.parametrize("script", [True, False])
def test_from_the_invitation_to_the_end(enter, client, script):
    tallying = make.skill("Tallying", slug="tallying")
    role = record.role("Puppeteer", tallying=(2, 1), budgeting=(2, 1))
    make.course("First Cuts", teaches=[(tallying, 2)], hours=8, length_status="confirmed", cost="free", cost_status="confirmed")
    robin, ngozi = make.counsellor("Robin Ash"), make.member(first_name="Ngozi")
    record.aim(ngozi, role)

    # Robin invites, and Ngozi decides what to share.
    desk = enter(robin, "/counselling/invitations/", script=script)
    desk.get_by_label("Who it is for").fill("Ngozi")
    button(desk, "Invite").click()
    address = desk.get_by_label("Secret address for Ngozi").input_value()
    client.cookies.clear()  # the next sign-in leaves this one be
    page = enter(ngozi, urlsplit(address).path, script=script)
    expect(page.get_by_role("heading", name="Robin Ash would like to be your counsellor")).to_be_visible()
    assert page.locator("form input[type=checkbox]:checked").count() == 0
    for scope in ("Entries you share with counsellors", "Your target roles and what is missing", "Your plan"):
        page.get_by_role("checkbox", name=re.compile(f"^{scope}")).check()
    button(page, "Let them see this").click()
    met = Connection.objects.get()
    assert [scope.value for scope in met.shared] == ["entries", "gap", "plan"]

    # Robin sees what is missing and recommends against it.
    desk.goto("/counselling/")
    desk.get_by_role("link", name="Ngozi").click()
    expect(desk.get_by_role("heading", name="What is missing")).to_be_visible()
    desk.get_by_label("To close").select_option(label="Tallying: 0 of 1")
    if not script:
        button(desk, "Show courses").click()
    expect(desk.get_by_role("radio", name=re.compile("First Cuts"))).to_be_checked()
    desk.get_by_label("Your note").fill("You have the eye for it.")
    button(desk, "Send recommendation").click()
    expect(desk.get_by_text("Ngozi will see First Cuts on their plan")).to_be_visible()

    # Ngozi reads the note, accepts, finishes, and confirms the entry that it becomes.
    page.goto("/me/")
    button(page, re.compile("Read the note")).click()
    expect(page.get_by_text("You have the eye for it.")).to_be_visible()
    button(page, "Accept").click()
    page.get_by_role("link", name="I have finished it").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("First Cuts")
    expect(page.get_by_role("radio", name=re.compile("^My counsellor"))).to_be_checked()
    button(page, "Save entry").click()
    expect(page.get_by_text("Tallying now has 1 piece of evidence")).to_be_visible()
    entry = Entry.objects.get()
    page.goto("/me/?role=puppeteer")
    expect(page.get_by_role("listitem").filter(has_text="Tallying").get_by_text("Covered")).to_be_visible()

    # Robin sees it finished, and confirms the evidence.
    desk.goto(f"/counselling/{met.pk}/")
    expect(desk.get_by_text("Finished", exact=True)).to_be_visible()
    desk.goto(f"/counselling/{met.pk}/entries/{entry.pk}/review/")
    desk.get_by_label("How they used it, as far as you have seen").select_option(label="With guidance")
    button(desk, re.compile("Confirm it")).click()
    assert Endorsement.objects.get().endorser == robin
    page.goto(f"/me/entries/{entry.pk}/")
    expect(page.get_by_text(re.compile("Robin Ash")).first).to_be_visible()

    # Ngozi reads who looked, and ends it; Robin's open tab says so with the next request.
    page.goto(f"/me/counsellors/{met.pk}/")
    expect(page.get_by_text("Opened your page as your counsellor").first).to_be_visible()
    button(page, "End it now").click()
    answer = desk.reload()
    assert answer.status == 404
    expect(desk.get_by_role("heading", name="This is not open to you")).to_be_visible()
    assert "First Cuts" not in desk.content()
    assert "Ngozi" not in desk.content()
    desk.get_by_role("link", name="Back to your caseload").click()
    assert "Ngozi" not in desk.content()
    assert [complaint for complaint in desk.complaints if "404" not in complaint] == []
    assert page.complaints == []
