"""The ways to a portfolio: its handle, a secret link, or its owner looking as somebody else. Each page asks only here."""

from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from .. import clocks, guesses, sharing
from ..finding import EVERYBODY
from ..models import Profile, ShareLink
from ..scales import Visibility
from ..services import profile_of, widest
from ..viewers import Audience
from .calendar import too_many
from .secret import HEADERS, kept_secret

# "me" is everything its owner logged, in the shape that others would see it in.
REHEARSALS = {
    "me": Visibility.ME,
    "counsellor": Visibility.COUNSELLOR,
    "link": Visibility.LINK,
    "visitor": Visibility.PUBLIC,
}


@dataclass(frozen=True, slots=True)
class Door:
    """A portfolio and who looks at it; `base` is the address of its first page, which all others begin with.

    `level` is what the looker sees from. `link` is the secret link, `rehearsal` the word for whom the owner looks as.
    """

    profile: Profile
    viewer: object
    base: str
    level: Visibility
    link: ShareLink | None = None
    rehearsal: str = ""

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
    """The view of a portfolio's page, given a Door for the handle, token or level in its address.

    Whatever does not open answers 404, whyever it does not.
    """

    @wraps(view)
    def opened(request, *args, handle=None, token=None, level=None, **kwargs):
        if handle is not None:
            return kept_fresh(view(request, by_handle(request, handle), *args, **kwargs))
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


def kept_fresh(response: HttpResponse) -> HttpResponse:
    """The response kept by nobody on the way: what its owner takes back is gone with the next request."""
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def noindex(response: HttpResponse, door: Door) -> HttpResponse:
    """The response, closed to search engines unless the owner asked them in."""
    if not door.is_indexed:
        response.headers["X-Robots-Tag"] = HEADERS["X-Robots-Tag"]
    return response
