"""The list of courses: search, facets, order by a gap, and who is shown what."""

from decimal import Decimal

import pytest
from django.core.cache import caches

from careers.models import Skill
from courses.models import Course
from tests import make
from tests.portfolio import record
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
HOUR = {"length_status": "confirmed"}
PRICE = {"cost_status": "confirmed"}


@pytest.fixture(autouse=True)
def nothing_but_ours():
    """The courses of the guide stay out of the way of the few that a test makes."""
    Course.objects.all().delete()


@pytest.fixture
def strings():
    return make.skill("String work", slug="strings")


@pytest.fixture
def glue():
    return make.skill("Glueing", slug="glue")


def titles(response):
    return [shown.card.title for shown in response.context["results"].page]


def facet(response, name):
    found = next(each for each in response.context["results"].facets if each.name == name)
    return {option.value: option.count for option in found.options}


def test_a_course_is_found_by_title_provider_skill_and_what_it_says(client, strings):
    make.course("Puppets One", summary="All about marionettes.", teaches=[strings], provider=make.provider("Aardvark Academy"))
    make.course("Something else")

    for words in ("puppet", "aardv", "string", "marionettes"):
        assert titles(client.get("/courses/", {"q": words})) == ["Puppets One"], words


def test_called_so_comes_before_mentioned(client, strings):
    make.course("Aardvark", teaches=[strings])
    make.course("String work for all")

    assert titles(client.get("/courses/?q=string")) == ["String work for all", "Aardvark"]


def test_facets_narrow_and_count_and_what_nobody_checked_is_counted_so(client, strings, glue):
    make.course("Free", teaches=[strings], cost="free", mode="online", hours=2, **PRICE, **HOUR)
    make.course("Said to be free", teaches=[strings, glue], cost="free", mode="online", hours=2, age_from=16, age_to=19)
    make.course("Paid", cost="paid", mode="in-person", hours=30, age_from=18, **PRICE, **HOUR)

    page = client.get("/courses/?skill=strings")

    assert titles(page) == ["Free", "Said to be free"]
    assert facet(page, "skill") == {"strings": 2, "glue": 1}
    assert {name: number for name, number in facet(page, "cost").items() if number} == {"free": 1, "unknown": 1}
    assert {name: number for name, number in facet(page, "hours").items() if number} == {"2": 1, "unknown": 1}
    assert facet(page, "age") == {"13": 0, "16": 1, "18": 1, "19": 1, "25": 0, "unknown": 1}
    assert titles(client.get("/courses/?age=18")) == ["Paid", "Said to be free"]
    assert titles(client.get("/courses/?hours=40&cost=paid")) == ["Paid"]


def test_each_chip_leads_to_the_list_without_it(client, strings):
    make.course(teaches=[strings], mode="online")
    role = record.role("Puppeteer", strings=(2, 3))

    found = client.get(f"/courses/?q=budget&skill=strings&mode=online&role={role.slug}&sort=title").context["results"]

    assert [(chip.label, chip.address) for chip in found.chips] == [
        ("“budget”", f"?skill=strings&mode=online&role={role.slug}&sort=title"),
        ("String work", f"?q=budget&mode=online&role={role.slug}&sort=title"),
        ("Online", f"?q=budget&skill=strings&role={role.slug}&sort=title"),
        ("For: Puppeteer", "?q=budget&skill=strings&mode=online&sort=title"),
    ]


def test_nothing_found_names_the_choice_to_drop(client, strings, glue):
    make.course("One", teaches=[strings], mode="online")
    make.course("Two", teaches=[glue], mode="in-person")

    results = client.get("/courses/?skill=strings&mode=in-person").context["results"]

    assert (results.total, results.drop.label, results.drop.count) == (0, "String work", 1)


def test_a_misspelt_word_is_offered_right(client, strings):
    make.course("Puppets One")

    results = client.get("/courses/?q=pupetts").context["results"]

    assert (results.total, results.did_you_mean, results.did_you_mean_address) == (0, "puppets", "?q=puppets")


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("title", ["A", "B", "C", "D", "E"]),
        ("shortest", ["C", "B", "A", "D", "E"]),
        ("cheapest", ["B", "E", "C", "A", "D"]),
    ],
)
def test_orders_put_what_nobody_checked_last(client, sort, found):
    make.course("A", cost="paid", price_low=90, price_high=120, currency="GBP", hours=40, **PRICE, **HOUR)
    make.course("B", cost="free", hours=Decimal("2.5"), **PRICE, **HOUR)
    make.course("C", cost="paid", price_low=20, currency="GBP", hours=1, **PRICE, **HOUR)
    make.course("D", cost="free", hours=1)
    make.course("E", cost="free-to-study", **PRICE)

    assert titles(client.get(f"/courses/?sort={sort}")) == found


