"""A portfolio as others see it: what stands there, in which order, and at what cost."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.models import CareerPage, Skill
from portfolio import presenting, sharing
from portfolio.models import (
    AccessEvent,
    Attachment,
    CPDActivity,
    Endorsement,
    Entry,
    Evidence,
    Feature,
    Link,
    Profile,
    Project,
)
from tests import make
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
ADDRESS = "/people/marisol/"
PORTFOLIO, SIGNED_IN, CREDITS, AN_ENTRY = 10, 12, 2, 8


@pytest.fixture
def ann():
    return make.member()


def profile(owner, **fields):
    defaults = {"handle": "marisol", "display_name": "Marisol Adeyemi-Thorne", "visibility": 4, "takes_messages": True}
    return Profile.objects.create(owner=owner, **{**defaults, **fields})


def credit(owner, title="Low Water", **fields):
    return make.entry(owner, title=title, **{"visibility": 4, **fields})


def picture(entry, **fields):
    made = Attachment(
        entry_id=entry.pk,
        **{"medium": "image", "name": "still.webp", "content_type": "image/webp", "size": 3, "alt": "A beach", **fields},
    )
    made.file.save("still.webp", ContentFile(b"abc"), save=False)
    made.save()
    return made


def submission(owner, **fields):
    defaults = {
        "kind": "festival",
        "organisation": "Tidewater Shorts",
        "edition": "2026",
        "submission_status": "in-consideration",
        "judging_status": "selected",
        "announced_on": timezone.localdate(),
    }
    return credit(owner, **{**defaults, **fields})


def page(address=ADDRESS, client=None):
    return (client or Client()).get(address).content.decode()


def text(html):
    """What is read in the main part of the page, without its tags."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def headings(html):
    return re.findall(r"<h[12][^>]*>\s*(.*?)\s*</h[12]>", html[html.index("<main") :])


def test_a_portfolio_begins_with_its_owner(ann):
    profile(
        ann,
        headline="I make small shoots run on time.",
        place="Leeds",
        availability="from",
        available_from="2027-01",
        availability_note="happy to travel",
        languages="English, Welsh",
        career=CareerPage.objects.get(slug="associate-producer"),
    )

    found = text(page())

    first = "Marisol Adeyemi-Thorne I make small shoots run on time. Associate producer"
    assert found.startswith(f"{first} Leeds. Free from January 2027, happy to travel Languages: English, Welsh")


def test_sections_stand_in_the_owners_order_and_empty_ones_are_left_out(ann):
    profile(ann, about="I came from the theatre.", order=["skills", "credits", "about"], takes_messages=False)
    credit(ann, skills=[make.skill("Puppetry")])

    assert headings(page()) == ["Marisol Adeyemi-Thorne", "Skills, with evidence", "Credits", "About"]


def test_a_section_that_is_off_is_nowhere(ann):
    profile(ann, about="Secret words", hidden=["about", "credits"])
    credit(ann, skills=[make.skill("Puppetry")])

    found = page()

    assert headings(found)[:2] == ["Marisol Adeyemi-Thorne", "Skills, with evidence"]
    assert "Secret words" not in found


def test_credits_are_numbered_and_summed_up_by_year(ann):
    profile(ann)
    for number, (title, started) in enumerate([("First", "2024"), ("Second", "2025-02"), ("Third", "2025-11-03")], start=1):
        credit(ann, title, started=started, role="Runner", minutes=60 * number)

    board = re.findall(r'<li class="(?:strip|daybreak)"[^>]*>(.*?)</li>', page())

    assert [" ".join(re.sub(r"<[^>]+>", " ", strip).split()) for strip in board] == [
        "3 Runner Third 3 hours",
        "2 Runner Second 2 hours",
        "End of 2025 2 credits, 5 hours",
        "1 Runner First 1 hour",
        "End of 2024 1 credit, 1 hour",
    ]


def test_hours_can_be_left_out_everywhere(ann):
    profile(ann, shows_hours=False)
    shown = credit(ann, minutes=4 * 60)
    credit(ann, "A course", kind="cpd", minutes=4 * 60)

    assert [
        word for address in (ADDRESS, f"{ADDRESS}{shown.pk}/") for word in re.findall(r"4\s*(?:<[^>]+>)*\s*hours", page(address))
    ] == []


