"""The quiz as readers meet it: nothing is stored, nothing is lost, and what is wrong is said."""

import re
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from careers import interests
from careers.models import CareerPage, InterestStatement, QuizEdition
from home.models import GuideVersion
from tests import make
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
STATEMENTS = "/careers/quiz/statements/"


def edition():
    return interests.current(GuideVersion.current())


def answers(value=3, **of_type):
    """The same answer to everything, or by type the answers to its five statements."""
    given = {letter: iter(of_type.get(letter, str(value) * 5)) for letter in "RIASEC"}
    return {each.key: int(next(given[each.letter])) for each in edition().statements}


def posted(given, **more):
    return {"edition": edition().number, **{f"s-{key}": value for key, value in given.items() if value}, **more}


def code_of(given, day=None):
    return interests.taken(edition(), given, day).code


def text(response):
    body = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body[body.index("<main") : body.index("</main>")]))


def test_answers_lead_to_an_address_that_holds_them_and_nothing_is_stored(client):
    given = answers(A="55555", I="44444", C="11111")
    with CaptureQueriesContext(connection) as said:
        sent = client.post(STATEMENTS, posted(given))
        found = client.get(sent.headers["Location"])

    assert found.context["result"].answers == given
    assert found.context["result"].taken_on == timezone.localdate()
    assert "Artistic, Investigative, Realistic, Social and Enterprising come first." in text(found)
    assert (sent.cookies, found.cookies, Session.objects.count()) == ({}, {}, 0)
    assert [query["sql"] for query in said if not query["sql"].startswith("SELECT")] == []


def test_a_result_is_a_secret_address(client):
    for place in ("", "?with=x", "statements/"):
        response = client.get(f"/careers/quiz/{code_of(answers(4))}/{place}")

        secret = {name: response.headers[name] for name in ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")}
        kept = "private, no-cache" if place == "statements/" else "private, no-store"
        assert secret == {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Cache-Control": kept}
    assert re.findall("/careers/quiz/[^<]*", client.get("/sitemap.xml").content.decode()) == ["/careers/quiz/"]


@pytest.mark.parametrize("place", ["", "how/", "statements/"])
def test_the_pages_that_are_the_same_for_everybody_may_be_kept_by_a_proxy(client, place):
    response = client.get(f"/careers/quiz/{place}")

    assert response.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert response.cookies == {}


def test_roles_come_in_order_with_the_letters_they_are_near_by(client):
    CareerPage.objects.update(holland_code="")
    near, far = make.career("Glassblower", holland_code="RA", holland_status="confirmed"), make.career("Clerk", holland_code="CE")

    found = client.get(f"/careers/quiz/{code_of(answers(R='55555', A='44444', C='11111'))}/")

    shown = text(found)
    assert [fit.role.slug for fit in found.context["fits"]] == [near.slug, far.slug]
    assert "Its letters, the strongest first: Realistic (your first, 20), Artistic (your second, 15). Together 18 of 20" in shown
    assert "Its letters, the strongest first: Conventional (your sixth, 0), Enterprising (your joint third, 10)" in shown
    assert shown.count("Letters: our suggestion") == 1
    assert shown.index("Glassblower") < shown.index("Clerk")


def test_a_role_that_is_not_public_is_not_ranked(client):
    make.restricted(make.career("Spy", holland_code="RIA"))
    hidden = make.career("Ghost", holland_code="RIA")
    hidden.unpublish()

    shown = text(client.get(f"/careers/quiz/{code_of(answers(R='55555'))}/"))

    assert ("Spy" in shown, "Ghost" in shown) == (False, False)


def test_half_an_answer_is_read_and_leads_on_to_the_rest(client):
    given = answers(0, R="55550", A="11111")

    address = client.post(STATEMENTS, posted(given)).headers["Location"]
    found = client.get(address)

    shown = text(found)
    missing = next(each for each in edition().statements if each.letter == "R" and not given[each.key])
    assert "9 of 30 statements answered" in shown
    assert "No clear order yet." in shown
    assert "rests on 4 of 5 answers" in shown
    assert "Not ranked: you have answered nothing about" in shown
    assert f'href="{address}statements/#s-{missing.key}"' in found.content.decode()


def test_flat_answers_are_not_made_into_an_order(client):
    shown = text(client.get(f"/careers/quiz/{code_of(answers(4))}/"))

    assert "Your answers put nothing first." in shown
    assert "Roles, from A to Z" in shown
    assert "your first" not in shown


def test_roles_are_not_numbered_when_the_order_means_little(client):
    def numbers(given):
        page = client.get(f"/careers/quiz/{code_of(given)}/").content.decode()
        return re.findall(r'<p class="fit-place num">(\d*)', page)

    assert numbers(answers(3, A="44443")) == [""] * 21
    assert numbers(answers(3, A="55555"))[0] == "1"


def test_answers_are_there_to_be_changed(client):
    given = answers(0, R="12345")

    page = client.get(f"/careers/quiz/{code_of(given)}/statements/").content.decode()

    ticked = dict(re.findall(r'name="s-([\w-]+)" value="(\d)" checked', page))
    assert ticked == {key: str(value) for key, value in given.items() if value}


def test_nothing_answered_is_said_and_not_counted(client):
    response = client.post(STATEMENTS, posted({}))

    assert response.status_code == 422
    assert "Nothing is answered yet. One answer is enough to begin with." in text(response)
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("value", ["6", "0", "-1", "1.5", "x", "٣", "3\x00", "3" * 500])
def test_a_wrong_answer_is_named_and_the_others_stay(client, value):
    first, second = (each.key for each in edition().statements[:2])

    response = client.post(STATEMENTS, posted({first: value, second: 5}))

    page = response.content.decode()
    assert response.status_code == 422
    assert f'<li><a href="#s-{first}">' in page
    assert "Choose one of the five answers, or none." in page
    assert re.findall(r'name="s-([\w-]+)" value="(\d)" checked', page) == [(second, "5")]


def test_statements_that_are_not_asked_count_for_nothing(client):
    given = answers(4)

    sent = client.post(STATEMENTS, posted(given, **{"s-fly-to-the-moon": "5", "s-": "5", "fly": "x" * 10_000}))

    assert client.get(sent.headers["Location"]).context["result"].answers == given


def test_ten_thousand_fields_are_refused(client):
    response = client.post(STATEMENTS, {f"s-{number}": "3" for number in range(10_000)})

    assert response.status_code == 400


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "99", "9" * 30])
def test_an_edition_that_never_was_is_the_one_of_now(client, number):
    sent = client.post(STATEMENTS, posted(answers(4)) | {"edition": number})

    assert client.get(sent.headers["Location"]).context["result"].edition == edition()


