"""What follows when somebody signs in, or a file's row is deleted."""

from allauth.account.signals import user_logged_in
from django.contrib import messages
from django.db.models.signals import post_delete
from django.utils.translation import gettext

from . import keeping, sweeping
from .models import Attachment, Export


def keep_tried_gap(request, user, **kwargs):
    """What a visitor ticked before signing up or in is theirs now."""
    goal = keeping.keep_remembered(request, user)
    if goal:
        messages.success(request, gettext("Kept. Your target role is {role}.").format(role=goal.title))


def connect():
    user_logged_in.connect(keep_tried_gap, dispatch_uid="portfolio.keep_tried_gap")
    post_delete.connect(sweeping.forget_files, sender=Attachment, dispatch_uid="portfolio.forget_files")
    post_delete.connect(sweeping.forget_copy, sender=Export, dispatch_uid="portfolio.forget_copy")
