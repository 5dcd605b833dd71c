from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"

    def ready(self):
        from . import accounts, roles

        user_logged_in.connect(accounts.remember_editor, dispatch_uid="home.remember_editor")
        post_migrate.connect(roles.sync, dispatch_uid="home.roles")
