"""The ways to a portfolio: its handle, a secret link, a counsellor's desk, or its owner looking as somebody else.

Each page asks only here.
"""

from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from home.secret import HEADERS, kept_secret

from .. import clocks, guesses, sharing
from ..counselling.audiences import audience_of
from ..finding import EVERYBODY
from ..models import AccessEvent, Connection, Profile, ShareLink
from ..scales import Look, Visibility
from ..services import profile_of, widest
from ..viewers import Audience
from .calendar import too_many
from .counselling.door import closed, for_counsellors, note_look

# "me" is everything its owner logged, in the shape that others would see it in.
REHEARSALS = {
    "me": Visibility.ME,
    "counsellor": Visibility.COUNSELLOR,
    "link": Visibility.LINK,
    "visitor": Visibility.PUBLIC,
}
# What a student reads of a look from the desk, by the name of the page; files are noted once an hour.
PARTS = {"entry": gettext_noop("entry"), "cv": gettext_noop("CV"), "cv_pdf": "CV", "resume": "CV"}
FILES = ("file", "preview", "captions")
# What stands on a portfolio beside its owner's words, and so stays as it is where those are not shared.
SETTINGS = ("time_zone", "order", "hidden", "shows_hours")


@dataclass(frozen=True, slots=True)
class Door:
    """A portfolio and who looks at it; `base` is the address of its first page, which all others begin with.

    `level` is what the looker sees from. `link` is the secret link, `rehearsal` the word for whom the owner looks as,
    `connection` what the owner lets this counsellor see.
    """

    profile: Profile
    viewer: object
    base: str
    level: Visibility
    link: ShareLink | None = None
    rehearsal: str = ""
    connection: Connection | None = None

    @property
    def owner(self) -> int:
        return self.profile.owner_id

    @property
    def today(self):
        return clocks.today(timezone.now(), self.profile.time_zone)

    @property
    def is_public(self) -> bool:
        """Whether anybody comes in here: only then are there messages, reports and a preview for other sites."""
        return self.level == Visibility.PUBLIC and not self.rehearsal

    @property
    def is_indexed(self) -> bool:
        return self.is_public and self.profile.is_indexed


def through_door(view):
    """The view of a portfolio's page, given a Door for the handle, token, level or connection in its address.

    Whatever does not open answers 404, whyever it does not.
    """

    @wraps(view)
    def opened(request, *args, handle=None, token=None, level=None, connection=None, **kwargs):
        if handle is not None:
            return kept_fresh(view(request, by_handle(request, handle), *args, **kwargs))
        if connection is not None:
            return from_desk(request, connection, view, *args, **kwargs)
        if level is not None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if level is not None:
            return kept_secret(view(request, as_another(request, level), *args, **kwargs))
        if guesses.are_too_many(request):
            return too_many(request)
        return kept_secret(view(request, by_link(request, token), *args, **kwargs))

    return opened


def by_handle(request: HttpRequest, handle: str) -> Door:
    """A portfolio that is public; everybody gets the same, its owner and whoever is signed in as well."""
    everybody = Profile.objects.visible_to(EVERYBODY).filter(handle=handle)
    profile = everybody.select_related("owner", "career").first()
    if not profile:
        raise Http404
    return Door(profile, EVERYBODY, reverse("portfolio:people:page", args=[handle]), Visibility.PUBLIC)


def by_link(request: HttpRequest, token: str) -> Door:
    now = timezone.now()
    link = sharing.link_of(token, now)
    if not link:
        guesses.count(request)
        raise Http404
    if request.method == "GET" and request.user != link.owner:
        sharing.note_look(link=link, now=now)
    base = reverse("portfolio:shared:page", args=[token])
    return Door(link.owner.profile, sharing.audience_of(link), base, Visibility.LINK, link=link)


def as_another(request: HttpRequest, word: str) -> Door:
    """The owner's own portfolio as others would see it if it were open to them."""
    level = REHEARSALS.get(word)
    if not level or level > widest(request.user):
        raise Http404
    viewer = Audience(request.user.pk, level, is_rehearsal=True)
    base = reverse("portfolio:rehearsal:page", args=[word])
    return Door(profile_of(request.user), viewer, base, level, rehearsal=word)


@for_counsellors
def from_desk(request: HttpRequest, connection: int, view, /, *args, **kwargs) -> HttpResponse:
    """The page of a student's portfolio for their counsellor, put on the student's record; closed is closed, whyever."""
    door = by_connection(request, connection)
    if not door:
        return kept_secret(closed(request))
    response = view(request, door, *args, **kwargs)
    if request.method == "GET" and response.status_code in (200, 206):
        note_desk(door.connection, request.resolver_match.url_name, kwargs)
    return kept_secret(response)


def by_connection(request: HttpRequest, pk: int) -> Door | None:
    """A student's portfolio as far as they share it with this counsellor: their own words, their entries, or both."""
    found = Connection.objects.of_counsellor(request.user).filter(pk=pk).select_related("student").first()
    if not found or not (found.shares_profile or found.shares_entries):
        return None
    viewer = audience_of(found)
    profile = Profile.objects.visible_to(viewer).select_related("owner", "career").first()
    if not profile:
        return None
    base = reverse("portfolio:desk:page", args=[found.pk])
    return Door(shared_words(found, profile), viewer, base, Visibility.COUNSELLOR, connection=found)


def shared_words(connection: Connection, profile: Profile) -> Profile:
    """The student's profile, or one with nothing in it but the name that the counsellor knows."""
    if connection.shares_profile:
        profile.display_name = profile.display_name or connection.student_name
        return profile
    kept = {name: getattr(profile, name) for name in SETTINGS}
    return Profile(owner=connection.student, display_name=connection.student_name, **kept)


def note_desk(connection: Connection, name: str, kwargs) -> None:
    if name in FILES:
        since = timezone.now() - sharing.A_LOOK
        if not AccessEvent.objects.filter(
            owner=connection.student_id, at__gt=since, connection=connection, part="files"
        ).exists():
            note_look(connection, Look.DESK, gettext_noop("files"))
        return
    note_look(connection, Look.DESK, PARTS.get(name, gettext_noop("portfolio")), entry=kwargs.get("pk"))


def kept_fresh(response: HttpResponse) -> HttpResponse:
    """The response kept by nobody on the way: what its owner takes back is gone with the next request."""
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def noindex(response: HttpResponse, door: Door) -> HttpResponse:
    """The response, closed to search engines unless the owner asked them in."""
    if not door.is_indexed:
        response.headers["X-Robots-Tag"] = HEADERS["X-Robots-Tag"]
    return response
