"""News for the other side of a connection, written down to be told by mail."""

from home.models import User

from ..models import Connection, Notice
from ..scales import News


def tell(*, owner: User, what: News, connection: Connection | None = None) -> Notice:
    """News for the owner, who is told by the next mail; to be called within the transaction of what happened."""
    return Notice.objects.create(owner=owner, what=what, connection=connection)
