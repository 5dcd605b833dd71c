import io
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from portfolio import sharing
from portfolio.models import Attachment, CPDActivity, Endorsement, Entry, Profile, Project
from portfolio.scales import Kind, Visibility
from tests import make
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
SHAPES = ["cv.pdf", "cv/", "resume.json"]
# Stands in everything that is nobody else's, whatever its visibility.
SECRET = "Zqprivate"
SEEN_FROM = {"me": 1, "counsellor": 2, "link": 3, "visitor": 4}


def person(**fields):
    """A member with a public portfolio, and its settings."""
    owner = make.member(first_name=f"{SECRET}first", last_name="X", email=f"{SECRET}@example.org")
    fields = {"visibility": Visibility.PUBLIC, "handle": "wren", "display_name": "Wren Tallow", **fields}
    return Profile.objects.create(owner=owner, **fields)


def said(response):
    """What a reader finds in an answer, without the spaces: a typeset line breaks where it likes."""
    if response.headers["Content-Type"] != "application/pdf":
        return "".join(response.content.decode().split())
    reader = PdfReader(io.BytesIO(response.content))
    text = "".join(page.extract_text() for page in reader.pages) + str(dict(reader.metadata))
    return "".join(text.split()).replace("\u200b", "")


def door(client, profile, how):
    """The address of the portfolio's first page by this door; the owner is signed in for a rehearsal."""
    if how == "handle":
        return f"/people/{profile.handle}/"
    if how == "secret":
        ends = timezone.now() + timedelta(days=7)
        return f"/shared/{sharing.make_link(owner=profile.owner, name=SECRET, ends_at=ends)[1]}/"
    client.force_login(profile.owner)
    return f"/me/portfolio/as/{how}/"


def one_of_each(owner, visibility):
    """A project, a placement, a selection and a training of this visibility, with all that is private about them filled in."""
    name, on = f"Open{visibility:d}", {"visibility": visibility, "reflection": SECRET}
    skill = make.skill(f"{name}skill")
    project = make.entry(
        owner, f"{name}project", skills=[skill], budget_band="micro", uncredited_reason=SECRET, synopsis=f"{SECRET}synopsis", **on
    )
    piece = project.evidence.get()
    piece.note = SECRET
    piece.save()
    Endorsement.objects.create(evidence=piece, name=f"{name}endorser", level=3, quote=f"{name}quote")
    Attachment.objects.create(entry=project, medium="pdf", name=SECRET, content_type="application/pdf", size=1)
    placement = {"supervisor_name": SECRET, "supervisor_email": f"{SECRET}@example.org", "early_end_reason": SECRET}
    make.entry(owner, f"{name}placement", kind="internship", objectives=SECRET, **placement, **on)
    festival = {"fee": 7, "waiver_code": SECRET, "tracking_number": SECRET, "screener_link": f"https://x.example/{SECRET}"}
    selected = {"submission_status": "in-consideration", "judging_status": "selected", "announced_on": "2026-01-02"}
    make.entry(owner, f"{name}festival", kind="festival", organisation=f"{name}fest", **festival, **selected, **on)
    certificate = {"certificate_issuer": f"{name}issuer", "certificate_issued": "2026-01-02", "certificate_number": SECRET}
    make.entry(owner, f"{name}training", kind="cpd", funded_by=SECRET, aim=SECRET, outcome=SECRET, **certificate, **on)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("how", ["handle", "secret", "me", "counsellor", "link", "visitor"])
def test_a_cv_holds_what_its_audience_may_see_and_nothing_else(client, how, shape):
    profile = person()
    for visibility in Visibility:
        one_of_each(profile.owner, visibility)
    for state in ("draft", "planned", "cancelled"):
        make.entry(profile.owner, f"{SECRET}{state}", state=state, visibility=4)
    make.entry(profile.owner, f"{SECRET}binned", visibility=4, deleted_at=timezone.now())
    make.entry(profile.owner, f"{SECRET}suspended", visibility=4, suspended_at=timezone.now())
    lost = {"submission_status": "in-consideration", "announced_on": "2026-01-02"}
    make.entry(profile.owner, f"{SECRET}rejected", kind="festival", visibility=4, judging_status="not-selected", **lost)
    early = {**lost, "announced_on": "2999-01-02", "judging_status": "winner"}
    make.entry(profile.owner, f"{SECRET}embargo", kind="festival", visibility=4, **early)

    found = said(client.get(door(client, profile, how) + shape))

    level = {"handle": 4, "secret": 3, **SEEN_FROM}[how]
    parts = ["project", "placement", "festival", "fest", "training", "issuer", "skill", "quote", "endorser"]
    shown = {f"Open{each:d}{part}" for each in Visibility for part in parts if f"Open{each:d}{part}" in found}
    assert shown == {f"Open{each:d}{part}" for each in Visibility if each >= level for part in parts}
    assert SECRET.lower() not in found.lower()
    assert "WrenTallow" in found


