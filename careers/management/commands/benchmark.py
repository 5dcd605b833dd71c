import json
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.benchmarking import measure, synthetic

# name, address, whether bodies and cards are made anew for each request, and the most it may cost in H
PAGES = [
    ("profile, made anew", "/careers/associate-producer/", True, 60),
    ("profile, kept", "/careers/associate-producer/", False, 5),
    ("explorer", "/careers/", False, 80),
    ("explorer, narrowed", "/careers/?line=below&stage=2&interest=E", False, 80),
    ("explorer, searched", "/careers/?q=budget", False, 80),
    ("search", "/search/?q=budget", False, 90),
    ("home, made anew", "/", True, 60),
    ("home, kept", "/", False, None),
    ("stage guide, made anew", "/stages/production/", True, None),
    ("skill", "/skills/budgeting/", False, None),
    ("glossary", "/glossary/", False, None),
    ("suggestions", "/careers/suggestions/?q=pro", False, None),
]
MOST_MEMORY = 150_000_000


class Command(BaseCommand):
    help = (
        "Measures pages in H, the processor time of one bare Django request in the same run, on a scratch copy of the "
        "guide in the configured database system. Needs the production extra (gunicorn)."
    )

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=["small", "full"], default="small", help="full: 1,000 careers, 10,000 skills")
        parser.add_argument("--requests", type=int, default=300, help="Requests measured for each page.")
        parser.add_argument("--json", type=Path, help="Where to write the figures as JSON.")
        parser.add_argument("--check", action="store_true", help="Fail when a page is over its figure.")

    def handle(self, scale, requests, json: Path | None, check, **options):
        try:
            import gunicorn  # noqa: F401
        except ImportError:
            raise CommandError("benchmark serves the site with gunicorn: install the production extra first.") from None
        with scratch_database(self, scale) as environment:
            rows, memory = self.measured(requests, environment)
        self.show(rows, memory)
        if json:
            write(json, scale, rows, memory)
        over = [row["page"] for row in rows if row["most"] and row["cost"] > row["most"]]
        over += ["worker memory"] if memory > MOST_MEMORY else []
        if check and over:
            raise CommandError(f"Over the figure: {', '.join(over)}.")

    def measured(self, requests, environment):
        with measure.serving("careers.benchmarking.hello:application") as server:
            unit = measure.cost_of(server, "/", requests * 10, warm_up=200).seconds
        self.stdout.write(f"1 H = {unit * 1000:.3f} ms of processor time; {connection.vendor}")
        rows, memory = [], 0
        for cold in (True, False):
            with measure.serving("config.wsgi:application", **environment, BENCHMARK_COLD=str(cold)) as server:
                rows += [self.row(server, page, unit, requests) for page in PAGES if page[2] is cold]
                memory = max([memory, *(measure.memory_of(pid) for pid in server.workers())])
        return rows, memory

    def row(self, server, page, unit, requests):
        name, path, _, most = page
        cost = measure.cost_of(server, path, requests)
        return {
            "page": name,
            "cost": round(cost.seconds / unit, 1),
            "database": round(cost.database / unit, 1),
            "most": most,
            "sql": statements(path, cold=page[2]),
            "bytes": cost.bytes,
        }

    def show(self, rows, memory):
        self.stdout.write(f"{'page':<26}{'cost H':>8}{'of it DB':>10}{'most H':>8}{'SQL':>5}{'bytes':>9}")
        for row in rows:
            most = row["most"] or "-"
            self.stdout.write(f"{row['page']:<26}{row['cost']:>8}{row['database']:>10}{most:>8}{row['sql']:>5}{row['bytes']:>9}")
        self.stdout.write(f"worker memory {memory / 1e6:.0f} MB, at most {MOST_MEMORY / 1e6:.0f} MB")


class scratch_database:
    """A database of its own, filled with the guide (and more for full scale), removed at the end."""

    def __init__(self, command, scale):
        self.command, self.scale = command, scale

    def __enter__(self):
        self.name = connection.settings_dict["NAME"]
        self.folder = tempfile.TemporaryDirectory(prefix="greenlight-benchmark-")
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(self.folder.name) / "db.sqlite3")
        self.command.stdout.write("Making a scratch database with the guide …")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        call_command("load_guide", verbosity=0, stdout=self.command.stdout)
        if self.scale == "full":
            synthetic.fill(self.progress)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        return self.environment()

    def progress(self, kind, done, total):
        if done % 100 == 0 or done == total:
            self.command.stdout.write(f"  {kind}: {done} of {total}")

    def environment(self):
        """What the served processes need to use the scratch database."""
        settings = connection.settings_dict
        common = {"DJANGO_SETTINGS_MODULE": "config.settings.benchmark", "VAR_DIR": self.folder.name}
        if connection.vendor == "sqlite":
            return common
        user = f"{settings['USER']}:{settings['PASSWORD']}" if settings["PASSWORD"] else settings["USER"]
        return {**common, "DATABASE_URL": f"postgres://{user}@{settings['HOST']}:{settings['PORT'] or 5432}/{settings['NAME']}"}

    def __exit__(self, *exc):
        connection.creation.destroy_test_db(self.name, verbosity=0)
        self.folder.cleanup()


def statements(path, cold):
    """SQL statements of one request in a warm process; cold ones make their bodies anew."""
    from django.core.cache import caches

    client = Client(headers={"host": "localhost"})
    client.get(path)
    if cold:
        caches["guide"].clear()
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def write(file, scale, rows, memory):
    figures = {"database": connection.vendor, "scale": scale, "worker_memory_bytes": memory, "pages": rows}
    file.write_text(json.dumps(figures, indent=2) + "\n")
