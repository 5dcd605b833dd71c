"""What a counsellor says about an entry and what its owner answers."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.scales import Level

from .endorsing import Words


class CommentForm(forms.Form):
    """A comment on the entry, or on one of the skills it shows."""

    text = Words(
        rows=4,
        label=_("Your comment"),
        max_length=1000,
        help_text=_("The student reads it on the entry. You change nothing there."),
    )
    evidence = forms.TypedChoiceField(label=_("About"), coerce=int, required=False, empty_value=None)
    asks_more = forms.BooleanField(
        label=_("Ask for more: something should be added or shown before this convinces"), required=False
    )

    def __init__(self, *args, pieces, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = [("", gettext("The whole entry")), *((each.pk, each.skill.name) for each in pieces)]
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = gettext("Write what you want to say.")


class EndorseForm(forms.Form):
    """The level at which the counsellor confirms one piece, up to the level that is claimed."""

    level = forms.TypedChoiceField(
        label=_("How they used it, as far as you have seen"),
        coerce=int,
        error_messages={
            "required": _("Choose a level."),
            "invalid_choice": _("Choose the level that is claimed or one below it."),
        },
    )

    def __init__(self, *args, piece, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.value, level.label) for level in Level if level <= piece.level]


class TakeBackForm(forms.Form):
    why = Words(rows=2, label=_("Why"), max_length=600)


class ReplyForm(forms.Form):
    text = Words(
        rows=4, label=_("Your answer"), max_length=600, help_text=_("Your counsellor reads it as long as they see this entry.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = gettext("Write your answer.")
