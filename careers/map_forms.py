"""What a reader asks of the map of careers. Every input is a question; what cannot be answered is said."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from home.forms import OneOf

from . import scales

ANY = ("", _("Any"))


class MapFilter(forms.Form):
    """Which roles are shown: of a department, above or below the line, at work in a stage."""

    department = OneOf(label=_("Department"), choices=[ANY, *scales.Department.choices])
    line = OneOf(label=_("Where it sits"), choices=[ANY, *scales.Line.choices])
    stage = OneOf(label=_("Production stage"), choices=[ANY, *((str(value), label) for value, label in scales.Stage.choices)])

    @property
    def asked(self):
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def address(self):
        """The query that asks the same once more; empty for the whole map."""
        return f"?{urlencode(self.asked)}" if self.asked else ""

    def holds(self, place):
        """Whether the role is one of those asked for; of a role without a page nothing is known, so it never is."""
        asked = self.asked
        return (
            place.has_page
            and asked.get("department", place.department) == place.department
            and asked.get("line", place.line) == place.line
            and ("stage" not in asked or int(asked["stage"]) in place.stages)
        )


class WayForm:
    """From which role to which, by their slugs."""

    def __init__(self, data, whole):
        self.whole = whole
        self.start, self.end = (data.get(name, "").strip()[:120] for name in ("from", "to"))

    @property
    def is_asked(self):
        return bool(self.start or self.end)

    @property
    def unknown(self):
        """Whether something asked for is not in the guide."""
        return any(key and not self.place(key) for key in (self.start, self.end))

    @property
    def is_complete(self):
        return bool(self.from_place and self.to_place)

    @property
    def from_place(self):
        return self.place(self.start)

    @property
    def to_place(self):
        return self.place(self.end)

    def place(self, key):
        found = self.whole.places.get(key)
        return found if found and found.has_page else None

    @property
    def other_way(self):
        return f"?{urlencode({'from': self.end, 'to': self.start})}"
