"""The caseload as a table for a spreadsheet."""

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from ..leaving.archive import write_table
from ..scales import Scope
from .caseload import Row

COLUMNS = (
    "student",
    "group",
    "status",
    "target role",
    "skills covered",
    "skills asked",
    "biggest gap",
    "not opened",
    "open",
    "overdue",
    "finished",
    "last entry",
)


def written(found: Iterable[Row]) -> str:
    """The rows as CSV (RFC 4180), no cell of it a formula; what a student does not share is "Not shared"."""
    text = io.StringIO()
    write_table(text, COLUMNS, (cells(row) for row in found))
    return text.getvalue()


def cells(row: Row) -> list[Any]:
    logged = row.signs.last_logged
    return [row.name, row.cohort_name, row.status.word, *gap_cells(row), *step_cells(row), logged.isoformat() if logged else ""]


def gap_cells(row: Row) -> list[Any]:
    if Scope.GAP not in row.shared:
        return [gettext("Not shared")] * 4
    role = row.target.title if row.target else ""
    return [role, row.gap.covered, len(row.gap.skills), row.biggest] if row.gap else [role, "", "", ""]


def step_cells(row: Row) -> list[Any]:
    steps = row.steps
    return [steps.unopened, steps.open, steps.overdue, steps.done] if steps else [gettext("Not shared")] * 4
