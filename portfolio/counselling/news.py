"""News about counselling, put down to be told by mail: at most one mail a day."""

from home.models import User

from ..models import Connection, Notice
from ..scales import News


def tell(*, owner: User, what: News, connection: Connection | None = None) -> Notice:
    """The news, which waits for the owner's next mail."""
    return Notice.objects.create(owner=owner, what=what, connection=connection)
