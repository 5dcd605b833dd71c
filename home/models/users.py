import unicodedata

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ..scales import AgeBand


class UserManager(BaseUserManager):
    """People are known by their email address, whatever its case and however its letters are coded."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email):
        """The one spelling of an address: small letters, wide and other look-alike forms as the plain ones."""
        return unicodedata.normalize("NFKC", email or "").strip().lower()

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def unconfirmed(self):
        """Accounts that somebody signed up for and never got into: their address was not confirmed."""
        return self.filter(last_login=None).exclude(age_band="").exclude(emailaddress__verified=True)


class User(AbstractUser):
    username = None
    email = models.EmailField(_("email address"), unique=True)
    age_band = models.CharField(_("age"), max_length=5, choices=AgeBand.choices, blank=True, default="")
    # The code of the language that mails come in; empty for the guide's own.
    language = models.CharField(_("language of mails"), max_length=10, blank=True, default="")

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta(AbstractUser.Meta):
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self):
        return self.get_full_name() or self.email

    @property
    def is_protected(self):
        """Whether the rules for people under 18 hold; they do unless the person said otherwise."""
        return self.age_band != AgeBand.ADULT
