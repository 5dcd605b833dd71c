"""What members own, narrowed to what somebody may see. Every page, file, feed and export asks here."""

from django.db.models import Case, F, Prefetch, Q, QuerySet, When
from django.utils import timezone

from home.scales import AgeBand

from . import lifecycle
from .scales import Kind, State, Submission, Visibility
from .viewers import Audience

# The relation from the spine to the half of an entry that is its kind's own.
DETAILS = {
    Kind.PROJECT: "project",
    Kind.INTERNSHIP: "internship",
    Kind.FESTIVAL: "festivalsubmission",
    Kind.CPD: "cpdactivity",
}
# What a portfolio shows: what was done and what is being done.
SHOWABLE = (State.COMPLETED, State.UNDER_WAY)


def seen_by(viewer, entry=""):
    """The condition under which the viewer sees an entry; `entry` is the way to it from another model.

    An owner sees everything that is not in the bin. Others see what the owner has opened to them, entry and portfolio
    both, and nobody has taken off the site; an Audience sees one member's entries, everybody else what is public.
    """
    if isinstance(viewer, Audience):
        opened = entry_opened_to if viewer.is_rehearsal else opened_to
        seen = opened(viewer.level, entry) & Q(**{f"{entry}owner": viewer.owner})
        if viewer.entries is not None:
            seen &= Q(**{f"{entry}pk__in": viewer.entries})
    else:
        seen = opened_to(Visibility.PUBLIC, entry)
        if viewer.is_authenticated:
            seen |= Q(**{f"{entry}owner": viewer})
    return seen & Q(**{f"{entry}deleted_at": None})


def opened_to(level, entry=""):
    """The condition that an entry is open to those of this level, by its own setting and by its portfolio's."""
    return entry_opened_to(level, entry) & portfolio_opened_to(level, f"{entry}owner__profile__")


def entry_opened_to(level, entry=""):
    found = Q(**{f"{entry}visibility__gte": level, f"{entry}suspended_at": None}) & ~Q(**{f"{entry}state": State.DRAFT})
    return found & is_fit_to_show(entry) if level >= Visibility.LINK else found


def is_fit_to_show(entry=""):
    """The condition that an entry is something to show: done or being done, and a submission only once it is a success.

    Plans and what fell through stay between owner and counsellor, and so does a submission until a selection or an award is
    announced: nobody learns from a portfolio that something was not selected.
    """
    submission = f"{entry}festivalsubmission__"
    chosen = {f"{submission}judging_status__in": lifecycle.SELECTED, f"{submission}announced_on__lte": timezone.localdate()}
    is_success = Q(**chosen) & ~Q(**{f"{submission}submission_status": Submission.DISQUALIFIED})
    return Q(**{f"{entry}state__in": SHOWABLE}) & (~Q(**{f"{entry}kind": Kind.FESTIVAL}) | is_success)


def portfolio_opened_to(level, profile=""):
    """The condition that a portfolio is open to those of this level. Under 18 none is, beyond counsellors."""
    found = Q(**{f"{profile}visibility__gte": level, f"{profile}suspended_at": None, f"{profile}owner__is_active": True})
    return found & Q(**{f"{profile}owner__age_band": AgeBand.ADULT}) if level >= Visibility.LINK else found


class OwnedQuerySet(QuerySet):
    """Settings, goals and the like: nobody but their owner sees them."""

    def visible_to(self, viewer):
        return self.filter(owner=viewer) if viewer.is_authenticated else self.none()


class ProfileQuerySet(QuerySet):
    def of(self, owner):
        """The owner's own settings."""
        return self.filter(owner=owner)

    def visible_to(self, viewer):
        """Portfolios that the viewer may open: their own, and those that others have opened to them."""
        named = ~Q(handle="")
        if isinstance(viewer, Audience):
            opened = Q() if viewer.is_rehearsal else portfolio_opened_to(viewer.level)
            return self.filter(opened, owner=viewer.owner)
        seen = portfolio_opened_to(Visibility.PUBLIC) & named
        return self.filter(seen | Q(owner=viewer) if viewer.is_authenticated else seen)

    def listed(self):
        """Portfolios whose owners asked to be found, newest in the list first; to be narrowed by visible_to()."""
        return self.filter(listed_at__isnull=False).order_by("-listed_at", "-owner")


class ShareLinkQuerySet(OwnedQuerySet):
    def working(self, now):
        """Links that open something at this moment, whoever holds them."""
        live = self.filter(revoked_at=None, starts_at__lte=now, ends_at__gt=now)
        return live.filter(portfolio_opened_to(Visibility.LINK, "owner__profile__"))


class PartQuerySet(QuerySet):
    """Rows that belong to an entry and are seen by whoever sees it."""

    def visible_to(self, viewer):
        return self.filter(seen_by(viewer, "entry__"))

    def of(self, owner):
        """The owner's own rows, those in the bin left out."""
        return self.filter(entry__owner=owner, entry__deleted_at=None)


class RequestQuerySet(QuerySet):
    """Requests to confirm evidence: their owner's, and whoever holds one's secret."""

    def visible_to(self, viewer):
        return self.filter(entry__owner=viewer, entry__deleted_at=None) if viewer.is_authenticated else self.none()


class EvidenceQuerySet(PartQuerySet):
    def counting(self):
        """Evidence of completed entries, the only evidence that counts."""
        return self.filter(entry__state=State.COMPLETED)


class EntryQuerySet(QuerySet):
    def visible_to(self, viewer):
        # A kind's own table asks by way of the spine, which knows the other kinds.
        return self.filter(seen_by(viewer, "entry_ptr__" if self.model._meta.parents else ""))

    def of(self, owner):
        """The owner's own entries, those in the bin left out."""
        return self.filter(owner=owner, deleted_at=None)

    def binned_by(self, owner):
        """What the owner deleted and can still bring back, latest first."""
        return self.filter(owner=owner, deleted_at__isnull=False).order_by("-deleted_at", "-pk")

    def completed(self):
        return self.filter(state=State.COMPLETED)

    def in_stages(self, stages):
        """Entries that touch any of these stages."""
        bits = sum(1 << (int(stage) - 1) for stage in set(stages))
        return self.annotate(hit=F("stage_bits").bitand(bits)).filter(hit__gt=0)

    def matching(self, words):
        """Entries in which each of the words stands somewhere, whatever their case and accents."""
        for word in words.split():
            self = self.filter(search_text__contains=word)
        return self

    def with_details(self):
        """Entries with the half that is their kind's own, in the same statement."""
        return self.select_related(*DETAILS.values(), "festivalsubmission__work")

    def with_parts(self):
        """Entries with everything that their page shows, one statement a relation."""
        evidence = self.model._meta.get_field("evidence").related_model.objects.select_related("skill")
        return self.with_details().prefetch_related(
            Prefetch("evidence", evidence.prefetch_related("endorsements")), "attachments", "links", "labels"
        )

    def bin(self):
        """Put the entries in the bin and return how many they were; nobody sees them there but their owner's bin."""
        return self.update(deleted_at=timezone.now(), version=F("version") + 1)

    def restore(self):
        return self.update(deleted_at=None, version=F("version") + 1)

    def show_to(self, visibility):
        """Set who may see each of the entries; drafts stay with their owner."""
        drafts_stay = Case(When(state=State.DRAFT, then=Visibility.ME), default=visibility)
        return self.update(visibility=drafts_stay, version=F("version") + 1, updated_at=timezone.now())
