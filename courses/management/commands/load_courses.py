from pathlib import Path

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from courses.services import load_courses, read
from home.importing import Refused


class Command(BaseCommand):
    help = "Loads the catalogue of courses: adds what is missing and leaves what editors have made. Run load_guide first."

    def add_arguments(self, parser):
        folder = Path(apps.get_app_config("courses").path) / "data"
        parser.add_argument("--folder", type=Path, default=folder, help="Where providers.csv and courses.csv are.")

    def handle(self, folder, **options):
        try:
            added = load_courses(catalogue=read(folder), progress=self.progress)
        except (Refused, OSError) as refused:
            raise CommandError(f"No courses were loaded.\n{refused}") from refused
        made = [f"{count} {kind}" for kind, count in added.items() if count]
        self.stdout.write(f"Added {', '.join(made)}." if made else "The courses are complete already; nothing was changed.")

    def progress(self, kind, done, total):
        if self.stdout.isatty():
            self.stdout.write(f"\r  {kind}: {done} of {total}   ", ending="\n" if done == total else "")
            self.stdout.flush()
