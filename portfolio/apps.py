from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = "Portfolio"

    def ready(self):
        from courses import seam

        from . import lacking, signals

        signals.connect()
        seam.register(lacking.of_member)
