"""The pages that people come to first, as Lighthouse sees them on a telephone."""

import json
import os
import shutil
import subprocess

import pytest
from django.utils import timezone

from portfolio import samples
from portfolio.models import Profile

pytestmark = [pytest.mark.lighthouse, pytest.mark.django_db(transaction=True)]
PAGES = {
    "home": "/",
    "explorer": "/careers/",
    "profile": "/careers/associate-producer/",
    "compare": "/careers/compare/?role=associate-producer&role=line-producer&role=producer",
    "map": "/careers/map/",
    "portfolio": "/people/marisol/",
}
WHOLE = {"accessibility": 100, "best-practices": 100, "seo": 100}
FAST = 95
# Performance is told from what the machine took, which other work on it lengthens: the best of these counts.
TRIES = 3
# What Lighthouse says when it was its own recording that failed.
AGAIN = "Please run Lighthouse again"


def audit(address):
    """What Lighthouse says of the page: its report."""
    folder = os.environ.get("LIGHTHOUSE")
    assert folder, "Set LIGHTHOUSE to the folder in which .ci/lighthouse was installed."
    command = ["node", f"{folder}/node_modules/lighthouse/cli/index.js", address, "--output=json", "--quiet"]
    flags = (
        f"--only-categories=performance,{','.join(WHOLE)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
    )
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    environment = {**os.environ, "CHROME_PATH": chromium, "CI": "true"}
    for _ in range(TRIES):
        run = subprocess.run([*command, *flags], capture_output=True, text=True, check=False, env=environment, timeout=180)
        if AGAIN not in run.stderr:
            break
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def scores(report):
    return {name: round(100 * category["score"]) for name, category in report["categories"].items()}


def wanting(report):
    """What keeps the page from the whole of each score, performance left out."""
    told = {each["id"] for name in WHOLE for each in report["categories"][name]["auditRefs"] if each["weight"]}
    return [name for name in sorted(told) if report["audits"][name]["score"] not in (None, 1)]


@pytest.mark.parametrize("page", PAGES)
def test_lighthouse_finds_nothing_to_mend(live_server, page):
    # A portfolio that its owner lets search engines list: others ask them not to, on purpose.
    Profile.objects.filter(owner=samples.load(timezone.localdate())[0]).update(is_indexed=True)
    address = f"{live_server.url}{PAGES[page]}"

    report = audit(address)
    assert (wanting(report), {name: scores(report)[name] for name in WHOLE}) == ([], WHOLE)

    found = [scores(report)["performance"]]
    while max(found) < FAST and len(found) < TRIES:
        found.append(scores(audit(address))["performance"])
    assert max(found) >= FAST
