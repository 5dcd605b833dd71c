"""What a counsellor sets up: an introduction, invitations, cohorts, a handover."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.models import User
from home.words import clean

from ..counselling.handing import by_address, colleagues
from ..models import Cohort, Counsellor, Invitation, Team
from .contact import Address
from .endorsing import Line, Words
from .granting import CounsellorChoice
from .seen import SeenForm

ASKED = {
    "asks_profile": _("Their profile"),
    "asks_entries": _("Entries they share with counsellors"),
    "asks_gap": _("Their target roles and what is missing"),
    "asks_plan": _("Their plan"),
}
# For how many days an invitation can stand.
DAYS = [(7, _("A week")), (30, _("30 days")), (90, _("90 days"))]


class InWords(SeenForm):
    """A form with switches and choices, which are compared in words."""

    def differences(self):
        """As every form that two windows may hold, with yes and no for switches, and names for choices."""
        kept, typed = self.stored, self.cleaned_data
        differing = [name for name in self._meta.fields if getattr(typed[name], "pk", typed[name]) != kept[name]]
        return [
            {"label": self[name].label, "saved": self.told(name, kept[name]), "typed": self.told(name, typed[name])}
            for name in differing
        ]

    def told(self, name, value):
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return gettext("Yes") if value else gettext("No")
        if isinstance(field, forms.ModelChoiceField):
            return str(field.queryset.filter(pk=getattr(value, "pk", value)).first() or "")
        return value


class IntroductionForm(InWords):
    class Meta:
        model = Counsellor
        fields = ["name", "organisation", "about", "takes_requests"]
        field_classes = {"name": Line, "organisation": Line}
        labels = {"takes_requests": _("Students may find and ask me")}
        help_texts = {
            "name": _("Shown with everything you ask for and do here, and kept in each student’s own record."),
            "takes_requests": _("Your name, place of work and these words are listed for everyone who is signed in."),
        }

    about = Words(label=_("What you can help with"), max_length=600)


class AsksForm(forms.Form):
    """What is asked of a student, to whom it is shown before they decide."""

    purpose = Words(rows=3, label=_("Why you ask"), max_length=400, help_text=_("Students read this before they decide."))

    @property
    def switches(self):
        return [self[name] for name in ASKED]


class InvitationForm(AsksForm, forms.ModelForm):
    email = Address(
        label=_("Their email"), max_length=254, required=False, help_text=_("Empty: you pass the address on yourself.")
    )
    days = forms.TypedChoiceField(label=_("It opens for"), choices=DAYS, coerce=int, initial=30)

    class Meta:
        model = Invitation
        fields = ["name", "email", "cohort", "purpose", *ASKED]
        field_classes = {"name": Line}
        labels = ASKED
        help_texts = {"name": _("Only you see this, and they do in the mail.")}

    def __init__(self, *args, counsellor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.visible_to(counsellor).filter(closed_at=None)
        self.fields["cohort"].empty_label = gettext("None")

    def clean_email(self):
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if clean(email) != email or re.search(r'["\s,;<>]', email):
            raise ValidationError(gettext("Enter a valid email address."), code="invalid")
        return email

    def said(self):
        return {name: self.cleaned_data[name] for name in [*self._meta.fields, "days"]}


class InvitationDoForm(forms.Form):
    do = forms.ChoiceField(choices=[("again", _("Send it again")), ("revoke", _("Take it back"))])
    invitation = forms.IntegerField(min_value=1, max_value=10**17)


class CohortForm(AsksForm, InWords):
    class Meta:
        model = Cohort
        fields = ["name", "team", "purpose", *ASKED]
        field_classes = {"name": Line}
        labels = ASKED
        help_texts = {"name": _("Students see it when they use the code.")}

    def __init__(self, *args, counsellor, **kwargs):
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(seats__user=counsellor)
        self.fields["team"].queryset = teams
        self.fields["team"].empty_label = gettext("None")
        if not teams.exists():
            self.fields["team"].widget = forms.HiddenInput()

    def said(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class CohortDoForm(forms.Form):
    do = forms.ChoiceField(
        choices=[("code", _("New code")), ("end-code", _("End the code")), ("close", _("Close")), ("move", _("Move"))]
    )
    connection = forms.IntegerField(min_value=1, max_value=10**17, required=False)
    to = forms.ModelChoiceField(queryset=None, required=False)

    def __init__(self, *args, counsellor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Cohort.objects.visible_to(counsellor).filter(closed_at=None)


class RequestForm(forms.Form):
    do = forms.ChoiceField(choices=[("agree", _("Agree")), ("decline", _("Decline"))])
    connection = forms.IntegerField(min_value=1, max_value=10**17)


class HandoverForm(forms.Form):
    """To whom: a colleague from the list, or the address of any counsellor here."""

    to = CounsellorChoice(
        label=_("A colleague"),
        queryset=None,
        required=False,
        empty_label=_("Nobody of my team"),
        error_messages={"invalid_choice": _("Choose somebody from the list.")},
    )
    email = Address(
        label=_("Or the email address of a counsellor"),
        max_length=254,
        required=False,
        help_text=_("We do not say whether the address is known here."),
    )
    reason = Words(rows=3, label=_("Why"), max_length=400, help_text=_("The student reads this before they decide."))

    def __init__(self, *args, counsellor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues(counsellor)

    def clean(self):
        found = super().clean()
        if not self.errors and bool(found.get("to")) == bool(found.get("email")):
            self.add_error("to", ValidationError(gettext("Choose a colleague, or give one address."), code="required"))
        return found

    def receiver(self):
        """The counsellor to hand over to; None if the address is nobody's."""
        return self.cleaned_data["to"] or by_address(self.cleaned_data["email"])