def test_only_so_many_credits_stand_on_the_first_page_and_the_rest_one_step_on(ann):
    profile(ann)
    for number in range(64):
        credit(ann, f"Film {number}", started=f"20{10 + number // 8:02}-01")

    first = page()
    rest = [page(f"{ADDRESS}credits/")]
    while more := re.search(r'href="(\?before=[^"]+)"', rest[-1]):
        rest.append(page(f"{ADDRESS}credits/{more[1]}"))

    assert (first.count("Film "), "All 64 credits" in first) == (30, True)
    titles = [title for each in rest for title in re.findall(r"Film \d+", each)]
    assert (len(titles), len(set(titles)), len(rest)) == (64, 64, 2)


def test_a_skill_leads_to_everything_that_shows_it(ann):
    profile(ann)
    puppetry = make.skill("Puppetry", slug="puppetry")
    for title in ("Low Water", "Salt Hours"):
        credit(ann, title, skills=[puppetry])
    credit(ann, "Puppets for a day", kind="cpd", skills=[puppetry])
    credit(ann, "Something else", skills=[make.skill("Singing")])

    assert "3 entries" in text(page())
    found = page(f"{ADDRESS}credits/?skill=puppetry")
    assert sorted(
        re.findall(r"Low Water|Salt Hours|Puppets for a day|Something else", found[found.index('class="board"') :])
    ) == ["Low Water", "Puppets for a day", "Salt Hours"]


def test_verified_evidence_says_so(ann):
    profile(ann)
    made = credit(ann, skills=[make.skill("Puppetry")])
    Endorsement.objects.create(
        evidence=Evidence.objects.get(), name="Bo", relation="Producer", level=3, quote="Calm on a wet beach."
    )

    found = text(page())

    assert "1 entry for Puppetry , 1 verified" in found
    assert "Calm on a wet beach. Bo , Producer Low Water" in found
    assert "Confirmed by Bo: on my own" in text(page(f"{ADDRESS}{made.pk}/"))


@pytest.mark.parametrize(
    "fields",
    [
        {"judging_status": "not-selected"},
        {"judging_status": "undecided"},
        {"judging_status": "finalist"},
        {"announced_on": None},
        {"announced_on": "2999-01-01"},
        {"submission_status": "disqualified"},
    ],
)
def test_a_submission_is_told_of_only_once_a_success_is_announced(ann, fields):
    profile(ann)
    puppetry = make.skill("Puppetry", slug="puppetry")
    sent = submission(ann, title="Low Water", skills=[puppetry], **fields)

    assert "Tidewater" not in page()
    assert "Puppetry" not in page()
    assert [Client().get(place).status_code for place in (f"{ADDRESS}{sent.pk}/", f"{ADDRESS}credits/?skill=puppetry")] == [
        404,
        404,
    ]


def test_laurels_stand_awards_first(ann):
    profile(ann)
    submission(ann, title="One", judging_status="selected", organisation="Harbour Shorts")
    submission(
        ann,
        title="Two",
        judging_status="winner",
        award="Best documentary",
        organisation="Tidewater Shorts",
        announced_on="2026-01-01",
    )
    submission(ann, title="Three", judging_status="nominee", award="Audience award", organisation="Northlight")

    found = re.findall(r'<li class="laurel"><div><b>(.*?)</b>(.*?)</div>', page())

    assert found == [
        ("Best documentary", "Tidewater Shorts, 2026"),
        ("Audience award, nominee", "Northlight, 2026"),
        ("Official selection", "Harbour Shorts, 2026"),
    ]


def test_the_reel_stands_on_top_and_leads_to_its_player(ann):
    profile(ann)
    made = credit(ann)
    still, clip = picture(made), picture(made, medium="video", name="reel.mp4", content_type="video/mp4")
    feature = presenting.put_in_front(owner=ann, file=clip.uuid)
    presenting.rearrange(owner=ann, feature=feature.pk, do="reel")

    found = page()

    assert re.search(
        rf'<a class="clip" href="{ADDRESS}{made.pk}/#file-{clip.uuid}"><img src="{ADDRESS}files/{still.uuid}/"', found
    )
    assert "<video" not in found
    assert f'<video controls preload="none" src="{ADDRESS}files/{clip.uuid}/"' in page(f"{ADDRESS}{made.pk}/")


