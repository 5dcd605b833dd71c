import argparse
import io

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler, get_internal_wsgi_application
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from home.models import User
from home.steps import Step


def port(text):
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")


class Command(BaseCommand):
    help = "Sets Greenlight up on this machine and serves it. Run again, it changes nothing and serves."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=port, default=8000, help="Where to serve: http://localhost:PORT/ (8000).")
        parser.add_argument("--no-serve", action="store_true", help="Set up and stop.")
        parser.add_argument("--admin-email", default="admin@localhost", help="Who the first administrator is.")
        parser.add_argument("--with-people", action="store_true", help="Add sample people, so that every page can be seen full.")

    def handle(self, port, no_serve, admin_email, with_people, **options):
        self.stdout.ending = ""
        if with_people:
            check_samples()
        # Listening first: if the port is taken nothing has been done yet.
        server = None if no_serve else listen(port)
        try:
            self.set_up(f"http://localhost:{port}", admin_email, with_people)
        except OperationalError as error:
            raise CommandError(f"The database cannot be written: {error}. Is the disk full or read-only?") from error
        if server:
            self.serve(server, f"http://localhost:{port}/")

    def set_up(self, address, admin_email, with_people):
        steps = 6 if with_people else 5
        with Step(f"3/{steps} Preparing the database", self.stdout) as step:
            migrate(step)
        with Step(f"4/{steps} Loading the guide", self.stdout) as step:
            # Courses by name, for this app knows nothing of them.
            step.outcome = "\n    ".join(said(command, step) for command in ("load_guide", "load_courses"))
        with Step(f"5/{steps} First administrator", self.stdout) as step:
            step.outcome = administrator(address, admin_email)
        if with_people:
            with Step(f"6/{steps} Sample people", self.stdout) as step:
                step.outcome = sample_people(address)

    def serve(self, server, address):
        server.set_app(get_internal_wsgi_application())
        self.stdout.write(f"\nGreenlight is at {address}   (Ctrl-C ends it)\n")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            self.stdout.write("\n")


class Report:
    """Takes what a command prints and notes its last line on a step."""

    def __init__(self, step, read):
        self.step = step
        self.read = read
        self.line = ""

    def write(self, text):
        if text.strip():
            self.line = self.read(text.strip())
            self.step.note(self.line)

    def flush(self):
        pass

    def isatty(self):
        return self.step.stream.isatty()


def said(command, step):
    """The last line of what the command prints, each line of which shows on the step meanwhile."""
    report = Report(step, lambda line: line)
    call_command(command, stdout=report)
    return report.line


def migrate(step):
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    done = iter(range(1, len(waiting) + 1))
    if waiting:
        count = Report(step, lambda text: f"{next(done)} of {len(waiting)}" if text == "OK" else count.line)
        call_command("migrate", interactive=False, no_color=True, stdout=count)
    else:
        step.outcome = "already up to date"


@transaction.atomic
def administrator(address, email):
    """Who runs the site: made if there is nobody, with a link to set the password as long as there is none."""
    people = list(User.objects.filter(is_superuser=True, is_active=True).order_by("pk"))
    if any(person.has_usable_password() for person in people):
        return "already there"
    person = people[0] if people else User.objects.create_superuser(email)
    return f"{person.email} sets a password here, once:\n    {address}{password_path(person)}"


def password_path(person):
    """Where the person sets a password; the link dies with its use, and after three days."""
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})


def check_samples():
    """Sample people stay out of every site whose settings do not ask for them."""
    if not settings.SAMPLE_PEOPLE_ALLOWED:
        raise CommandError("Sample people are for trying Greenlight out, and this site’s settings forbid them. Nothing was done.")


def sample_people(address):
    # By name, for this app knows nothing of records.
    lines = io.StringIO()
    call_command("load_people", address=address, stdout=lines)
    return lines.getvalue().rstrip()


def listen(port):
    try:
        return ThreadedWSGIServer(("127.0.0.1", port), QuietHandler)
    except OSError as error:
        raise CommandError(f"Port {port} cannot be used: {error.strerror}. Choose another with --port.") from error


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format, *args):
        """Errors reach the log by themselves; a line for every file would bury the link above."""
