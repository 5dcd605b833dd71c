from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from careers.importers import seed
from careers.services import load_guide
from home.importers import read
from home.importing import Refused
from home.services import plant


def folder(app):
    return Path(apps.get_app_config(app).path) / "data"


def translated(pages):
    """The files that hold the words of the pages' file in other languages, "pages.fr.toml", by the language's code."""
    files = {code: pages.with_suffix(f".{code}.toml") for code, _ in settings.LANGUAGES}
    return {code: file for code, file in files.items() if file.exists()}


class Command(BaseCommand):
    help = "Loads the guide: adds what is missing and leaves what editors have made. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=folder("careers"), help="Where the guide's files are.")
        parser.add_argument("--pages", type=Path, default=folder("home") / "pages.toml", help="The file of the other pages.")

    def handle(self, folder, pages, **options):
        try:
            guide, other = seed.read(folder), read(pages)
            translations = {code: read(file) for code, file in translated(pages).items()}
        except Refused as refused:
            raise CommandError(f"Nothing was loaded.\n{refused}") from refused
        with transaction.atomic():
            added = load_guide(guide=guide, home=plant(other, translations), progress=self.progress)
        made = [f"{count} {kind}" for kind, count in added.items() if count]
        self.stdout.write(f"Added {', '.join(made)}." if made else "The guide is complete already; nothing was changed.")

    def progress(self, kind, done, total):
        if self.stdout.isatty():
            self.stdout.write(f"\r  {kind}: {done} of {total}   ", ending="\n" if done == total else "")
            self.stdout.flush()
