"""The member's skills: what each role asks, what there is to show, and one skill's evidence over time."""

import pytest

from careers.models import Skill
from portfolio import showing
from portfolio.models import Evidence
from tests import make
from tests.portfolio import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return make.user()


def test_each_skill_stands_under_the_target_role_that_misses_most_of_it(ann):
    record.aim(ann, record.role("Puppeteer", strings=(2, 1), glue=(1, 1)))
    record.aim(ann, record.role("Animator", strings=(2, 3)), place=1)
    record.role("Not a target", paint=(1, 1))
    record.entry(ann, {"strings": 3, "paint": 1}, stages=[3])

    asked, others = showing.standings(ann)

    assert [(each.title, each.role, each.gap.counted, each.gap.importance) for each in asked] == [
        ("Strings", "Animator", 1, 3),
        ("Glue", "Puppeteer", 0, 1),
    ]
    assert [(each.title, each.pieces, each.marks) for each in others] == [("Paint", 1, (3,))]


def test_a_skill_page_shows_what_counts_and_what_does_not_yet(client, ann):
    role = record.role("Puppeteer", strings=(3, 2))
    record.aim(ann, role)
    record.endorse(record.entry(ann, {"strings": 3}, title="Low Water", started="2026-02"), 3)
    record.entry(ann, {"strings": 1}, title="Kite String", started="2025")
    record.entry(ann, {"strings": 4}, title="To come", started="2027", state="planned")
    record.entry(make.user(), {"strings": 4}, title="Of somebody else")
    client.force_login(ann)

    shown = client.get("/me/skills/strings/").context

    assert [(year, [each.entry.title for each in pieces]) for year, pieces in shown["years"]] == [
        ("2027", ["To come"]),
        ("2026", ["Low Water"]),
        ("2025", ["Kite String"]),
    ]
    assert (shown["standing"].pieces, shown["standing"].verified) == (2, 1)
    assert [(each.title, each.is_target, each.gap.counted, each.gap.practice) for each in shown["roles"]] == [
        ("Puppeteer", True, 1, 1)
    ]


def test_target_roles_come_first_among_those_that_ask(client, ann):
    record.role("Animator", strings=(1, 1))
    record.aim(ann, record.role("Puppeteer", strings=(1, 1)))
    client.force_login(ann)

    assert [each.title for each in client.get("/me/skills/strings/").context["roles"]] == ["Puppeteer", "Animator"]


def test_evidence_is_paged_without_a_gap_or_a_double(client, ann, monkeypatch):
    monkeypatch.setattr(showing, "PAGE_SIZE", 2)
    record.role(strings=(1, 1))
    for number, started in enumerate(["2026-03", "2026", "2026", "2026", "2025"]):
        record.entry(ann, {"strings": 1}, title=str(number), started=started)
    client.force_login(ann)

    address, seen = "/me/skills/strings/", []
    while address:
        shown = client.get(address).context
        seen += [piece.entry.title for _, pieces in shown["years"] for piece in pieces]
        address = f"/me/skills/strings/?before={shown['more']}" if shown["more"] else ""

    assert seen == ["0", "3", "2", "1", "4"]


@pytest.mark.parametrize("key", ["", "x", "2026_", "_5", "2026_99999999999999999999", "2026%00_1", "2026_-1", "2026_１"])
def test_a_key_that_is_not_ours_shows_the_latest(client, ann, key):
    record.role(strings=(1, 1))
    record.entry(ann, {"strings": 1})
    client.force_login(ann)

    response = client.get(f"/me/skills/strings/?before={key}")

    assert (response.status_code, len(response.context["years"])) == (200, 1)


def test_a_skill_that_left_the_guide_stays_with_whoever_has_evidence_in_it(client, ann):
    record.role(strings=(1, 1))
    record.entry(ann, {"strings": 1})
    Skill.objects.filter(slug="strings").update(live=False)

    found = {}
    for name, person in {"owner": ann, "stranger": make.user()}.items():
        client.force_login(person)
        found[name] = client.get("/me/skills/strings/").status_code

    assert found == {"owner": 200, "stranger": 404}


def test_what_is_in_the_bin_is_shown_nowhere(client, ann):
    record.role(strings=(1, 1))
    binned = record.entry(ann, {"strings": 1})
    Evidence.objects.get(entry=binned)
    binned.deleted_at = binned.created_at
    binned.save()
    client.force_login(ann)

    assert client.get("/me/skills/strings/").context["years"] == []
    assert showing.standings(ann) == ([], [])