@pytest.mark.parametrize("shape", SHAPES)
def test_a_link_to_some_entries_gives_a_cv_of_those(client, shape):
    profile = person()
    kept = make.entry(profile.owner, "Keptproject", visibility=3)
    make.entry(profile.owner, "Otherproject", visibility=4)
    ends = timezone.now() + timedelta(days=7)
    _, token = sharing.make_link(owner=profile.owner, name="One", ends_at=ends, entries=[kept.pk])

    found = said(client.get(f"/shared/{token}/{shape}"))

    assert ("Keptproject" in found, "Otherproject" in found, token in found) == (True, False, shape == "cv/")


@pytest.mark.parametrize("shape", SHAPES)
def test_sections_that_are_switched_off_are_left_out(client, shape):
    sections = ["laurels", "about", "credits", "skills", "endorsements", "training", "links"]
    about = {"about": "Openabout", "links": [{"label": "Openlabel", "url": "https://example.org/Openlink"}]}
    profile = person(hidden=sections, shows_hours=False, headline="Openheadline", **about)
    one_of_each(profile.owner, Visibility.PUBLIC)
    Entry.objects.update(minutes=777)

    found = said(client.get(f"/people/wren/{shape}"))

    assert "Openheadline" in found
    assert [word for word in ("Open4", "Openabout", "Openlabel", "Openlink", "12hours57") if word in found] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_hours_stand_there_only_if_the_owner_shows_them(client, shape):
    profile = person()
    make.entry(profile.owner, visibility=4, minutes=777)
    shown = "12hours57minutes" in said(client.get(f"/people/wren/{shape}"))

    Profile.objects.update(shows_hours=False)

    assert (shown, "12hours57minutes" in said(client.get(f"/people/wren/{shape}"))) == (True, False)


def test_sections_stand_in_their_owners_order(client):
    profile = person(order=["training", "skills", "credits"])
    one_of_each(profile.owner, Visibility.PUBLIC)

    found = said(client.get("/people/wren/cv.pdf"))

    places = [found.index(word) for word in ("Open4training", "Skills,withevidence", "Open4project", "Open4quote")]
    assert places == sorted(places)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_skills_of_the_role_come_first_and_credits_name_them(client, shape):
    profile = person()
    wanted, other = make.skill("Zinging"), make.skill("Abacus")
    role = make.career("Puppeteer", skills=[wanted], slug="puppeteer")
    for _ in range(3):
        make.entry(profile.owner, visibility=4, skills=[other])
    make.entry(profile.owner, "Both", visibility=4, skills=[wanted, other])
    plain = said(client.get(f"/people/wren/{shape}"))

    found = said(client.get(f"/people/wren/{shape}?role={role.slug}"))

    assert plain.rindex("Abacus") < plain.rindex("Zinging") if shape != "resume.json" else "Puppeteer" not in plain
    assert "Puppeteer" in found
    assert found.rindex("Zinging") < found.rindex("Abacus")


def test_a_credit_names_all_its_skills_or_those_the_role_asks_for(client):
    profile = person()
    wanted, other = make.skill("Zinging"), make.skill("Abacus")
    role = make.career("Puppeteer", skills=[wanted], slug="puppeteer")
    make.entry(profile.owner, "Both", visibility=4, skills=[(wanted, 3), (other, 4)])

    lines = [said(client.get(f"/people/wren/cv.pdf{query}")) for query in ("", f"?role={role.slug}")]

    assert ["Shows:Abacus,Zinging" in line for line in lines] == [True, False]
    assert ["Shows:Zinging" in line for line in lines] == [False, True]


@pytest.mark.parametrize(
    "query",
    ["role=nowhere", "role=%00", "role=" + "a" * 100_000, "paper=parchment", "role=🎬&paper=%E2%80%AE", "role=a&role=b", "x=1"],
)
@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_no_role_and_no_paper_counts_as_not_said(client, query, shape):
    profile = person()
    make.entry(profile.owner, "Openproject", visibility=4)

    response = client.get(f"/people/wren/{shape}?{query}")

    assert (response.status_code, "Openproject" in said(response)) == (200, True)


def test_a_role_that_is_not_published_is_no_role(client):
    person()
    career = make.career("Zqdraftrole", slug="zqdraft")
    career.unpublish()

    assert "Zqdraftrole" not in said(client.get("/people/wren/cv/?role=zqdraft"))


