"""Hostile questions to the API: each gets an answer that says what is wrong, none breaks it, none tells a secret."""

import itertools

import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.api.root import ENDPOINTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_A_MINUTE = 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("limit=1000000000", "limit: Ensure this value is less than or equal to 100."),
        ("limit=0", "limit: Ensure this value is greater than or equal to 1."),
        ("limit=all", "limit: Enter a whole number."),
        ("offset=-1", "offset: Ensure this value is greater than or equal to 0."),
        (f"offset={10**20}", "offset: Ensure this value is less than or equal to 1000000."),
        ("order=owner__password", "order: take one of id, -id, title, -title, family, -family"),
        ("order=random", "order: take one of id, -id, title, -title, family, -family"),
        ("family=secret", "family: take one of people, creative, production, business, technical, safety"),
        ("fields=owner", "unknown fields: owner"),
        ("fields=title,,", "fields: unexpected char ',' at position 6"),
        ("fields=careers(id,owner(email))", "fields: the rows of careers are given whole"),
        ("rich_text_format=db_html", "rich_text_format: take one of html, markdown"),
        ("slug=../../etc/passwd", "slug: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
        ("search=%00", "search: Null characters are not allowed."),
        (
            "requirements__page__owner__email=x",
            "unknown: requirements__page__owner__email; "
            "this takes family, fields, limit, offset, order, rich_text_format, search, slug",
        ),
    ],
)
def test_a_question_that_makes_no_sense_is_told_why(client, asked, said):
    answer = client.get(f"/api/v2/skills/?{asked}")

    assert (answer.status_code, answer.json()) == (400, {"message": said})


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("find/", 400, "say which one: id or slug"),
        ("find/?slug=no-such-skill", 404, "No Skill matches the given query."),
        ("find/?id=x", 400, "id: Enter a whole number."),
        (f"find/?id={10**20}", 404, "No Skill matches the given query."),
        (f"{10**20}/", 404, "No Skill matches the given query."),
        ("1/?limit=1", 400, "unknown: limit; this takes fields, rich_text_format"),
    ],
)
def test_so_is_a_question_about_one_thing(client, asked, status, said):
    answer = client.get(f"/api/v2/skills/{asked}")

    assert (answer.status_code, answer.json()) == (status, {"message": said})


def test_a_browser_gets_json_too(client):
    answer = client.get("/api/v2/skills/?limit=1", headers={"accept": "text/html"})

    assert answer.headers["Content-Type"] == "application/json"


def test_nothing_can_be_written(client):
    for method in ("post", "put", "patch", "delete", "options"):
        answer = getattr(client, method)("/api/v2/skills/")
        assert (answer.status_code, answer.json()) == (405, {"message": f'Method "{method.upper()}" not allowed.'})


NAMES = "limit offset order fields search slug id skill family status kind country rich_text_format page format type _".split()
VALUES = [
    *("", "0", "-1", "1e9", "NaN", "null", "true", "[]", "{}", "%", "*", "_", "-", "_,", "*,-", "(", ")", ",", "title,-title"),
    *(
        "9" * 5000,
        "a" * 5000,
        "(" * 500,
        "a(" * 200,
        "\x00",
        "\ud7ff",
        "\U0001f3ac",
        "'\"; DROP TABLE x; --",
        "title:*",
        "NEAR(a b)",
    ),
    *("AND OR NOT", '"', "a&b|c!(", "<->", "../..", "<script>", "id__gt", "owner__password", "-id,-title", "１２", "١٢"),
]


def test_a_list_of_nasty_questions_never_breaks_it(client):
    broken = []
    for (kind, name), value in itertools.product(zip(itertools.cycle(ENDPOINTS), NAMES, strict=False), VALUES):
        for place in ("", "find/", "1/"):
            answer = client.get(f"/api/v2/{kind}/{place}?{urlencode({name: value})}")
            if answer.status_code not in (200, 302, 400, 404) or len(answer.content) > 200_000:
                broken.append((kind, place, name, value[:40], answer.status_code))
            if answer.status_code >= 400 and not 0 < len(answer.json()["message"]) < 1000:
                broken.append((kind, place, name, value[:40], answer.content[:200]))
    assert broken == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(ENDPOINTS)),
    st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=20), st.text(max_size=60), max_size=4),
)
def test_no_question_breaks_it(client, kind, question):
    safe = {name.encode(errors="replace"): value.encode(errors="replace") for name, value in question.items()}

    answer = client.get(f"/api/v2/{kind}/?{urlencode(safe)}")

    assert answer.status_code in (200, 400)
    assert isinstance(answer.json(), dict)
