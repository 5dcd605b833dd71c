"""How far a portfolio is open, and the secret links to it."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.words import clean

from .. import clocks
from ..models import Entry
from ..scales import Visibility
from ..services import widest
from ..sharing import LONGEST
from .bulk import Keys

A_WEEK = timedelta(days=7)
A_DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
MOST_ENTRIES = 100


class OpenForm(forms.Form):
    """Who sees the portfolio, and who may find and write to its owner; each of these is off until it is ticked."""

    visibility = forms.TypedChoiceField(label=_("Who sees your portfolio"), coerce=int, widget=forms.RadioSelect)
    listed = forms.BooleanField(
        label=_("Let people find me in the directory"),
        required=False,
        help_text=_("Your name, line, role, place and skills stand at /people/ for everyone."),
    )
    indexed = forms.BooleanField(
        label=_("Let search engines list my portfolio"),
        required=False,
        help_text=_("They keep copies for weeks. Off, we ask them not to look."),
    )
    messages = forms.BooleanField(
        label=_("Let visitors write to me through the site"),
        required=False,
        help_text=_("The message comes to your email. They do not see your address until you answer."),
    )

    def __init__(self, *args, profile, **kwargs):
        now = {
            "visibility": profile.visibility,
            "listed": profile.is_listed,
            "indexed": profile.is_indexed,
            "messages": profile.takes_messages,
        }
        super().__init__(*args, initial=now, **kwargs)
        self.profile = profile
        self.fields["visibility"].choices = [(level.value, level.label) for level in Visibility if level <= widest(profile.owner)]
        if widest(profile.owner) < Visibility.PUBLIC:
            for name in ("listed", "indexed", "messages"):
                del self.fields[name]

    def clean(self):
        found = super().clean()
        level = found.get("visibility", Visibility.ME)
        if level >= Visibility.LINK and not self.profile.display_name:
            self.add_error("visibility", ValidationError(gettext("Write your name on your portfolio first."), code="name"))
        if level == Visibility.PUBLIC and not self.profile.handle:
            self.add_error("visibility", ValidationError(gettext("Choose your address on your portfolio first."), code="handle"))
        return found

    def settings(self):
        """What was chosen. Nobody is found or written to where the portfolio is not open to everyone."""
        is_public = self.cleaned_data["visibility"] == Visibility.PUBLIC
        switches = {name: is_public and self.cleaned_data.get(name, False) for name in ("listed", "indexed", "messages")}
        return {"visibility": Visibility(self.cleaned_data["visibility"]), **switches}


class LinkForm(forms.Form):
    """A secret link: for whom, from when, until when and, if not for everything, for which entries."""

    name = forms.CharField(label=_("Who it is for"), max_length=80, help_text=_("Only you see this: “Priya at Saltmarsh Films”."))
    until = forms.DateField(
        label=_("Until"),
        help_text=_("It works to the end of this day, your time."),
        error_messages={"invalid": _("Give a day.")},
        **A_DAY,
    )
    starts = forms.DateField(
        label=_("From"), required=False, help_text=_("Empty: at once."), error_messages={"invalid": _("Give a day.")}, **A_DAY
    )
    entry = Keys()

    def __init__(self, *args, profile, now, **kwargs):
        today = clocks.today(now, profile.time_zone)
        super().__init__(*args, initial={"until": today + A_WEEK}, **kwargs)
        self.profile, self.today, self.now = profile, today, now
        self.fields["entry"].required = False

    @property
    def offered(self):
        """The entries that a link may open, newest first."""
        mine = Entry.objects.of(self.profile.owner).filter(visibility__gte=Visibility.LINK)
        return mine.only("title", "kind", "started", "ended", "state")[:MOST_ENTRIES]

    def clean_name(self):
        name = " ".join(clean(self.cleaned_data["name"]).split())
        if not any(char.isprintable() and not char.isspace() for char in name):
            raise ValidationError(gettext("Say who it is for, so that you know which link to take back."), code="required")
        return name

    def clean(self):
        found = super().clean()
        until, starts = found.get("until"), found.get("starts")
        if until and until < self.today:
            self.add_error("until", ValidationError(gettext("This day is over. Choose a later one."), code="past"))
        elif until and until - self.today > LONGEST - timedelta(days=1):
            self.add_error(
                "until", ValidationError(gettext("A link works for a year at most. Make another one then."), code="long")
            )
        elif until and starts and starts > until:
            self.add_error("starts", ValidationError(gettext("This is after the last day. Check both."), code="order"))
        return found

    def settings(self):
        """What services.make_link() takes."""
        zone = clocks.clock(self.profile.time_zone)
        ends = datetime.combine(self.cleaned_data["until"] + timedelta(days=1), time.min, zone)
        starts = self.cleaned_data["starts"]
        begins = datetime.combine(starts, time.min, zone) if starts and starts > self.today else timezone.now()
        return {
            "name": self.cleaned_data["name"],
            "starts_at": begins,
            "ends_at": ends,
            "entries": self.cleaned_data["entry"] or None,
        }


class RevokeForm(forms.Form):
    link = forms.IntegerField(min_value=1, max_value=10**17)
