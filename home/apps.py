from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, post_save


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"

    def ready(self):
        from . import accounts, recording, roles
        from .accounts import second_factor, sessions

        user_logged_in.connect(accounts.remember_editor, dispatch_uid="home.remember_editor")
        user_logged_in.connect(sessions.begin, dispatch_uid="home.sessions.begin")
        sessions.end_after_a_new_password()
        second_factor.trust_where_one_is_set_up()
        post_save.connect(accounts.confirm_administrator, sender="home.User", dispatch_uid="home.confirm_administrator")
        recording.connect()
        post_migrate.connect(roles.sync, dispatch_uid="home.roles")
