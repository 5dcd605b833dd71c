"""What a member asks of a target role, and what a visitor ticks to try one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.scales import Level

from ..models import Goal


class AimForm(forms.Form):
    """What to do with one role: choose it, put it first or drop it; `back` says which page to return to."""

    do = forms.ChoiceField(choices=[("choose", _("Choose")), ("first", _("Put first")), ("drop", _("Drop"))])
    back = forms.ChoiceField(choices=[("guide", _("The guide")), ("roles", _("My roles"))], required=False)


class TargetForm(forms.Form):
    """What to do with one of the member's target roles, whether its page is still there or not."""

    do = forms.ChoiceField(choices=[("first", _("Put first")), ("drop", _("Drop"))])
    goal = forms.ModelChoiceField(Goal.objects.none())

    def __init__(self, *args, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = Goal.objects.visible_to(owner)


class TryForm(forms.Form):
    """How somebody has used each skill of a role, if at all; what is not a level counts as not yet."""

    def __init__(self, needs, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for need in needs:
            self.fields[need.slug] = forms.TypedChoiceField(choices=Level.choices, coerce=int, required=False, empty_value=None)

    @property
    def is_sent(self):
        """Whether anything of this form was sent at all."""
        return any(name in self.data for name in self.fields)

    @property
    def ticks(self):
        """The levels ticked, by the slugs of their skills."""
        self.is_valid()
        return {name: level for name, level in self.cleaned_data.items() if level}
