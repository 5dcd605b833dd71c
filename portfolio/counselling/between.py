"""What every verb between a student and a counsellor begins and ends with: the connection held, the other side told."""

from django.db.models import QuerySet
from django.utils.translation import gettext

from ..asking import name_of
from ..models import Connection
from ..scales import News, Scope, Side
from . import news


class NotPossible(ValueError):
    """Something that cannot be done; its text is a sentence for whoever tried."""


class Closed(NotPossible):
    """The connection does not give the counsellor this any more."""

    def __init__(self) -> None:
        super().__init__(gettext("This is not open any more: the connection has ended, or this part is no longer shared."))


def hold(connection: int) -> None:
    """Hold the connection until the transaction ends, so that what is done between two people comes one after another."""
    list(Connection.objects.select_for_update().filter(pk=connection))


def held(connection: int, *scopes: Scope) -> Connection:
    """The connection, held until the transaction ends. Raises Closed unless it is open and shares all of these."""
    hold(connection)
    # Read anew: what was asked before the lock may have changed while it was waited for.
    found = with_both(Connection.objects.open()).filter(pk=connection, **{f"shares_{scope}": True for scope in scopes}).first()
    if not found:
        raise Closed
    return found


def with_both(connections: QuerySet[Connection]) -> QuerySet[Connection]:
    """The connections with both people and what they go by."""
    return connections.select_related("student__profile", "counsellor__counsellor")


def tell(connection: Connection, side: Side, what: News) -> None:
    """Have this side of the connection told, if the account is there."""
    person = connection.student if side == Side.STUDENT else connection.counsellor
    if person:
        news.tell(owner=person, what=what, connection=connection)


def called(connection: Connection, side: Side) -> str:
    """The name that this side goes by with the other."""
    if side == Side.COUNSELLOR:
        return connection.counsellor_name
    return connection.student_name or name_of(connection.student) or gettext("The student")
