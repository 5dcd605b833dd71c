from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = _("Careers")

    def ready(self):
        from . import feedback, search, signals

        feedback.connect()
        search.register()
        signals.connect()
