"""Querysets whose SQL is written once a process.

Building a statement costs the ORM several times what the database needs to answer it. A prepared queryset keeps the
statement and asks it again with other values; what comes back are ordinary model instances.
"""

from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
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