def test_an_outside_clip_is_a_link_and_nothing_is_fetched_from_there(ann):
    profile(ann)
    link = Link.objects.create(entry=credit(ann).entry_ptr, url="https://vimeo.com/1")
    presenting.put_in_front(owner=ann, link=link.pk)

    found = page()
    link.delete()

    assert '<a class="clip" href="https://vimeo.com/1" rel="nofollow noopener noreferrer">' in found
    assert [each for each in re.findall(r'(?:src|srcset|poster)="([^"]+)"', found) if "://" in each] == []
    assert "vimeo" not in page()


def test_an_entry_shows_its_public_facts_and_never_the_others(ann):
    profile(ann)
    made = credit(
        ann,
        format="short",
        runtime=840,
        budget_band="micro",
        logline="A tide comes in.",
        reflection="I was afraid",
        description="I kept the schedule.",
        organisation="Saltmarsh",
    )
    placed = credit(
        ann,
        "Newsroom",
        kind="internship",
        supervisor_name="Priya Hidden",
        supervisor_email="priya@example.org",
        outcome="ended-early",
        early_end_reason="Illness",
        objectives="To learn",
    )
    course = credit(
        ann, "Course", kind="cpd", cost="85", funded_by="My aunt", certificate_number="NO-17", aim="To dare", outcome="I dared"
    )

    found = {each.title: text(page(f"{ADDRESS}{each.pk}/")) for each in (made, placed, course)}

    assert "Short film" in found["Low Water"]
    assert "14 minutes" in found["Low Water"]
    assert "I kept the schedule." in found["Low Water"]
    for word in ("afraid", "1,000", "Priya", "priya@", "Illness", "early", "learn", "85", "aunt", "NO-17", "dare"):
        assert [title for title, words in found.items() if word in words] == []


def test_nobody_finds_the_owners_address(ann):
    profile(ann, about="About me")
    made = credit(ann)

    assert [place for place in (ADDRESS, f"{ADDRESS}{made.pk}/", f"{ADDRESS}credits/") if ann.email in page(place)] == []


def test_search_engines_come_in_only_if_they_are_asked(ann):
    made = profile(ann)
    before = Client().get(ADDRESS).headers.get("X-Robots-Tag")
    made.is_indexed = True
    made.save()

    assert (before, Client().get(ADDRESS).headers.get("X-Robots-Tag")) == ("noindex", None)


def test_nothing_is_kept_on_the_way(ann):
    profile(ann)
    _, token = sharing.make_link(owner=ann, name="Priya", ends_at=timezone.now() + timedelta(days=1))

    public, shared = Client().get(ADDRESS), Client().get(f"/shared/{token}/")

    assert public.headers["Cache-Control"] == "private, no-cache"
    assert (shared.headers["Cache-Control"], shared.headers["Referrer-Policy"], shared.headers["X-Robots-Tag"]) == (
        "private, no-store",
        "no-referrer",
        "noindex",
    )
    assert (public.cookies, shared.cookies) == ({}, {})


def test_the_owner_is_told_that_this_is_what_others_see(client, ann):
    profile(ann)
    client.force_login(ann)

    assert "This is your portfolio, as a visitor sees it." in page(client=client)
    assert "This is your portfolio" not in page()


@pytest.mark.parametrize(
    ("word", "seen"), [("counsellor", {"Two", "Three", "Four"}), ("link", {"Three", "Four"}), ("visitor", {"Four"})]
)
def test_the_owner_rehearses_each_level_before_anything_is_open(client, ann, word, seen):
    profile(ann, visibility=1)
    for level, title in enumerate(["One", "Two", "Three", "Four"], start=1):
        credit(ann, title, visibility=level)
    client.force_login(ann)

    board = re.findall(r'class="work">(\w+)<', page(f"/me/portfolio/as/{word}/", client))

    assert set(board) == seen


def test_a_portfolio_with_nothing_in_it_says_so(ann):
    profile(ann, takes_messages=False)

    assert "Nothing to show yet" in page()


def test_long_words_and_other_scripts_are_kept_as_they_are(ann):
    profile(ann, display_name="محمد " + "ب" * 100, headline="<script>alert(1)</script>", about="日本語\n\n" + "x" * 1500)
    credit(ann, "😀" * 60 + "<b>", role="‮evil", skills=[make.skill("<i>")])

    found = page()

    assert "<script>alert" not in found
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found
    assert 'dir="auto">محمد' in found


