"""Films and sound in ISO base media files and WebM: places, dates, names and foreign tracks blanked, nothing moved."""

from collections import deque

from django.utils.translation import gettext_lazy as _

from . import elements, kinds, samples
from .boxes import Box, children, free, plain_coding, sweep, tree
from .limits import Refused
from .working import DAMAGED, Working

HANDLERS = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"tmcd"}
CODINGS = {b"avc1", b"avc2", b"avc3", b"avc4", b"hvc1", b"hev1", b"dvh1", b"dvhe", b"dva1", b"dvav", b"vp09", b"av01"}
# A cover or a chapter's picture, which would bring its own metadata along.
STILLS = {b"jpeg", b"mjpa", b"mjpb", b"png ", b"tiff", b"gif ", b"mjpg"}
SILENT = _("The file has neither a film nor sound that can be played. Accepted are MP4, MOV, M4A and WebM.")
OTHER_CODING = _(
    "The film is coded in a way that most browsers do not play. Export it as MP4 with H.264 or HEVC and send it again."
)
IN_PIECES = _(
    "The clip is recorded in pieces with a data track among them, and the places it may hold cannot be taken out."
    " Export it again as a plain MP4 and send that."
)


def clean(work: Working, kind: kinds.Kind) -> kinds.Kind:
    """Changes the working copy in place and returns what it is now that its tracks are known."""
    if kind is kinds.WEBM:
        return kinds.WEBM if elements.clean(work) else kinds.WEBA
    return kind if _clean_boxes(work) else kinds.M4A


def _clean_boxes(work: Working) -> bool:
    """Whether there is a picture among the tracks, once everything but pictures, sound and captions is gone."""
    whole = tree(work)
    film = whole.one(b"moov")
    kept, dropped = _sorted(work, film)
    if not whole.all(b"moof"):
        _keep_only_samples(work, whole, kept)
    elif dropped:
        raise Refused(IN_PIECES)
    for track in dropped:
        free(work, track)
        film.inside.remove(track)
    sweep(work, whole)
    return _plain(work, kept)


def _sorted(work: Working, film: Box) -> tuple[list[Box], list[Box]]:
    """The tracks that stay and those that go."""
    kept: list[Box] = []
    dropped: list[Box] = []
    for track in film.all(b"trak"):
        foreign = samples.handler(work, track) not in HANDLERS or samples.description(work, track).kind in STILLS
        (dropped if foreign else kept).append(track)
    if not {samples.handler(work, track) for track in kept} & {b"vide", b"soun"}:
        raise Refused(SILENT)
    return kept, dropped


def _plain(work: Working, kept: list[Box]) -> bool:
    """Whether one of the tracks is a film; each entry of its description is checked and made plain."""
    films = [track for track in kept if samples.handler(work, track) == b"vide"]
    for track in films:
        box = track.one(b"mdia", b"minf", b"stbl", b"stsd")
        for entry in children(work, box.body + 8, box.end):
            if entry.kind not in CODINGS:
                raise Refused(OTHER_CODING)
            plain_coding(work, entry)
    return bool(films)


def _keep_only_samples(work: Working, whole: Box, kept: list[Box]) -> None:
    """Zeros in all media that no kept track plays: the samples of tracks that go, and what cameras write between."""
    budget = samples.budget()
    used = deque(samples.merged([place for track in kept for place in samples.ranges(work, track, budget)]))
    for box in whole.all(b"mdat"):
        place = box.body
        while used and used[0][0] < box.end:
            start, end = used.popleft()
            if start < place or end > box.end:
                raise Refused(DAMAGED)
            work.blank(place, start)
            place = end
        work.blank(place, box.end)
    if used:
        raise Refused(DAMAGED)
