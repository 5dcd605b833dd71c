from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self):
        from home.feedback import guides

        from . import approving, search, signals
        from .models import Course

        guides.register("courses", guides.snippets("courses", Course))
        search.register()
        signals.connect()
        approving.connect()
