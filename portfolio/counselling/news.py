"""News for somebody about counselling, told by mail."""

from home.models import User

from ..models import Connection, Notice
from ..scales import News


def tell(*, owner: User, what: News, connection: Connection | None = None) -> Notice:
    """What the owner is to be told, kept for the next mail; made within the caller's transaction."""
    return Notice.objects.create(owner=owner, what=what, connection=connection)
