from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = "Careers"

    def ready(self):
        from . import feedback, search, signals

        feedback.connect()
        search.register()
        signals.connect()
