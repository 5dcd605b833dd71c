"""The form of a meeting: when in the counsellor's own time, how and where, and the two texts with their two readers."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import clocks
from ..models import Meeting
from .endorsing import Line, Words
from .plans import Day
from .seen import SeenForm

MOST_MINUTES = 24 * 60


class MeetingForm(SeenForm):
    on = Day(label=_("Day"), required=True)
    at = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Give the time."), "invalid": _("Give a time, such as 14:30.")},
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=MOST_MINUTES)
    place = Line(
        label=_("Where, or the link"),
        max_length=200,
        required=False,
        help_text=_("The student sees it at once, and nobody else."),
    )
    summary = Words(
        rows=6,
        label=_("Shared summary"),
        max_length=4000,
        help_text=_("The student reads it as soon as you save. What you talked about and agreed, in words for both of you."),
    )
    note = Words(
        rows=6,
        label=_("Working note"),
        max_length=4000,
        help_text=_(
            "Nobody but you sees it here. It is about the student, so the law gives it to them: it is in the copy of "
            "their data, which they can ask for on any day."
        ),
    )

    class Meta:
        model = Meeting
        fields = ["minutes", "channel", "place", "attendance", "summary", "note"]
        labels = {"channel": _("How"), "attendance": _("How it stands")}
        error_messages = {"channel": {"required": _("Say how you meet.")}}

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["on"].error_messages["required"] = gettext("Give the day.")
        self.notice(self.when())

    def when(self):
        """The day and the time that the counsellor's clock shows when it begins."""
        if not self.instance.starts_at:
            return {"on": None, "at": None}
        local = self.instance.starts_at.astimezone(clocks.clock(self.zone))
        return {"on": local.date(), "at": local.time().replace(second=0, microsecond=0)}

    def clean(self):
        found = super().clean()
        if found.get("on") and found.get("at"):
            self.instance.starts_at = clocks.moment(found["on"], found["at"], self.zone, self.zone)
        return found
