"""What a member writes to ask somebody who was there, and what that person answers."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.scales import Level
from home.models import User
from home.words import clean

from .. import asking
from ..scales import Kind

# Marks that turn the direction of whatever follows: in a mail they could make our own words read as others.
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
CANNOT_SAY = ""


class Line(forms.CharField):
    """One line of text, without anything that could begin another."""

    def to_python(self, value):
        return " ".join(clean(super().to_python(value)).translate(TURNS).split())


class Words(forms.CharField):
    """A few lines of text."""

    def __init__(self, rows=4, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=False, **kwargs)

    def to_python(self, value):
        lines = clean(super().to_python(value), lines=True).translate(TURNS).splitlines()
        return "\n".join(line.rstrip() for line in lines).strip()


class AskForm(forms.Form):
    """Whom to ask about an entry. A placement's supervisor is filled in."""

    who = Line(
        label=_("Your name, as they know you"),
        max_length=120,
        help_text=_("You have given no name yet. We keep this one as the name of your portfolio."),
        error_messages={"required": _("Give the name that they know you by.")},
    )
    name = Line(
        label=_("Their name"),
        max_length=120,
        help_text=_("It stands beside what they confirm."),
        error_messages={"required": _("Say whom you ask.")},
    )
    relation = Line(
        label=_("Their role on the work"),
        max_length=120,
        help_text=_("Such as: production manager."),
        error_messages={"required": _("Say what they did on the work: a name alone tells nobody why they would know.")},
    )
    email = forms.EmailField(
        label=_("Their email"), max_length=254, help_text=_("We use it to ask them, and show it to nobody but you.")
    )
    message = Words(label=_("A few words to them"), max_length=500, help_text=_("They read this in the mail and on the page."))
    takes_replies = forms.BooleanField(
        label=_("They may answer me by email"),
        required=False,
        help_text=_("Puts your email address into the mail. Without it, they do not see it."),
    )

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, initial=supervisor_of(entry), **kwargs)
        if asking.name_of(entry.owner):
            del self.fields["who"]

    def clean_email(self):
        """The one spelling of the address. Quoted ones, which may hold almost anything, are nobody's at work."""
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if clean(email) != email or re.search(r'["\s,;<>]', email):
            raise ValidationError(gettext("Enter a valid email address."), code="invalid")
        return email


def supervisor_of(entry):
    if entry.kind != Kind.INTERNSHIP:
        return {}
    placement = entry.details
    return {"name": placement.supervisor_name, "relation": placement.supervisor_role, "email": placement.supervisor_email}


class AskedForm(forms.Form):
    """What to do about a request that waits."""

    do = forms.ChoiceField(choices=[("withdraw", _("Take it back")), ("again", _("Send it again"))])


class RemoveForm(forms.Form):
    """How much of what somebody confirmed to take away."""

    do = forms.ChoiceField(choices=[("one", _("This skill")), ("whole", _("All of it"))])


class AnswerForm(forms.Form):
    """The level of each skill as the person saw it: what is claimed or below it, or that they cannot say."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    quote = Words(
        label=_("In your own words"),
        max_length=400,
        help_text=_("What you write here may stand beside your name in public, for as long as you let it."),
    )

    def __init__(self, *args, claim, **kwargs):
        super().__init__(*args, **kwargs)
        self.claim = claim
        self.initial["seen"] = claim.mark
        for piece in claim.pieces:
            self.fields[name_of(piece)] = LevelField(piece)

    @property
    def pieces(self):
        return [self[name_of(piece)] for piece in self.claim.pieces]

    @property
    def is_stale(self):
        """Whether what is answered is not what stands now."""
        return self.data.get("seen") != self.claim.mark

    @property
    def levels(self):
        """The levels by the keys of the pieces, 0 where they cannot say."""
        return {piece.key: self.cleaned_data[name_of(piece)] for piece in self.claim.pieces}

    def renewed(self):
        """The form for what stands now, with everything chosen and typed that still fits."""
        fits = {name: self.data[name] for name in self.fields if self.fits(name)}
        return AnswerForm(claim=self.claim, initial=fits)

    def fits(self, name):
        if name == "seen" or name not in self.data:
            return False
        try:
            self.fields[name].clean(self.data[name])
        except ValidationError:
            return False
        return True


class LevelField(forms.TypedChoiceField):
    """How somebody used a skill: up to the level that is claimed, and never above it."""

    def __init__(self, piece):
        levels = [(level.value, level.label) for level in Level if level <= piece.level]
        super().__init__(
            label=piece.skill,
            choices=[(CANNOT_SAY, gettext("I cannot say")), *levels],
            coerce=int,
            required=False,
            empty_value=0,
            initial=piece.level,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": gettext("Choose the level that is claimed or one below it.")},
        )


def name_of(piece):
    return f"piece-{piece.key}"


class DeclineForm(forms.Form):
    reason = Words(label=_("Why"), max_length=500, help_text=_("Only the person who asked reads this."))
