"""The last question before an account goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from home.accounts.forms import Address
from home.models import User


class EraseForm(forms.Form):
    email = Address(label=_("The email address of this account"))

    def __init__(self, *args, owner: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.fields["email"].help_text = _("Typed once, so that nobody erases an account by a slip of the hand.")
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self):
        if self.cleaned_data["email"] != self.owner.email:
            raise forms.ValidationError(_("That is not the address of this account. Type it as it stands above."))
        return self.cleaned_data["email"]