@pytest.mark.parametrize(("paper", "size"), [("", (595, 842)), ("a4", (595, 842)), ("letter", (612, 792))])
def test_the_paper_is_the_one_asked_for(client, paper, size):
    person()

    page = PdfReader(io.BytesIO(client.get(f"/people/wren/cv.pdf?paper={paper}").content)).pages[0].mediabox

    assert (round(page.width), round(page.height)) == size


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Zoë Łukasz-O’Neil", "Zoe-ukasz-ONeil-CV.pdf"),
        ("沙", "CV.pdf"),
        ("../../etc/passwd", "etc-passwd-CV.pdf"),
        ('a"; filename="b.exe', "a-filename-b-exe-CV.pdf"),
        ("a\r\nSet-Cookie: x", "a-Set-Cookie-x-CV.pdf"),
    ],
)
def test_the_file_bears_the_name_in_ascii(client, name, file):
    person(display_name=name)

    response = client.get("/people/wren/cv.pdf")

    assert response.headers["Content-Disposition"] == f'inline; filename="{file}"'
    assert response.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("how", "is_indexed", "robots", "cache"),
    [
        ("handle", True, None, "private, no-cache"),
        ("handle", False, "noindex", "private, no-cache"),
        ("secret", True, "noindex", "private, no-store"),
        ("visitor", True, "noindex", "private, no-store"),
    ],
)
def test_search_engines_and_caches_are_told_as_the_door_says(client, how, is_indexed, robots, cache, shape):
    profile = person(is_indexed=is_indexed)

    headers = client.get(door(client, profile, how) + shape).headers

    assert (headers.get("X-Robots-Tag"), headers["Cache-Control"]) == (robots, cache)


def test_the_address_stands_in_it_only_while_it_opens_for_everybody(client):
    profile = person()
    ways = {how: door(client, profile, how) for how in ("handle", "secret", "me")}
    there = {how: "/people/wren/" in said(client.get(place + "cv.pdf")) for how, place in ways.items()}

    Profile.objects.update(visibility=Visibility.LINK)

    assert there == {"handle": True, "secret": False, "me": True}
    assert "/people/wren/" not in said(client.get(ways["me"] + "cv.pdf"))


def test_without_a_display_name_only_the_owner_gets_their_accounts_name(client):
    profile = person(display_name="")

    shown = {how: said(client.get(door(client, profile, how) + "resume.json")) for how in ("handle", "me")}

    assert (SECRET in shown["handle"], f"{SECRET}firstX" in shown["me"], "@" in shown["me"]) == (False, True, False)


# Under 18


@pytest.mark.parametrize("age_band", ["16-17", "", "13-15"])
def test_under_18_a_cv_is_their_own_and_for_their_counsellor(client, age_band):
    owner = make.member(age_band=age_band)
    Profile.objects.create(owner=owner, visibility=Visibility.PUBLIC, handle="young", display_name="Kit")
    make.entry(owner, "Openproject", visibility=4)
    outside = [client.get(f"/people/young/{shape}").status_code for shape in SHAPES]
    client.force_login(owner)

    inside = {level: [client.get(f"/me/portfolio/as/{level}/{shape}").status_code for shape in SHAPES] for level in SEEN_FROM}

    assert outside == [404, 404, 404]
    assert inside == {"me": [200] * 3, "counsellor": [200] * 3, "link": [404] * 3, "visitor": [404] * 3}
    assert "/people/" not in said(client.get("/me/portfolio/as/me/cv.pdf"))


# The owner's page


def test_the_page_offers_the_readers_there_are_with_what_each_finds(client):
    owner = make.member()
    for visibility in (1, 2, 2, 4):
        make.entry(owner, visibility=visibility)
    make.entry(owner, kind="cpd", visibility=3)
    client.force_login(owner)

    form = client.get("/me/cv/").context["form"]

    assert [label.partition("(")[2] for _, label in form.fields["level"].choices] == [
        "1 project)",
        "1 project, 1 training)",
        "3 projects, 1 training)",
        "4 projects, 1 training)",
    ]
    assert form["level"].value() == "visitor"


def test_the_page_starts_from_the_most_open_reader_who_finds_anything(client):
    owner = make.member()
    make.entry(owner, visibility=2)
    client.force_login(owner)

    assert client.get("/me/cv/").context["form"]["level"].value() == "counsellor"


def test_under_18_there_is_no_reader_beyond_the_counsellor(client):
    client.force_login(make.member(age_band="16-17"))

    form = client.get("/me/cv/").context["form"]
    refused = client.get("/me/cv/?level=visitor&role=&paper=a4&shape=pdf")

    assert [word for word, _ in form.fields["level"].choices] == ["counsellor", "me"]
    assert refused.status_code == 422