def full(entries):
    """A member with everything that the nine sections can show, and this many credits."""
    owner = make.member()
    made = profile(
        owner,
        about="About",
        links=[{"label": "Reel", "url": "https://example.org/"}],
        career=CareerPage.objects.get(slug="producer"),
    )
    fields = {"owner": owner, "visibility": 4, "minutes": 60}
    for number in range(entries):
        each = Project.objects.create(
            **fields,
            kind="project",
            title=f"Film {number}",
            started=f"20{10 + number % 17}",
            stage_bits=1 << number % 5,
            format="short",
        )
        for skill in Skill.objects.all()[: 1 + number % 12]:
            Evidence.objects.create(entry=each.entry_ptr, skill=skill, level=3)
    for number in range(max(2, entries // 10)):
        submission(owner, title=f"Film {number}")
        CPDActivity.objects.create(**fields, kind="cpd", title=f"Course {number}", started="2026", certificate_issuer="Us")
    for entry in Entry.objects.of(owner).filter(kind="project")[:4]:
        Feature.objects.create(entry=entry, attachment=picture(entry))
        Endorsement.objects.create(evidence=entry.evidence.first(), name=f"Bo {entry.pk}", level=3, quote="Calm.")
    return owner, made


@pytest.mark.parametrize("entries", [3, 60])
def test_a_portfolio_costs_the_same_with_few_entries_and_with_many(entries):
    owner, _ = full(entries)
    newest = Entry.objects.of(owner).filter(kind="project").first()
    signed_in = Client()
    signed_in.force_login(make.member())
    found = {}
    for name, client, address in [
        ("page", Client(), ADDRESS),
        ("signed in", signed_in, ADDRESS),
        ("credits", Client(), f"{ADDRESS}credits/"),
        ("entry", Client(), f"{ADDRESS}{newest.pk}/"),
    ]:
        client.get(address)
        found[name] = statements(client, address)

    assert {name: len(said) for name, said in found.items()} == {
        "page": PORTFOLIO,
        "signed in": SIGNED_IN,
        "credits": CREDITS,
        "entry": AN_ENTRY,
    }
    assert [sql for said in found.values() for sql in said if not sql.lstrip("( ").startswith(("SELECT", "WITH"))] == []
    assert [name for name, said in found.items() if len(said) != len(set(said))] == []


def test_nine_sections_weigh_little(ann):
    full(60)

    assert len(page().encode()) < 60 * 1024


def test_a_look_through_a_link_is_written_down_once_an_hour(ann):
    profile(ann)
    link, token = sharing.make_link(owner=ann, name="Priya", ends_at=timezone.now() + timedelta(days=1))
    for _ in range(3):
        page(f"/shared/{token}/")
    type(link).objects.update(last_used_at=timezone.now() - timedelta(minutes=61))
    with CaptureQueriesContext(connection) as said:
        page(f"/shared/{token}/")

    assert [(event.who, event.link) for event in AccessEvent.objects.all()] == [("Priya", link)] * 2
    assert len([query for query in said if query["sql"].startswith(("INSERT", "UPDATE"))]) == 2


def test_the_owner_looking_through_their_own_link_is_nobody(client, ann):
    profile(ann)
    _, token = sharing.make_link(owner=ann, name="Priya", ends_at=timezone.now() + timedelta(days=1))
    client.force_login(ann)

    page(f"/shared/{token}/", client)

    assert AccessEvent.objects.count() == 0


def test_every_page_that_is_open_to_everyone_can_be_reported(ann):
    profile(ann)
    made = credit(ann)
    _, token = sharing.make_link(owner=ann, name="Priya", ends_at=timezone.now() + timedelta(days=1))
    places = {"": "report/", "credits/": "report/", "cv/": "report/", f"{made.pk}/": f"{made.pk}/report/"}

    found = {place: f'href="{ADDRESS}{report}"' in page(f"{ADDRESS}{place}") for place, report in places.items()}

    assert found == dict.fromkeys(places, True)
    assert [place for place in places if "report/" in page(f"/shared/{token}/{place}")] == []
