"""Accounts in a real browser: by keyboard, by passkey, without script, and accessible on every page."""

import re

import pytest
from playwright.sync_api import expect

from tests.home.members import PASSWORD, app_code, code_in, member, with_app

from .barriers import barriers, barriers_in_the_dark
from .conftest import WIDTHS, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIGNED_OUT = ["/accounts/login/", "/accounts/login/code/", "/accounts/signup/", "/accounts/password/reset/"]
SIGNED_IN = [
    "/accounts/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
    "/accounts/language/",
    "/accounts/logout/",
]
WITH_APP = ["/accounts/2fa/", "/accounts/2fa/recovery-codes/", "/accounts/2fa/totp/deactivate/"]


def sign_in(page, email="ann@example.org"):
    page.goto("/accounts/login/?next=/accounts/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("/accounts/")


def say_who(page):
    """Answer the question that stands before a change."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize("script", [True, False])
def test_somebody_opens_an_account_by_keyboard(visit, mailoutbox, script):
    page = visit("/accounts/signup/?next=/accounts/", java_script_enabled=script)

    page.get_by_label("Email").focus()
    page.keyboard.type("new@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("18 or over")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("/accounts/confirm-email/**")
    page.get_by_label("Code").fill(code_in(mailoutbox[0]))
    page.keyboard.press("Enter")
    page.wait_for_url("/accounts/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert page.complaints == []


def test_who_is_too_young_hears_it_first_and_keeps_what_was_typed(visit):
    page = visit("/accounts/signup/")
    page.get_by_label("Email").fill("new@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Under 13").check()
    page.get_by_role("button", name="Open the account").click()

    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("[data-error-summary]")).to_contain_text("Accounts start at 13")
    expect(page.get_by_label("Email")).to_have_value("new@example.org")
    assert barriers(page) == []


def virtual_key(page):
    """A key of the browser's own that says yes to everything."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def here(browser, live_server):
    """A window on localhost, the one name that browsers trust with passkeys without https."""
    context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def test_a_passkey_is_added_signs_in_and_guards_what_is_changed(here):
    member()
    virtual_key(here)
    sign_in(here)
    here.goto("/accounts/2fa/webauthn/add/")
    say_who(here)
    here.get_by_label("Name").fill("Ann’s phone")
    here.get_by_role("button", name="Add the passkey").click()
    here.wait_for_url("/accounts/2fa/recovery-codes/")
    expect(here.locator(".codes li")).to_have_count(10)

    here.context.clear_cookies()
    here.goto("/accounts/login/?next=/accounts/2fa/webauthn/")
    here.get_by_role("button", name="Sign in with a passkey").click()
    here.wait_for_url("/accounts/2fa/webauthn/")
    expect(here.get_by_role("heading", name="Ann’s phone")).to_be_visible()

    here.get_by_role("link", name="Remove Ann’s phone").click()
    here.get_by_role("link", name="Use your passkey").click()
    here.get_by_role("button", name="Use a passkey").click()
    here.wait_for_url("/accounts/2fa/webauthn/*/*/remove/")
    here.get_by_role("button", name="Remove it").click()
    expect(here.get_by_text("None yet.")).to_be_visible()
    assert here.complaints == []


def test_a_password_asks_for_the_passkey_as_the_second_step(here):
    member()
    virtual_key(here)
    sign_in(here)
    here.goto("/accounts/2fa/webauthn/add/")
    say_who(here)
    here.get_by_role("button", name="Add the passkey").click()
    here.wait_for_url("/accounts/2fa/recovery-codes/")
    here.context.clear_cookies()

    here.goto("/accounts/login/?next=/accounts/")
    here.get_by_label("Email").fill("ann@example.org")
    here.get_by_label("Password").fill(PASSWORD)
    here.get_by_role("button", name="Sign in", exact=True).click()
    here.wait_for_url("/accounts/2fa/authenticate/**")
    here.get_by_role("button", name="Use a passkey").click()

    here.wait_for_url("/accounts/")
    assert here.complaints == []


def test_a_passkey_that_is_not_there_is_explained(here):
    here.add_init_script("navigator.credentials.get = async () => { throw new DOMException('', 'NotAllowedError'); }")
    here.goto("/accounts/login/")

    here.get_by_role("button", name="Sign in with a passkey").click()

    expect(here.get_by_role("alert")).to_contain_text("The passkey was not used")
    assert here.complaints == []


def test_nothing_offers_a_passkey_where_there_is_no_script(visit):
    member()
    page = visit("/accounts/login/", java_script_enabled=False)

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    sign_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    say_who(page)
    expect(page.get_by_text("This browser cannot use passkeys here.")).to_be_visible()
    expect(page.get_by_role("button", name="Add the passkey")).to_be_hidden()


def test_the_square_of_the_app_is_drawn_under_our_policy(visit):
    member()
    page = visit("/accounts/login/")
    sign_in(page)
    page.goto("/accounts/2fa/totp/activate/")
    say_who(page)

    square = page.get_by_role("img", name="QR code with the key below")
    expect(square).to_be_visible()
    assert square.bounding_box()["width"] > 200
    assert page.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_account_page_has_a_barrier_or_scrolls_sideways(visit, mailoutbox, width):
    person = member("a.rather.long.name.for.an.address@students.example.org")
    page = visit("/accounts/login/", width=width, reduced_motion="reduce")
    found = {path: state(page, path) for path in SIGNED_OUT}
    page.get_by_label("Email").fill("new@example.org")
    page.goto("/accounts/login/code/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_role("button", name="Send the code").click()
    found["code"] = state(page)
    page.get_by_label("Code").fill(code_in(mailoutbox[0]))
    page.get_by_role("button", name="Sign in").click()
    page.goto("/accounts/2fa/totp/activate/")
    found["still you"] = state(page)
    say_who(page)
    page.wait_for_url("/accounts/2fa/totp/activate/")
    found |= {path: state(page, path) for path in SIGNED_IN}
    secret = with_app(person)
    found |= {path: state(page, path) for path in WITH_APP}
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("/accounts/2fa/authenticate/**")
    found["second step"] = state(page)
    page.get_by_label("Code").fill(app_code(secret))
    page.get_by_role("button", name="Sign in").click()

    assert {name: each for name, each in found.items() if each != ([], 0)} == {}
    assert [complaint for complaint in page.complaints if "404" not in complaint] == []


def state(page, path=None):
    """The barriers of a page and how far it is wider than its window."""
    if path:
        page.goto(path)
    return barriers(page) + barriers_in_the_dark(page), max(0, sideways(page))


def test_too_many_tries_end_on_a_page_of_ours(visit):
    member()
    page = visit("/accounts/login/")
    for _ in range(6):
        page.get_by_label("Email").fill("ann@example.org")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_load_state()

    expect(page.get_by_role("heading", level=1)).to_have_text("Hold, please")
    assert barriers(page) == []
    page.get_by_role("link", name="Email me a code").click()
    expect(page).to_have_url(re.compile("/accounts/login/code/"))
