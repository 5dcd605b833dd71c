"""What a moderator decides about a thing that was reported."""

from django import forms
from django.utils.translation import gettext_lazy as _

from home.forms import Words

from ..models import Report
from ..moderation import NEXT
from ..scales import Verdict

WAYS = {
    Verdict.UPHELD: _("Take it off the site"),
    Verdict.DISMISSED: _("Leave it as it is"),
    Verdict.LIFTED: _("Put it back on the site"),
}


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    decision = Words(
        label=_("What its owner is told"),
        max_length=Report._meta.get_field("decision").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("At most 400 characters. Say what stands there, and what would have to change. Do not quote the reports."),
    )

    def __init__(self, *args, standing, **kwargs):
        super().__init__(*args, **kwargs)
        ways = NEXT.get(standing, ())
        self.fields["verdict"].choices = [(verdict, WAYS[verdict]) for verdict in ways]
        self.fields["verdict"].initial = ways[0] if len(ways) == 1 else None
