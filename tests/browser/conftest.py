"""Headless Chromium over a live server with the real guide in it."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

# Playwright runs an event loop in this process; Django would refuse its own database calls beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
WIDTHS, SCHEMES = (360, 1280), ("light", "dark")


@pytest.fixture(scope="session", autouse=True)
def browser():
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if not executable:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=["--disable-dev-shm-usage"])
        yield launched
        launched.close()


@pytest.fixture
def visit(browser, live_server):
    """Opens an address in a window of its own and keeps what went wrong there: visit(address, width=…, scheme=…)."""
    contexts = []

    def open_(address, *, width=1280, scheme="light", height=800, **options):
        # A window stays for a test; what it would keep for later is the business of test_offline.
        options = {"service_workers": "block", **options}
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: note_foreign(page, request.url, live_server.url))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def enter(visit, client):
    """A window in which the member is signed in: enter(member, address, script=…, on=…)."""

    def open_(person, address, *, script=True, on=""):
        client.force_login(person)
        client.get("/me/entries/new/project/")  # sets the other cookie that signing in by hand would have set
        page = visit("/about/", java_script_enabled=script, locale="en-GB")
        host = urlsplit(page.url).hostname
        cookies = {name: client.cookies[name].value for name in ("sessionid", "csrftoken")}
        page.context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"} for name, value in cookies.items()])
        page.goto(f"{on}{address}")
        return page

    return open_


def note_foreign(page, url, home):
    if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != urlsplit(home).netloc:
        page.complaints.append(f"asked {url}")


def sideways(page):
    """How many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
