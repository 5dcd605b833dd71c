"""What a member says of themself on the portfolio, the order of its parts, and what is put in front."""

import re
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.models import CareerPage
from home.words import clean

from ..models import Profile
from ..models.people import HANDLE, HANDLE_WORDS
from ..scales import Availability, Section
from .fields import PartialDateField
from .seen import SeenForm

MOST_LINKS = 8
LONGEST_LABEL = 60
IS_WEB = URLValidator(schemes=["http", "https"])
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


class LinksField(forms.CharField):
    """Addresses elsewhere, one a line with a name before it if there is one, as a list of label and url."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value):
        lines = [line.strip() for line in super().to_python(value).splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise ValidationError(gettext("Give at most {most_links} addresses.").format(most_links=MOST_LINKS), code="too_many")
        return [self.read(line) for line in lines]

    def read(self, line):
        found = ADDRESS.search(line)
        if not found:
            raise ValidationError(
                gettext("“{line}” holds no address that begins with https://.").format(line=line[:40]), code="invalid"
            )
        url = found[0]
        label = (line[: found.start()] + line[found.end() :]).strip(" :-–,|")
        IS_WEB(url)
        if len(url) > 300 or len(label) > LONGEST_LABEL or "@" in (urlsplit(url).netloc or ""):
            raise ValidationError(
                gettext("“{line}” is too long, or holds a name and password.").format(line=line[:40]), code="invalid"
            )
        return {"label": clean(label), "url": url}

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{link['label']} {link['url']}".strip() for link in value)

    def run_validators(self, value):
        """Each address was looked at on its own."""

    def has_changed(self, initial, data):
        return data != self.prepare_value(initial or [])


class PortfolioForm(SeenForm):
    """A person in the words of the portfolio's head."""

    career = forms.ModelChoiceField(
        label=_("The role you go by"),
        queryset=CareerPage.objects.none(),
        required=False,
        empty_label=_("None of these"),
        help_text=_("People who look for this role in the directory find you under it."),
    )
    available_from = PartialDateField(label=_("Free from"), required=False, help_text=_("A day, a month or a year: June 2026."))
    links = LinksField(
        label=_("Elsewhere"),
        required=False,
        max_length=4000,
        help_text=_("One address a line, with a name before it: Showreel https://example.org/reel"),
    )

    class Meta:
        model = Profile
        fields = """display_name handle headline career place availability available_from availability_note languages about
            links shows_hours""".split()
        labels = {
            "display_name": _("Your name"),
            "handle": _("Your address here"),
            "headline": _("One line about you"),
            "place": _("Where you are based"),
            "availability": _("Work"),
            "availability_note": _("Anything else about it"),
            "about": _("About you"),
            "shows_hours": _("Show hours beside credits"),
        }
        help_texts = {
            "display_name": _("As it should stand in credits."),
            "headline": _("What you do and how. It is the first thing that is read."),
            "place": _("A town or a region. Never a street."),
            "availability_note": _("Such as: happy to travel."),
            "languages": _("Such as: English, Welsh (fluent)."),
            "about": _("A few sentences. We show no email address and no telephone number: leave them out of here too."),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"handle": {"unique": _("Somebody else has this address.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.initial.get("display_name"):
            self.initial["display_name"] = self.instance.owner.get_full_name()
        self.fields["career"].queryset = CareerPage.objects.readable().only("title", "slug").order_by("title")
        words = gettext("What comes after /people/. {rule} When you change it, the old one leads nowhere.")
        self.fields["handle"].help_text = words.format(rule=HANDLE_WORDS)
        self.fields["availability"].choices = [("", gettext("I would rather not say")), *Availability.choices]

    def clean_handle(self):
        handle = self.cleaned_data["handle"].strip().lower()
        if handle and not HANDLE.fullmatch(handle):
            raise ValidationError(HANDLE_WORDS, code="invalid")
        if handle and Profile.objects.filter(handle=handle).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                gettext("Somebody else has this address. Try it with a middle name, a place or a trade."), code="unique"
            )
        return handle

    def clean(self):
        found = super().clean()
        for name in ("display_name", "headline", "place", "availability_note", "languages"):
            if name in found:
                found[name] = " ".join(clean(found[name]).split())
        if "about" in found:
            found["about"] = clean(found["about"], lines=True)
        is_undated = not found.get("available_from") and "available_from" not in self.errors
        if found.get("availability") == Availability.FROM and is_undated:
            self.add_error(
                "available_from", ValidationError(gettext("Say from when, or choose something else above."), code="required")
            )
        return found


class SectionForm(forms.Form):
    """One part of the portfolio: switched on or off, or moved up or down."""

    section = forms.ChoiceField(choices=Section.choices)
    do = forms.ChoiceField(choices=[(word, word) for word in ("show", "hide", "up", "down")])


class ClipForm(forms.Form):
    """A piece to put in front, or what is to be done with one that is."""

    do = forms.ChoiceField(choices=[(word, word) for word in ("add", "remove", "up", "down", "reel", "plain")])
    file = forms.UUIDField(required=False)
    link = forms.IntegerField(required=False, min_value=1, max_value=10**17)
    feature = forms.IntegerField(required=False, min_value=1, max_value=10**17)