def test_target_roles_come_first(client):
    owner = make.member()
    make.goal(owner, make.career("Zither tuner", slug="zither"))
    client.force_login(owner)

    _, (_, targets), (_, others) = client.get("/me/cv/").context["form"].fields["role"].choices

    assert targets == [("zither", "Zither tuner")]
    assert ("producer", "Producer") in others
    assert ("zither", "Zither tuner") not in others


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("level=me&role=&paper=a4&shape=pdf", "/me/portfolio/as/me/cv.pdf"),
        ("level=link&role=producer&paper=letter&shape=pdf", "/me/portfolio/as/link/cv.pdf?role=producer&paper=letter"),
        ("level=visitor&role=producer&paper=a4&shape=page", "/me/portfolio/as/visitor/cv/?role=producer"),
        ("level=counsellor&role=&paper=letter&shape=json", "/me/portfolio/as/counsellor/resume.json?paper=letter"),
    ],
)
def test_what_was_chosen_leads_to_the_document(client, asked, leads):
    client.force_login(make.member())

    response = client.get(f"/me/cv/?{asked}")

    assert (response.status_code, response.headers["Location"]) == (302, leads)


@pytest.mark.parametrize(
    "asked",
    [
        "shape=pdf",
        "level=everybody&paper=a4&shape=pdf",
        "level=me&paper=a4&shape=exe",
        "level=me&paper=a4&shape=pdf&role=nowhere",
        "level=me&paper=%00&shape=pdf",
        "level=" + "9" * 100_000 + "&paper=a4&shape=pdf",
    ],
)
def test_what_cannot_be_chosen_is_said_and_what_can_stays(client, asked):
    client.force_login(make.member())

    response = client.get(f"/me/cv/?{asked}")

    assert (response.status_code, bool(response.context["form"].errors)) == (422, True)
    assert (" checked>" in response.content.decode()) == ("level=me" in asked or "paper=a4" in asked)


def test_characters_that_no_typeface_has_are_counted_on_the_page(client):
    owner = make.member()
    make.entry(owner, "海边 Low Water", visibility=1)
    client.force_login(owner)

    assert client.get("/me/cv/").context["lost"] == 2


# Statements: a warm process, the rows that a member really has

BUDGETS = [
    ("/people/wren/cv.pdf", 9),
    ("/people/wren/cv/", 9),
    ("/people/wren/resume.json", 9),
    ("/people/wren/cv.pdf?role=producer", 11),
]


def crowd(profile, number):
    fields = {"owner": profile.owner, "started": "2026", "visibility": 4, "state": "completed"}
    for count in range(number):
        project = Project.objects.create(**fields, kind=Kind.PROJECT, title=f"Film {count}")
        piece = project.evidence.create(skill=make.skill(), level=3)
        Endorsement.objects.create(evidence=piece, name=f"Bo {count}", level=3, quote="Good.")
        CPDActivity.objects.create(**fields, kind=Kind.CPD, title=f"Course {count}")


def test_a_cv_costs_the_same_with_three_entries_and_with_three_hundred(client):
    profile = person()
    found = {}
    for number in (3, 297):
        crowd(profile, number)
        for address, _ in BUDGETS:
            client.get(address)
        found[number] = [(address, len(statements(client, address))) for address, _ in BUDGETS]

    assert found == {3: BUDGETS, 297: BUDGETS}


def test_the_owners_page_costs_the_same_with_three_entries_and_with_three_hundred(client):
    profile = person()
    client.force_login(profile.owner)
    found = {}
    for number in (3, 297):
        crowd(profile, number)
        client.get("/me/cv/")
        found[number] = len(statements(client, "/me/cv/"))

    assert found == {3: 15, 297: 15}


def test_a_long_record_is_cut_off_and_says_so(client):
    profile = person()
    crowd(profile, 205)

    found = said(client.get("/people/wren/cv.pdf"))

    assert ("Thelatest200of205." in found, "Thelatest60of205." in found) == (True, True)


# JSON


def test_the_public_resume_says_where_it_is_from_and_no_other_does(client):
    profile = person()

    metas = {
        how: json.loads(client.get(door(client, profile, how) + "resume.json").content).get("meta")
        for how in ("handle", "secret", "me", "visitor")
    }

    assert metas["handle"]["canonical"].endswith("/people/wren/resume.json")
    assert {how: meta for how, meta in metas.items() if how != "handle"} == {"secret": None, "me": None, "visitor": None}
