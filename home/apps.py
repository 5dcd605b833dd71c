from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"

    def ready(self):
        from . import roles

        post_migrate.connect(roles.sync, dispatch_uid="home.roles")