def test_a_code_is_opened_however_it_is_typed(client):
    code = code_of(answers(4))

    typed = client.post("/careers/quiz/open/", {"code": f" {code.lower().replace('-', ' ')} "})
    bent = client.get(f"/careers/quiz/{code.lower()}/")

    assert typed.headers["Location"] == bent.headers["Location"] == f"/careers/quiz/{code}/"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda code: code[:-1], "A code has 30 letters and figures; this one has 29."),
        (lambda code: code[:-1] + ("7" if code[-1] != "7" else "8"), "It does not hold together"),
        (lambda code: code[:-1] + "é", "It holds a character that no code has."),
        (lambda code: code * 2000, "A code has 30 letters and figures"),
        (lambda code: "--", "There is no code in what you typed."),
    ],
)
def test_a_code_that_cannot_be_read_is_told_why(client, spoil, reason):
    spoilt = spoil(code_of(answers(4)))

    by_address = client.get(f"/careers/quiz/{spoilt}/")
    to_change = client.get(f"/careers/quiz/{spoilt}/statements/")

    for response in (by_address, to_change):
        assert response.status_code == 404
        assert reason in text(response)
        assert response.headers["Cache-Control"] == "private, no-store"
    typed = client.post("/careers/quiz/open/", {"code": spoilt})
    assert typed.status_code == 422
    assert ("longer than a code" if len(spoilt) > 200 else reason) in text(typed)


def test_a_code_of_another_site_does_not_open(client):
    with override_settings(SECRET_KEY="somebody else's secret"):
        code = code_of(answers(4))

    assert "or the code was made on another site" in text(client.get(f"/careers/quiz/{code}/"))


def test_a_code_outlives_the_secret_it_was_sealed_with(client):
    code = code_of(answers(4))

    with override_settings(SECRET_KEY="a new secret", SECRET_KEY_FALLBACKS=["in between", interests.settings.SECRET_KEY]):
        resealed = client.get(f"/careers/quiz/{code}/").headers["Location"]
        found = client.get(resealed)

    assert resealed != f"/careers/quiz/{code}/"
    assert found.context["result"].answers == answers(4)


def test_an_earlier_result_stands_beside_a_later_one(client):
    then, now = code_of(answers(R="11111"), date(2026, 3, 2)), code_of(answers(R="55555"), date(2026, 11, 2))

    for first, second in ((then, now), (now, then)):
        found = client.get(f"/careers/quiz/{first}/?with={second}")

        assert (found.context["before"].code, found.context["after"].code) == (then, now)
        shown = text(found)
        assert "Realistic 0 20 20 more" in shown
        assert "2 March 2026 2 November 2026" in shown


