"""Headless Chromium over a live server with the real guide in it."""

import os
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

# Playwright runs an event loop in this process; Django would refuse its own database calls beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
WIDTHS, SCHEMES = (360, 1280), ("light", "dark")
# As long as a page may take that waits for another browser to be done; what is never there is still missed.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session", autouse=True)
def browser():
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if not executable:
        pytest.skip("Chromium is not installed")  # at a desk; in CI a skip fails the run (tests/conftest.py)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=["--disable-dev-shm-usage"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Started only when the database is where a server finds it (tests/conftest.py)."""
    return live_server


@pytest.fixture
def visit(browser, live_server):
    """Opens an address in a window of its own and keeps what went wrong there: visit(address, width=…, scheme=…).

    Wait for whole addresses there, page.wait_for_url("/me/"): "**/me/" is met by /accounts/login/?next=/me/ too.
    """
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


# Sites with a server and a database of their own


def manage(environment, *command):
    """What the command of manage.py says."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def quickstarted(tmp_path_factory, django_db_setup, copy):
    """A folder as quickstart leaves it, begun from the copy of the migrated guide where the tests have one as a file."""
    folder = tmp_path_factory.mktemp("quickstarted")
    if file := getattr(copy, "file", None):
        shutil.copy(file, folder / "db.sqlite3")
    manage(environment(folder), "quickstart", "--no-serve")
    return folder


def environment(folder):
    """What a process of the site in the folder finds in its environment."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "config.settings.dev", "VAR_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
