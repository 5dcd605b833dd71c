from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Courses"

    def ready(self):
        from . import approving, search, signals

        search.register()
        signals.connect()
        approving.connect()
