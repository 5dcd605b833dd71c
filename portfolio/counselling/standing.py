"""Where things stand between a student and their counsellors, as the student reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import User

from ..models import AccessEvent, Connection, Entry
from ..scales import Scope, State, Visibility
from .querysets import COUNSELLORS

# How many of each sort a page lists.
MOST = 100
LOOKS_A_PAGE = 50
WORDS = {
    "open": _("Sees what you share"),
    "asked": _("Waiting for their answer"),
    "agreed": _("Waiting for your decision"),
    "over": _("Its time is over"),
    "gone": _("Does not work as a counsellor now"),
    "ended": _("Ended"),
}
LAMPS = {"open": "go", "asked": "standby", "agreed": "standby"}


@dataclass(frozen=True, slots=True)
class Tie:
    """A connection as its student's pages show it: `state` is a key of WORDS."""

    connection: Connection
    state: str

    @property
    def words(self) -> str:
        return WORDS[self.state]

    @property
    def lamp(self) -> str:
        return LAMPS.get(self.state, "off")

    @property
    def shared(self) -> list[str]:
        """What is shared, in words."""
        return [str(scope.label) for scope in Scope if scope in self.connection.shared]

    @property
    def may_change(self) -> bool:
        return self.state in ("open", "agreed", "over")

    @property
    def may_end(self) -> bool:
        return self.state != "ended"


def state_of(connection: Connection, now: datetime) -> str:
    """Where a connection that came from of() stands."""
    if connection.ended_at:
        return "ended"
    if not connection.counsels:
        return "gone"
    if not connection.granted_at:
        return "agreed" if connection.agreed_at else "asked"
    return "open" if connection.ends_at > now else "over"


def of(student: User) -> QuerySet[Connection]:
    """The student's connections, latest first, with whether each one's counsellor still counsels."""
    counsellors = User.objects.filter(pk=OuterRef("counsellor"), is_active=True, groups__name=COUNSELLORS)
    return Connection.objects.visible_to(student).filter(student=student).annotate(counsels=Exists(counsellors))


def ties(student: User, now: datetime) -> list[Tie]:
    """Everything between the student and counsellors, with when each last looked: one statement."""
    found = of(student).annotate(looked_at=Max("looks__at")).order_by("-asked_at", "-pk")[:MOST]
    return [Tie(each, state_of(each, now)) for each in found]


def tie(connection: Connection) -> Tie:
    """The one connection, which came from of()."""
    return Tie(connection, state_of(connection, timezone.now()))


def looks(student: User, connection: Connection, before: int) -> tuple[list[AccessEvent], int]:
    """Every look of this counsellor's, newest first, from before the key; and the key that the next page begins before."""
    found = AccessEvent.objects.visible_to(student).filter(connection=connection).order_by("-pk")
    page = list((found.filter(pk__lt=before) if before else found)[: LOOKS_A_PAGE + 1])
    more = page[LOOKS_A_PAGE - 1].pk if len(page) > LOOKS_A_PAGE else 0
    return page[:LOOKS_A_PAGE], more


def shown_entries(student: User) -> int:
    """How many entries a counsellor sees to whom the student shares them."""
    mine = Entry.objects.of(student).filter(visibility__gte=Visibility.COUNSELLOR, suspended_at=None)
    return mine.exclude(state=State.DRAFT).count()


def shares_entries(student: User) -> bool:
    """Whether a counsellor sees the student's entries at this moment."""
    return Connection.objects.visible_to(student).open().filter(student=student, shares_entries=True).exists()
