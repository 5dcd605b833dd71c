from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from home.management.commands.quickstart import check_samples, password_path
from portfolio import samples, samples_counselling


class Command(BaseCommand):
    help = "Adds sample people with full records, for looking at the pages. Safe to run again; never for a site that people use."

    def add_arguments(self, parser):
        parser.add_argument("--address", default=settings.WAGTAILADMIN_BASE_URL, help="Where the site is, for the links.")

    def handle(self, address, **options):
        check_samples()
        made = samples.load(timezone.localdate())
        self.stdout.write(added(len(made)) if made else "The sample people are there already; nothing was changed.")
        if samples_counselling.load(timezone.localdate()):
            self.stdout.write("Added a sample counsellor, with them as students.")
        for person in [*samples.waiting(), *filter(None, [samples_counselling.waiting()])]:
            self.stdout.write(f"    {person.email} sets a password here, once:\n    {address}{password_path(person)}")


def added(count):
    return f"Added {count} sample {'person' if count == 1 else 'people'}."
