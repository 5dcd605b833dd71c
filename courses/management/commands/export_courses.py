from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.exporting import exported


class Command(BaseCommand):
    help = "Writes the catalogue of courses as a CSV file that import_courses reads."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="Where to write; without it, to the terminal.")

    def handle(self, file, **options):
        if file is None:
            for line in exported():
                self.stdout.write(line, ending="")
            return
        try:
            with file.open("w", encoding="utf-8", newline="") as opened:
                opened.writelines(exported())
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
