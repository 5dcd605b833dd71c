"""Roles that ask for the same skills: the count, and what a profile says of it."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import CareerStep, SkillRequirement
from careers.similar import FEWEST, FLOOR, MOST, Ask, Role, Roles, likeness
from home.models import GuideVersion
from tests import make

asks = st.builds(Ask, st.integers(1, 4), st.integers(1, 3))
lists = st.dictionaries(st.integers(1, 8), asks, max_size=8)
guides = st.lists(lists, max_size=8).map(
    lambda found: [Role(key, f"role-{key}", f"Role {key}", each) for key, each in enumerate(found)]
)


def score(one, other):
    """How like one list of skills another is; 0 under the floor."""
    return Roles([Role(1, "other", "Other", other)]).scores(one).get(1, 0)


def titles(near):
    return [found.role.title for found in near.roles]


# The count


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({1: Ask(3, 3), 2: Ask(2, 1)}, {1: Ask(3, 3), 2: Ask(2, 1)}, 1),
        ({1: Ask(3, 3), 2: Ask(2, 1)}, {1: Ask(2, 3), 2: Ask(4, 1)}, (3 * 0.75 + 1 * 0.5) / 4),
        ({1: Ask(3, 3), 2: Ask(2, 1)}, {1: Ask(3, 1), 2: Ask(2, 2)}, (1 + 1) / (3 + 2)),
        ({1: Ask(3, 3), 2: Ask(2, 2), 3: Ask(1, 3)}, {1: Ask(3, 3), 2: Ask(2, 2), 4: Ask(1, 2)}, 5 / (5 + 3 + 2)),
        ({1: Ask(1, 1), 2: Ask(1, 1), 3: Ask(1, 3)}, {1: Ask(1, 1), 2: Ask(1, 1), 4: Ask(1, 3)}, 2 / 8),
        ({1: Ask(1, 1), 2: Ask(1, 1), 3: Ask(1, 3)}, {1: Ask(4, 1), 2: Ask(4, 1), 4: Ask(1, 3)}, 0),
        ({1: Ask(3, 3)}, {1: Ask(3, 3)}, 0),
        ({}, {}, 0),
    ],
    ids=["the same", "levels apart", "importances apart", "some shared", "over the floor", "under it", "one skill", "none"],
)
def test_likeness_is_what_is_shared_of_what_is_asked(one, other, expected):
    assert score(one, other) == pytest.approx(expected)


@given(lists, lists)
def test_two_roles_are_as_alike_from_either_side(one, other):
    assert score(one, other) == score(other, one)


@given(lists, lists)
def test_likeness_lies_between_the_floor_and_one_and_one_is_the_same_list(one, other):
    found = score(one, other)

    assert found == 0 or FLOOR <= found <= 1
    assert (found == 1) == (one == other and len(one) >= FEWEST)


@given(lists, lists, st.integers(1, 4))
def test_an_essential_skill_that_is_not_shared_never_raises_likeness(one, other, level):
    assert score({**one, 99: Ask(level, 3)}, other) <= score(one, other)


@given(guides)
def test_a_role_is_never_near_itself_and_at_most_five_are_listed(guide):
    roles = Roles(guide)
    for role in guide:
        near = roles.near(role.asks, but=[role.key])

        assert role.key not in {found.role.key for found in near.roles}
        assert len(near.roles) <= MOST
        assert near.more == 0 or len(near.roles) == MOST


@given(guides, lists)
def test_the_most_alike_come_first_whatever_the_order_they_are_given_in(guide, mine):
    near = Roles(guide).near(mine, most=99)

    order = [(-score(mine, found.role.asks), found.role.title) for found in near.roles]
    assert order == sorted(order)
    assert near == Roles(reversed(guide)).near(mine, most=99)


def test_roles_as_alike_as_each_other_stand_by_title():
    same = {1: Ask(3, 3), 2: Ask(3, 3)}
    roles = Roles(Role(key, title.lower(), title, same) for key, title in enumerate(["zebra", "Ant", "bee", "Cow", "dog", "Elk"]))

    near = roles.near(same)

    assert (titles(near), near.more) == (["Ant", "bee", "Cow", "dog", "Elk"], 1)


@given(lists, lists)
def test_every_skill_of_the_other_is_known_deeper_or_new(mine, theirs):
    found = likeness(mine, Role(1, "other", "Other", theirs))

    assert sorted([*found.known, *found.deeper, *found.new]) == sorted(theirs)
    assert set(found.new).isdisjoint(mine)
    assert all(theirs[skill].level <= mine[skill].level for skill in found.known)
    assert all(theirs[skill].level > mine[skill].level for skill in found.deeper)


# The profile


@pytest.fixture
def alone():
    """A guide that asks for nothing: what the seed's careers ask would be in the way."""
    SkillRequirement.objects.all().delete()
    GuideVersion.advance()


