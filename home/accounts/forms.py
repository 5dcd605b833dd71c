"""allauth's forms in our words: one password field, one spelling of an address, digits for codes."""

from allauth.account import forms as account
from allauth.account.fields import EmailField, SetPasswordField
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ..languages import language_for
from ..models import User
from ..scales import AgeBand

UNDER_13 = "under-13"
PASSWORD_HINT = _("At least 10 characters. Three or four words in a row are easy to remember and hard to guess.")

TOO_YOUNG = _(
    "Thank you for being straight with us. Accounts start at 13, so we have kept nothing. The whole guide is yours to read."
)


class Address(EmailField):
    """An email address in its one spelling, so that no variant of it passes for another."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("Email"), "required": True, **kwargs})

    def to_python(self, value):
        return User.objects.normalize_email(super().to_python(value))


class OnePassword:
    """Asks for a new password once: a slip is mended by a code or a link, and typing twice helps nobody."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for field in self.fields.values():
            if isinstance(field, SetPasswordField):
                field.label, field.help_text = _("New password"), PASSWORD_HINT


class Digits:
    """A code of digits, which telephones fill in by themselves."""

    hint = _("The digits of the newest code.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text, code.max_length = _("Code"), self.hint, 40
        code.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "data-width": "s", "maxlength": 40}


class LoginForm(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"login": Address(), "password": self.fields["password"]}
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class SignUpForm(account.SignupForm):
    email = Address()
    age_band = forms.ChoiceField(
        label=_("Your age"),
        help_text=_(
            "We ask because under 18 more of your record stays private: nothing of yours can be shown to everyone. "
            "Only the band is kept, never a date of birth. Under 13 we cannot open an account."
        ),
        choices=[(UNDER_13, _("Under 13")), *AgeBand.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the band you are in.")},
    )
    field_order = ["email", "password1", "age_band"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("You sign in with it. We send a code there now, and nothing you did not ask for.")
        self.fields["password1"].help_text = PASSWORD_HINT

    def clean_age_band(self):
        if self.cleaned_data["age_band"] == UNDER_13:
            raise forms.ValidationError(TOO_YOUNG)
        return self.cleaned_data["age_band"]

    def try_save(self, request):
        """Make the account, in place of one that was never confirmed: whoever made that may not have been the owner.

        For an address that has an account the same time is spent and the same page shown; the mail tells its owner.
        """
        if self.account_already_exists and self.forget_unconfirmed():
            self.account_already_exists = False
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                self.account_already_exists = True
        make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def forget_unconfirmed(self):
        """Whether there was an account with the address that nobody ever got into; it is gone now."""
        return User.objects.unconfirmed().filter(email=self.cleaned_data["email"]).delete()[0] > 0


class AskForCodeForm(account.RequestLoginCodeForm):
    email = Address()

    def clean_email(self):
        """The address; an account that was never confirmed is not there, or its maker could wait in it for the owner."""
        email = super().clean_email()
        if self._user and User.objects.unconfirmed().filter(pk=self._user.pk).exists():
            self._user = None
        return email


class ForgottenForm(account.ResetPasswordForm):
    email = Address()


class NewAddressForm(account.AddEmailForm):
    email = Address(label=_("New address"), help_text=_("We send a code there. Until you type it here, nothing changes."))


class ChangePasswordForm(OnePassword, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label, self.fields["oldpassword"].help_text = _("Present password"), ""


class SetPasswordForm(OnePassword, account.SetPasswordForm):
    pass


class ResetForm(OnePassword, account.ResetPasswordKeyForm):
    pass


class StillYouForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class AddressCodeForm(Digits, account.ConfirmEmailVerificationCodeForm):
    hint = _("Six digits. The code works for 15 minutes.")


class LoginCodeForm(Digits, account.ConfirmLoginCodeForm):
    hint = _("Six digits. The code works for 15 minutes.")


class ActivateAppForm(Digits, ActivateTOTPForm):
    hint = _("The six digits that the app shows now.")


class SecondStepForm(Digits, second_step.AuthenticateForm):
    hint = _("Six digits from your authenticator app, or one of your recovery codes.")


class SecondStepAgainForm(Digits, second_step.ReauthenticateForm):
    hint = SecondStepForm.hint


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    """A passkey always signs in by itself, so the device must check that it is you."""

    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("What you call the device or the key, to tell it from others.")
        self.fields["name"].max_length = 60


class NamePasskeyForm(passkeys.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].widget.attrs["maxlength"] = 60


class LanguageForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Our mails come in"),
        choices=lambda: settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the languages."), "invalid_choice": _("Choose one of the languages.")},
    )

    class Meta:
        model = User
        fields = ["language"]

    def get_initial_for_field(self, field, field_name):
        return language_for(self.instance)
