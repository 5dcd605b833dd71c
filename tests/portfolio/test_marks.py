"""What a career's page shows of its reader, on top of a body that is the same for everybody."""

import pytest

from careers.models import CareerPage
from portfolio.models import Goal
from portfolio.templatetags.record import lamp, ticks, ticks_filter
from tests import make
from tests.portfolio import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return record.role("Puppeteer", strings=(2, 3), glue=(1, 1))


def html(client, page):
    return client.get(page.get_absolute_url()).content.decode()


def test_a_visitor_gets_links_and_no_form_token(client, role):
    page = html(client, role)

    assert f'href="/me/roles/{role.slug}/"' in page
    assert f'href="/careers/{role.slug}/try/"' in page
    assert [word for word in ("csrf", "skill-yours", "Your target role") if word in page] == []


def test_a_visitors_page_is_the_same_after_a_member_has_read_it(client, role):
    before = html(client, role)
    ann = make.user()
    record.aim(ann, role)
    record.entry(ann, {"strings": 2})
    client.force_login(ann)
    marked = html(client, role)
    client.logout()

    assert html(client, role) == before
    assert marked != before


def test_a_member_sees_their_own_pieces_at_each_skill(client, role):
    ann = make.user()
    record.entry(ann, {"strings": 2}, stages=[3])
    record.entry(ann, {"strings": 1})
    record.entry(make.user(), {"glue": 1})
    client.force_login(ann)

    page = html(client, role)

    assert '<i data-stage="3"></i><i data-practice></i><i></i></span> <span class="num small">You have 1 of 3</span>' in page
    assert '<i></i></span> <span class="num small">You have 0 of 1</span>' in page
    assert "<!--" not in page


def test_choosing_on_the_page_lights_the_lamp_there(client, role):
    ann = make.user()
    client.force_login(ann)
    before = html(client, role)

    back = client.post(f"/me/roles/{role.slug}/", {"do": "choose", "back": "guide"}).headers["Location"]
    after = html(client, role)

    assert ('name="do" value="choose"' in before, "Your target role" in before) == (True, False)
    assert ('name="do" value="choose"' in after, "Your target role" in after) == (False, True)
    assert (back, Goal.objects.get().owner) == (role.get_absolute_url(), ann)


def test_a_session_without_a_member_gets_what_a_visitor_gets(client, role):
    client.post(f"/careers/{role.slug}/try/", {"strings": "1"})

    page = html(client, role)

    assert f'href="/me/roles/{role.slug}/"' in page
    assert "csrf" not in page


def test_a_draft_of_a_career_is_drawn_with_its_links(rf):
    page = CareerPage(title="New", slug="new", summary="New.")

    assert 'href="/me/roles/new/"' in page.drawn()["body"]


def test_eight_marks_at_most_and_dashed_ones_for_what_is_missing():
    assert ticks_filter([1] * 12).count("<i ") == 8
    assert ticks_filter((2, 0), 1) == (
        '<span class="ticks" aria-hidden="true"><i data-stage="2"></i><i data-stage="0"></i><i></i></span>'
    )
    assert ticks((), 2, 5).count("data-practice") == 2


def test_a_lamp_has_its_word():
    assert lamp("go") == '<span class="lamp" data-state="go">Covered</span>'
    assert lamp("standby", "<b>") == '<span class="lamp" data-state="standby">&lt;b&gt;</span>'
