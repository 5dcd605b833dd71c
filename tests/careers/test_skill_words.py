"""What skills are called in the reader's language: the shipped ones by the catalogs, the others as editors wrote them."""

import re

import pytest
from django.utils import translation

from careers.models import Skill
from careers.skill_words import SHIPPED, by_name, skill_name
from home.words import fold
from tests import make
from tests.heads import of_type

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<h3><a href="(/fr/skills/[^"]+)">([^<]+)</a></h3>')


def test_the_shipped_skills_are_those_of_the_guide():
    assert sorted(str(title) for title in SHIPPED) == sorted(Skill.objects.values_list("title", flat=True))


def test_every_shipped_skill_has_a_name_of_its_own_in_every_language():
    for language in ("fr", "es"):
        with translation.override(language):
            assert len({str(title) for title in SHIPPED}) == len(SHIPPED)


def test_a_skill_that_editors_wrote_is_read_as_they_wrote_it():
    with translation.override("fr"):
        assert (skill_name("Puppetry"), skill_name("Lighting"), skill_name("")) == ("Puppetry", "Éclairage", "")


def test_names_are_in_their_own_order():
    with translation.override("fr"):
        assert by_name([(1, "Time management"), (2, "Lighting"), (3, "Puppetry")]) == [
            (2, "Éclairage"),
            (1, "Gestion du temps"),
            (3, "Puppetry"),
        ]


def test_the_list_of_skills_is_in_french_and_tells_machines_the_same(client):
    make.skill(title="Zograscopy", family="technical")
    page = client.get("/fr/skills/").content.decode()
    rows = dict(ROW.findall(page))

    assert rows["/fr/skills/colour/"] == "Étalonnage"
    assert "Zograscopy" in rows.values()
    told = [term["name"] for term in of_type(page, "DefinedTermSet")["hasDefinedTerm"]]
    assert told == list(rows.values())
    for family in re.split(r"<h2", page)[1:]:
        names = [name for _, name in ROW.findall(family)]
        assert names == sorted(names, key=fold)


def test_a_skill_s_page_is_headed_in_french_and_the_english_one_as_ever(client):
    assert re.search(r"<h1[^>]*>Étalonnage</h1>", client.get("/fr/skills/colour/").content.decode())
    assert re.search(r"<h1[^>]*>Colour grading</h1>", client.get("/skills/colour/").content.decode())


def test_a_member_reads_and_chooses_skills_in_french(client):
    owner = make.member()
    lighting, shadows = Skill.objects.get(slug="lighting"), make.skill(title="Shadow play")
    make.goal(owner, make.career(skills=[lighting, shadows]))
    client.force_login(owner)

    plan, form = (client.get(address).content.decode() for address in ("/fr/me/", "/fr/me/entries/new/project/"))

    assert "Éclairage" in plan
    assert "Shadow play" in plan
    assert re.findall(r"<option value=\"\d+\">(Éclairage|Lighting|Shadow play)</option>", form)[:2] == [
        "Éclairage",
        "Shadow play",
    ]