def test_an_earlier_code_is_typed_on_the_result(client):
    then, now = code_of(answers(4), date(2026, 3, 2)), code_of(answers(5))

    sent = client.post("/careers/quiz/open/", {"code": then.lower(), "beside": now})

    assert sent.headers["Location"] == f"/careers/quiz/{now}/?with={then}"


@pytest.mark.parametrize(
    ("other", "reason"), [("nonsense", "A code has 30 letters and figures; this one has 8."), ("", "this same result")]
)
def test_a_result_that_cannot_stand_beside_is_told_why(client, other, reason):
    code = code_of(answers(4))

    found = client.get(f"/careers/quiz/{code}/?with={other or code}")

    assert found.status_code == 200
    assert f"The other result is not shown. {reason}" in text(found).replace("That is the code of ", "")


def test_taking_it_again_starts_empty_and_ends_beside_the_first(client):
    then = code_of(answers(4), date(2026, 3, 2))

    page = client.get(f"/careers/quiz/{then}/statements/?afresh").content.decode()
    before = re.search(r'name="before" value="([^"]+)"', page)[1]
    sent = client.post(STATEMENTS, posted(answers(5), before=before))

    assert re.findall(r'value="(\d)" checked', page) == []
    assert sent.headers["Location"].endswith(f"/?with={then}")


def test_an_old_code_opens_after_the_statements_changed_and_says_so(client):
    given = answers(R="55555")
    code, old = code_of(given), edition()
    page = client.get(STATEMENTS).content.decode()
    statement = InterestStatement.objects.get(slug="pack-the-van")
    statement.title = "Pack three vans before sunrise."
    statement.save_revision().publish()

    found = client.get(f"/careers/quiz/{code}/")
    changed = client.get(f"/careers/quiz/{code}/statements/").content.decode()
    late = client.post(STATEMENTS, {"edition": re.search(r'name="edition" value="(\d+)"', page)[1], "s-pack-the-van": "5"})

    assert edition().number == old.number + 1
    assert found.context["result"].answers == given
    assert "One of the statements you answered has been changed since." in text(found)
    assert "Pack three vans before sunrise." in changed
    ticked = dict(re.findall(r'name="s-([\w-]+)" value="(\d)" checked', changed))
    assert given.keys() - ticked.keys() == {"pack-the-van"}
    # Somebody had the page open meanwhile: what they answered is what stood there.
    assert client.get(late.headers["Location"]).context["result"].edition == old


def test_a_code_of_an_edition_that_is_not_here_is_told_so(client):
    code = interests.quiz_codes.encode(interests.Taking(77, date(2026, 3, 2), (3,) * 30), interests.keys()[0])

    assert "It belongs to a set of statements that this site does not have." in text(client.get(f"/careers/quiz/{code}/"))


def test_without_statements_there_is_a_way_on(client):
    QuizEdition.objects.all().delete()
    GuideVersion.advance()

    for address in ("/careers/quiz/", STATEMENTS):
        assert "The quiz is not ready yet" in text(client.get(address))
    assert client.post(STATEMENTS, {"s-pack-the-van": "5"}).status_code == 200


def test_the_worked_example_is_worked_with_the_formula(client):
    found = client.get("/careers/quiz/how/")

    shown, fit = text(found), found.context["example"]
    weighted = sum(weight * score.points for weight, score in zip((3, 2, 1), fit.letters, strict=True))
    assert f"Together that is {weighted / 6:.1f} of 20 points." in shown


def test_a_result_takes_one_statement_once_its_parts_are_kept(client):
    address = f"/careers/quiz/{code_of(answers(4))}/?with={code_of(answers(5))}"
    caches["guide"].clear()

    counted = [len(statements(client, address)) for _ in range(2)]
    client.force_login(make.user())
    client.get(address)

    # The guide's number, the edition, the edition of now and the roles; then the number alone. Signed in: session, member,
    # counsellors and whether it is kept.
    assert (counted, len(statements(client, address))) == ([4, 1], 5)


@pytest.mark.parametrize("address", ["/", "/careers/", "/careers/producer/"])
def test_readers_are_led_to_the_quiz(client, address):
    assert 'href="/careers/quiz/"' in client.get(address).content.decode()


def test_everybody_is_offered_a_person(client):
    address = f"/careers/quiz/{code_of(answers(4))}/"
    alone, student = make.member(age_band="13-17"), make.member()
    met = make.connection(student, make.counsellor("Robin Ash"))

    offered = []
    for reader in (None, alone, student):
        if reader:
            client.force_login(reader)
        page = client.get(address).content.decode()
        part = page[page.index('aria-labelledby="talk"') :]
        offered.append(re.search(r'href="([^"]+)"', part)[1])

    assert offered == ["/help/", "/me/counsellors/", f"/me/counsellors/{met.pk}/"]
