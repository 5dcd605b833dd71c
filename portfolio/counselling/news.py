"""News for somebody, told by mail once the transaction is sure: at most one mail a day (decision 15)."""

from home.background import hand_over
from home.models import User

from .. import tasks
from ..models import Connection, Notice
from ..scales import News


def tell(*, owner: User | None, what: News, connection: Connection | None = None) -> Notice | None:
    """A piece of news for the owner, made in the caller's transaction; none for a counsellor whose account is gone.

    The first of a day goes out at once, what follows waits until the day is over and goes together.
    """
    if owner is None:
        return None
    made = Notice.objects.create(owner=owner, what=what, connection=connection)
    hand_over(tasks.send_news, owner.pk)
    return made
