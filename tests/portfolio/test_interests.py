"""Members keep results of the quiz: for their eyes alone, over time, as many as there is room for."""

import re
from datetime import date

import pytest
from django.test import Client

from careers import interests as quiz
from home.models import GuideVersion
from portfolio import interests
from portfolio.models import InterestResult
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return make.member()


def result(value=4, day=date(2026, 3, 2), **of_type):
    edition = quiz.current(GuideVersion.current())
    return quiz.taken(edition, {each.key: of_type.get(each.letter, value) for each in edition.statements}, day)


def kept(owner):
    return [each.result.code for each in interests.results(owner)]


def said(client):
    page = client.get("/me/interests/").content.decode()
    return page, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_member_keeps_a_result_with_one_button(client, ann):
    found = result(A=5, C=1)
    client.force_login(ann)

    page = client.get(f"/careers/quiz/{found.code}/").content.decode()
    form = re.search(r'<form method="post" action="([^"]+)"><input type="hidden" name="csrfmiddlewaretoken"', page)
    answer = client.post(form[1])

    assert answer.headers["Location"] == "/me/interests/"
    assert kept(ann) == [found.code]
    assert "Kept. Only you see it." in said(client)[1]
    again = client.get(f"/careers/quiz/{found.code}/").content.decode()
    assert ("In your plan" in again, form[1] in again) == (True, False)


def test_a_visitor_signs_in_and_finishes(client, ann):
    found = result()
    ann.emailaddress_set.create(email=ann.email, verified=True, primary=True)

    page = client.get(f"/careers/quiz/{found.code}/").content.decode()
    address = re.search(r'href="(/me/interests/keep/[^"]+)"', page)[1]
    login = client.get(address).headers["Location"]
    back = client.post(login, {"login": ann.email, "password": "a long pass phrase"}).headers["Location"]
    offered = client.get(back)
    client.post(back)

    assert back == address
    assert offered.headers["Referrer-Policy"] == "same-origin"
    assert kept(ann) == [found.code]


def test_a_code_is_kept_only_by_a_form_of_ours(ann):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(ann)

    assert stranger.post(f"/me/interests/keep/{result().code}/").status_code == 403
    assert kept(ann) == []


def test_keeping_twice_keeps_once(ann):
    assert interests.keep(owner=ann, result=result()) is True
    assert interests.keep(owner=ann, result=result()) is False

    assert kept(ann) == [result().code]


def test_results_stand_type_by_type_the_latest_first(client, ann):
    for found in (result(day=date(2026, 3, 2), A=1), result(day=date(2026, 11, 2), A=5)):
        interests.keep(owner=ann, result=found)
    client.force_login(ann)

    page, words = said(client)

    assert "2 results over time" in words
    assert "Interest 2 November 2026 2 March 2026 Realistic 15 15" in words
    assert "Artistic 20 0" in words
    assert f"{result(day=date(2026, 11, 2), A=5).code}/?with={result(day=date(2026, 3, 2), A=1).code}" in page


def test_what_is_deleted_can_be_brought_back(client, ann):
    interests.keep(owner=ann, result=result())
    client.force_login(ann)

    client.post(f"/me/interests/{InterestResult.objects.get().pk}/delete/")
    page, words = said(client)
    note = re.search(r'name="undo" value="([^"]+)"', page)[1]
    assert ("Deleted." in words, "Nothing kept yet" in words, kept(ann)) == (True, True, [])
    client.post("/me/entries/undo/", {"undo": note, "next": "/me/interests/"})

    assert kept(ann) == [result().code]


def test_there_is_room_for_twenty(client, ann):
    for day in range(1, 21):
        interests.keep(owner=ann, result=result(day=date(2026, 3, day)))
    client.force_login(ann)

    client.post(f"/me/interests/keep/{result(day=date(2026, 3, 21)).code}/")

    assert len(kept(ann)) == 20
    assert "You keep 20 results, the most there is room for." in said(client)[1]


def test_nobody_else_reads_or_deletes_a_result(client, ann):
    interests.keep(owner=ann, result=result(A=5, C=1))
    met = make.connection(ann, make.counsellor())
    key = InterestResult.objects.get().pk

    for reader in (met.counsellor, make.member(), make.superuser()):
        client.force_login(reader)
        assert "Nothing kept yet" in said(client)[1]
        assert client.post(f"/me/interests/{key}/delete/").status_code == 404
        assert list(InterestResult.objects.visible_to(reader)) == []
    client.force_login(met.counsellor)
    desk = client.get(f"/counselling/{met.pk}/").content.decode().split("<main")[1].split("</main>")[0]
    assert ("nterests quiz" in desk, result(A=5, C=1).code in desk) == (False, False)
    assert kept(ann) == [result(A=5, C=1).code]


def test_a_code_that_cannot_be_read_is_not_kept(client, ann):
    client.force_login(ann)

    for method in (client.get, client.post):
        assert method(f"/me/interests/keep/{'7' * 30}/").status_code == 404
    assert kept(ann) == []


def test_the_empty_page_and_the_plan_lead_to_the_quiz(client, ann):
    client.force_login(ann)

    assert 'href="/careers/quiz/"' in said(client)[0]
    assert 'href="/careers/quiz/"' in client.get("/me/").content.decode()
    make.entry(ann)
    assert 'href="/me/interests/"' in client.get("/me/").content.decode()


def test_kept_results_read_with_the_statements_they_were_given_to(client, ann):
    interests.keep(owner=ann, result=result(A=5, C=1))
    before = kept(ann)
    mended = quiz.InterestStatement.objects.get(slug="write-a-scene")
    mended.title = "Write a play."
    mended.save_revision().publish()
    interests.keep(owner=ann, result=result(day=date(2026, 11, 2)))
    client.force_login(ann)

    assert kept(ann)[1:] == before
    assert "The statements were not the same each time." in said(client)[1]
