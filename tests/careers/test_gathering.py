"""A profile's rows come by few statements, and are what the ordinary relations hold."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import AlternativeTitle, CareerPage, EntryRoute
from home.prepared import ANY, Together
from tests import make

pytestmark = pytest.mark.django_db


def values(rows):
    return [{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]


@pytest.mark.parametrize("relation", ["alternative_titles", "stage_involvements", "goals", "entry_routes", "tasks"])
def test_gathered_rows_are_those_of_the_relation_in_its_order(relation):
    gathered = CareerPage.objects.get(slug="associate-producer")
    ordinary = CareerPage.objects.get(slug="associate-producer")

    gathered.gather()

    assert values(getattr(gathered, relation).all()) == values(getattr(ordinary, relation).order_by("sort_order"))
    assert getattr(ordinary, relation).exists()


def test_rows_of_several_models_come_by_one_statement():
    career = make.career()
    AlternativeTitle.objects.create(page=career, title="Hand", sort_order=2)
    EntryRoute.objects.create(page=career, kind="work", text="Ask.", status="editorial", sort_order=1)
    both = Together(AlternativeTitle.objects.filter(page=ANY), EntryRoute.objects.filter(page=ANY))

    with CaptureQueriesContext(connection) as captured:
        titles, routes = both.fetch(career.pk)

    assert len(captured) == 1
    assert [(row.title, row.note, row.sort_order, row.page_id) for row in titles] == [("Hand", "", 2, career.pk)]
    assert [(row.kind, row.text, row.source_id, row.status) for row in routes] == [("work", "Ask.", None, "editorial")]


def test_a_model_with_anything_but_numbers_and_text_is_refused():
    with pytest.raises(TypeError, match="Page.translation_key holds neither whole numbers nor text"):
        Together(CareerPage.objects.all(), Group.objects.all())