def test_for_a_role_what_closes_most_of_its_gap_comes_first_with_the_reason(client, strings, glue):
    role = record.role("Puppeteer", strings=(3, 3), glue=(2, 1))
    make.course("Also", teaches=[(glue, 4)])
    make.course("Best", teaches=[(strings, 3)])
    make.course("Other")
    make.course("Practice", teaches=[(strings, 1)])

    page = client.get(f"/courses/?role={role.slug}")

    assert [(shown.card.title, shown.reason) for shown in page.context["results"].page] == [
        ("Best", "Teaches string work on your own, the level this role asks; essential."),
        ("Also", "Teaches glueing to the point of leading others, above the level this role asks; useful."),
        (
            "Practice",
            "Teaches string work at the level of study; this role asks for it on your own, so it counts as practice. "
            "The skill is essential.",
        ),
        ("Other", ""),
    ]
    assert "First what closes most of what Puppeteer asks for." in page.content.decode()


def test_a_members_own_gap_orders_the_list_for_them_and_for_nobody_else(client, strings, glue):
    role = record.role("Puppeteer", strings=(2, 1), glue=(2, 1))
    make.course("Glue", teaches=[glue])
    make.course("Strings", teaches=[strings])
    ann = make.member()
    record.aim(ann, role)
    record.entry(ann, {"glue": 3})

    before = client.get(f"/courses/?role={role.slug}")
    client.force_login(ann)
    own, aimed = client.get("/courses/?sort=gap"), client.get(f"/courses/?role={role.slug}")
    client.logout()
    after = client.get(f"/courses/?role={role.slug}")

    assert titles(own) == titles(aimed) == ["Strings", "Glue"]
    assert [bool(shown.reason) for shown in own.context["results"].page] == [True, False]
    assert "your own gap to Puppeteer" in own.content.decode()
    assert titles(before) == ["Glue", "Strings"]
    assert before.content == after.content
    assert own.headers["Cache-Control"] == "private, no-store"
    assert before.headers["Cache-Control"].startswith("public")


def test_by_gap_without_a_role_the_order_is_by_title_and_says_what_to_do(client):
    make.course("B")
    make.course("A")

    for person in (None, make.member()):
        if person:
            client.force_login(person)
        page = client.get("/courses/?sort=gap")
        assert titles(page) == ["A", "B"]
        assert "Choose a role among the filters" in page.content.decode()


def test_what_is_not_published_is_nowhere(client, strings):
    course = make.course("Hidden course", teaches=[strings])
    role = record.role("Puppeteer", strings=(2, 3))
    places = ["/courses/", "/courses/?q=hidden", "/search/?q=hidden", "/sitemap.xml", "/skills/strings/", role.get_absolute_url()]
    seen = [course.slug in client.get(place).content.decode() for place in places]
    course.unpublish()

    assert seen == [True] * len(places)
    assert [course.slug in client.get(place).content.decode() for place in places] == [False] * len(places)
    assert client.get(course.get_absolute_url()).status_code == 404


def test_no_courses_yet_leads_on(client):
    assert "No courses here yet" in client.get("/courses/").content.decode()


def test_refining_gets_the_part_that_changes_and_going_back_gets_the_page(client):
    make.course()
    part = client.get("/courses/?mode=online", headers={"HX-Request": "true"})
    back = client.get("/courses/?mode=online", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert ("<html" in part.content.decode(), 'id="results"' in part.content.decode()) == (False, True)
    assert "<html" in back.content.decode()
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize(
    "query",
    [
        "q=%22",
        "q=%00",
        "q=" + "a" * 20_000,
        "q=*&q=OR&q=NEAR(a b)",
        "q=%ff%fe",
        "q=<script>alert(1)</script>",
        "q=منتج",
        "skill=nothing&provider=%00&age=-1&hours=1e9&role=nobody&sort=gap",
        "page=100000000000000000000",
        "page=-1",
        "sort=drop+table&role=%ff",
        "skill=" + "&skill=".join(["strings"] * 5000),
    ],
)
def test_any_question_gets_a_page(client, strings, query):
    make.course(teaches=[strings])

    response = client.get(f"/courses/?{query}")

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_the_list_costs_the_same_with_one_course_and_with_five_hundred(client):
    skill = Skill.objects.get(slug="budgeting")
    addresses = ["/courses/", "/courses/?role=producer", "/courses/?q=budget&skill=budgeting"]

    def costs():
        caches["guide"].clear()
        cold = [len(statements(client, address)) for address in addresses[:1]]
        return cold + [len(statements(client, address)) for address in addresses]

    make.course(teaches=[skill])
    client.get("/courses/")
    few = costs()
    kept = Course.objects.get()
    made = Course.objects.bulk_create(
        Course(title=f"Course {number}", slug=f"c-{number}", provider=kept.provider, kind="online", url=kept.url)
        for number in range(499)
    )
    for each in made[:50]:
        each.outcomes.create(skill=skill, level=2)

    assert (few, costs()) == ([4, 1, 1, 2], [4, 1, 1, 2])
