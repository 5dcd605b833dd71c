"""Statements that are written once a process and asked again with other values; they bring rows, not instances."""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from home.prepared import ANY

# What stands for the values of a statement beside ANY: a second key, a text and a day.
OTHER = ANY - 1
WORD = "{word}"
DAY = date(1, 2, 3)


class Rows:
    """The statement of a values_list() queryset; the values to ask with stand in it as ANY, OTHER, WORD and DAY."""

    def __init__(self, queryset: QuerySet[Any, Any]):
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        self.day = connection.ops.adapt_datefield_value(DAY)
        self.converters = compiler.get_converters([column[0] for column in compiler.select])
        self.convert = compiler.apply_converters

    def fetch(self, key: int, other: int | None = None, word: str | None = None, day: date | None = None) -> list[Any]:
        """The rows for these values, in the queryset's order."""
        values = {ANY: key, OTHER: other, WORD: word, self.day: connection.ops.adapt_datefield_value(day)}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [values.get(param, param) for param in self.params])
            rows = cursor.fetchall()
        return list(self.convert(rows, self.converters)) if self.converters else rows
