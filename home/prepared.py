"""Querysets whose SQL is written once a process.

Building a statement costs the ORM several times what the database needs to answer it. A prepared queryset keeps the
statement and asks it again with other values; what comes back are ordinary model instances.
"""

from typing import Any

from django.db import connection
from django.db.models import CharField, F, IntegerField, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.db.models.query import get_related_populators

# Stands for the value that is asked each time; no key or slug is ever this.
ANY = -1_987_654_321


class Prepared:
    """The statement of a queryset in which ANY stands for one value; select_related(), only() and annotate() are kept."""

    def __init__(self, queryset: QuerySet[Any]):
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        info, select = compiler.klass_info, compiler.select
        self.model: type[Model] = info["model"]
        self.start, self.end = info["select_fields"][0], info["select_fields"][-1] + 1
        self.names = [column[0].target.attname for column in select[self.start : self.end]]
        self.annotations = compiler.annotation_col_map or {}
        self.related = get_related_populators(info, select, connection.alias)
        self.converters = compiler.get_converters([column[0] for column in select])
        self.convert = compiler.apply_converters

    def fetch(self, value: Any) -> list[Any]:
        """The instances for the value, in the queryset's order."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [value if param == ANY else param for param in self.params])
            rows = cursor.fetchall()
        if self.converters:
            rows = self.convert(rows, self.converters)
        return [self.instance(row) for row in rows]

    def instance(self, row: Any) -> Model:
        made = self.model.from_db(connection.alias, self.names, row[self.start : self.end])
        for name, place in self.annotations.items():
            setattr(made, name, row[place])
        for populator in self.related:
            populator.populate(row, made)
        return made


class Together:
    """The prepared rows of several models in one statement, for models that hold whole numbers and text alone.

    Their columns are laid side by side, numbers to numbers and text to text, so that the databases accept the union.
    """

    def __init__(self, *querysets: QuerySet[Any]):
        self.models = [queryset.model for queryset in querysets]
        self.places = [columns(model) for model in self.models]
        widths = [max(len(place[side]) for place in self.places) for side in (0, 1)]
        written = [
            self.written(number, queryset, widths).query.get_compiler(connection=connection).as_sql()
            for number, queryset in enumerate(querysets)
        ]
        self.sql = " UNION ALL ".join(sql for sql, _ in written)
        self.params = [param for _, params in written for param in params]
        self.start_of_text = 1 + widths[0]

    def written(self, number: int, queryset: QuerySet[Any], widths: list[int]) -> QuerySet[Any]:
        """The queryset with its number first, then its columns, filled up to the widths."""
        numbers, texts = ([F(name) for name in names] for names in self.places[number])
        numbers += [Cast(None, IntegerField())] * (widths[0] - len(numbers))
        texts += [Cast(None, TextField())] * (widths[1] - len(texts))
        named = {f"column_{place}": expression for place, expression in enumerate([Value(number), *numbers, *texts])}
        return queryset.order_by().annotate(**named).values_list(*named)

    def fetch(self, value: Any) -> list[list[Any]]:
        """The instances for the value, a list a queryset; in no order."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [value if param == ANY else param for param in self.params])
            rows = cursor.fetchall()
        found: list[list[Any]] = [[] for _ in self.models]
        for row in rows:
            found[row[0]].append(self.instance(row))
        return found

    def instance(self, row: Any) -> Model:
        (numbers, texts), model = self.places[row[0]], self.models[row[0]]
        held = dict(zip(numbers, row[1:], strict=False)) | dict(zip(texts, row[self.start_of_text :], strict=False))
        names = [field.attname for field in model._meta.concrete_fields]
        return model.from_db(connection.alias, names, [held[name] for name in names])


def columns(model: type[Model]) -> tuple[list[str], list[str]]:
    """The names of the model's columns: those of whole numbers, and those of text."""
    numbers, texts = [], []
    for field in model._meta.concrete_fields:
        holds = field
        while holds.is_relation:
            holds = holds.target_field
        if isinstance(holds, IntegerField):
            numbers.append(field.attname)
        elif isinstance(holds, CharField | TextField):
            texts.append(field.attname)
        else:
            raise TypeError(f"{field} holds neither whole numbers nor text.")
    return numbers, texts
