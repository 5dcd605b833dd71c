"""A counsellor as somebody who looks at a student's record: stands wherever `visible_to()` takes a viewer."""

from ..models import Connection
from ..scales import Visibility
from ..viewers import Audience


def audience_of(connection: Connection) -> Audience:
    """What an open connection lets its counsellor see of the student's entries: those shared with counsellors, or none."""
    only = None if connection.shares_entries else frozenset()
    return Audience(connection.student_id, Visibility.COUNSELLOR, only)
