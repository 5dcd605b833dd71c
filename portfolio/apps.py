from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = _("Portfolio")

    def ready(self):
        from courses import seam

        from . import lacking, signals

        signals.connect()
        seam.register(lacking.of_member)
