from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.importers import COURSE
from courses.importing import MOST_SHOWN, CannotImport, import_courses, plan
from courses.tables import Table
from home.importing import Refused


class Command(BaseCommand):
    help = "Adds and changes courses from a CSV file, by their slug, and publishes them; all of the file or nothing of it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="The CSV file; export_courses shows its columns.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, file, dry_run, **options):
        try:
            table = Table(file.name, file.read_bytes(), COURSE)
            if dry_run:
                return self.tell(plan(table=table, user=None, progress=self.progress), "Would be")
            self.tell(import_courses(table=table, user=None, progress=self.progress), "Were")
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Refused as refused:
            raise CommandError(f"Nothing was imported.\n{refused}") from refused
        except CannotImport as refused:
            self.tell_problems(refused.plan)
            raise CommandError(str(refused)) from refused

    def tell(self, found, verb):
        for outcome in found.changed:
            self.stdout.write(f"line {outcome.line}: {outcome.slug}: {', '.join(outcome.fields)}")
        self.tell_problems(found)
        numbers = ", ".join(f"{number:,} {what}" for what, number in found.numbers.items())
        self.stdout.write(f"{verb}: {numbers}.")

    def tell_problems(self, found):
        for problem in found.problems:
            self.stderr.write(str(problem))
        if found.number_of_problems > len(found.problems):
            self.stderr.write(f"These are the first {MOST_SHOWN} of {found.number_of_problems:,} reasons.")

    def progress(self, rows):
        if self.stdout.isatty() and not rows % 500:
            self.stdout.write(f"\r  {rows:,} rows   ", ending="")
            self.stdout.flush()