def career(title, *asked):
    """A career that asks for the skills: each a skill, a level and an importance."""
    page = make.career(title)
    for skill, level, importance in asked:
        SkillRequirement.objects.create(page=page, skill=skill, level=level, importance=importance)
    GuideVersion.advance()
    return page


def said(client, page):
    """What the profile says under Similar careers."""
    body = client.get(page.get_absolute_url()).content.decode()
    section = body.partition('<section id="next">')[2].partition("</section>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", section))).replace(" .", ".")


@pytest.mark.django_db
class TestProfile:
    pytestmark = pytest.mark.usefixtures("alone")

    def test_it_says_what_is_shared_what_goes_deeper_and_what_is_new(self, client):
        purse, ledger, rope, sewing = map(make.skill, ["Purse keeping", "Ledger reading", "Rope work", "Sewing"])
        mine = career("Puppeteer", (purse, 3, 3), (ledger, 2, 3), (rope, 1, 1))
        other = career("Treasurer", (purse, 3, 3), (ledger, 3, 3), (sewing, 1, 1))
        career("Rigger", (rope, 4, 3), (sewing, 4, 3))

        found = said(client, mine)

        assert "Treasurer 2 of the 4 skills that the two ask for are the same." in found
        assert "You would already know: Purse keeping. At a higher level: Ledger reading. New: Sewing." in found
        assert "Rigger" not in found
        assert "You would already know: Purse keeping, Ledger reading. New: Rope work." in said(client, other)

    def test_a_career_that_editors_chose_stands_once_with_what_it_shares(self, client):
        purse, ledger = make.skill("Purse keeping"), make.skill("Ledger reading")
        mine, chosen = (career(title, (purse, 3, 3), (ledger, 2, 3)) for title in ("Puppeteer", "Treasurer"))
        far = career("Stage hand", (make.skill("Rope work"), 1, 1))
        for step, to in enumerate((chosen, far)):
            CareerStep.objects.create(page=mine, to=to, kind="lateral", note="Sits beside it", sort_order=step)
        GuideVersion.advance()

        found = said(client, mine)

        assert found.count("Treasurer") == 2  # its name, and in the words of its link
        assert "Sits beside it 2 of the 2 skills that the two ask for are the same." in found
        assert "The two ask for no skill in common. New: Rope work." in found
        assert "No other role asks for enough of the same skills to be called similar." in found

    def test_it_leads_to_the_two_side_by_side(self, client):
        both = [(make.skill(), 3, 3), (make.skill(), 3, 3)]
        mine, other = career("Puppeteer", *both), career("Treasurer", *both)

        body = client.get(mine.get_absolute_url()).content.decode()

        assert f'href="/careers/compare/?role={mine.slug}&amp;role={other.slug}"' in body
        assert (
            f'href="/careers/compare/?role={mine.slug}">Compare<span class="visually-hidden"> with another career</span></a>'
            in body
        )

    def test_roles_all_alike_are_five_and_the_number_of_the_rest(self, client):
        both = [(make.skill(), 3, 3), (make.skill(), 3, 3)]
        mine, *_ = (career(f"Puppeteer {number}", *both) for number in range(8))

        found = said(client, mine)

        assert re.findall(r"Puppeteer (\d) 2 of the 2", found) == ["1", "2", "3", "4", "5"]
        assert "2 more roles are similar by the same count." in found

    def test_what_is_so_is_said_where_there_is_nothing_to_go_by(self, client):
        bare = career("Dreamer")
        assert "This guide lists no skills for the role yet" in said(client, bare)

        only = career("Puppeteer", (make.skill(), 3, 3), (make.skill(), 3, 3))
        assert "No other guide lists skills yet" in said(client, only)

        career("Rigger", (make.skill(), 3, 3))
        assert "No role asks for enough of the same skills to be called similar." in said(client, only)

    def test_what_readers_may_not_see_is_not_near(self, client):
        both = [(make.skill("Purse keeping"), 3, 3), (make.skill("Ledger reading"), 3, 3)]
        mine, hidden, closed = (career(title, *both) for title in ("Puppeteer", "Hidden", "Closed"))
        hidden.unpublish()
        make.restricted(closed)
        GuideVersion.advance()

        found = said(client, mine)

        assert "No other guide lists skills yet" in found
        assert "Hidden" not in found
        assert "Closed" not in found

    def test_a_skill_taken_offline_is_not_shared(self, client):
        purse, ledger = make.skill("Purse keeping"), make.skill("Ledger reading")
        mine, _ = (career(title, (purse, 3, 3), (ledger, 2, 3)) for title in ("Puppeteer", "Treasurer"))
        assert "Treasurer" in said(client, mine)

        ledger.live = False
        ledger.save()
        GuideVersion.advance()

        assert "Treasurer" not in said(client, mine)
