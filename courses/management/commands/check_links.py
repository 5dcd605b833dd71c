from django.core.management.base import BaseCommand

from courses.checking import check_links


class Command(BaseCommand):
    help = "Looks at the addresses of courses that are due, the longest unseen first, and notes which still work."

    def add_arguments(self, parser):
        parser.add_argument("--most", type=int, default=100, help="How many courses to look at (100).")

    def handle(self, most, **options):
        self.stdout.write(f"{check_links(most=max(most, 0))} addresses of courses looked at.")
