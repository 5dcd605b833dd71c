import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from careers.management.commands import benchmark as guide
from portfolio import benchmarking, benchmarking_counselling

SIZES = {"small": [1000], "full": [1000, 1_000_000]}
DESKS = {"small": 10_000, "full": 200_000}
MOST_GROWTH = 1.15


class Command(guide.Command):
    help = (
        guide.Command.help
        + " Then a member's own pages, with 10³ entries in the database and, at full scale, 10⁶; and the desk of a counsellor."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--only", choices=["guide", "members", "counselling"], help="Measure one of these.")

    def handle(self, only=None, **options):
        if only in (None, "guide"):
            super().handle(**options)
        if only in (None, "members"):
            self.members(**options)
        if only in (None, "counselling"):
            self.counselling(**options)

    def counselling(self, scale, requests, check, **options):
        """The desk of a counsellor with 500 students: how many entries they have is told by the scale."""
        size = DESKS[scale]
        with guide.scratch_database(self, "small") as environment:
            self.stdout.write(f"Adding {size:,} entries of {benchmarking_counselling.STUDENTS} students …")
            with benchmarking_counselling.measured(environment, requests, size) as rows:
                self.show_members(rows, [])
        if check:
            self.judge(rows)

    def members(self, scale, requests, json: Path | None, check, **options):
        rows = [row for size in SIZES[scale] for row in self.rows(size, requests)]
        beside = self.on_sqlite(scale, requests) if connection.vendor == "postgresql" else []
        self.show_members(rows, beside)
        if json:
            named = json.with_stem(f"{json.stem}-members") if json.exists() else json
            guide.write(named, scale, rows, 0)
        if check:
            self.judge(rows)

    def rows(self, size, requests):
        with guide.scratch_database(self, "small") as environment:
            self.stdout.write(f"Adding {size:,} entries of {size // benchmarking.ENTRIES_EACH:,} members …")
            benchmarking.fill(size)
            with benchmarking.measured(environment, requests) as rows:
                return [{**row, "size": size} for row in rows]

    def on_sqlite(self, scale, requests):
        """The same figures on SQLite, from a process of its own."""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        with tempfile.TemporaryDirectory(prefix="greenlight-benchmark-") as folder:
            file = Path(folder) / "sqlite.json"
            command = [sys.executable, "manage.py", "benchmark", "--only", "members", "--scale", scale]
            subprocess.run(
                [*command, "--requests", str(requests), "--json", str(file)],
                env=environment,
                cwd=settings.BASE_DIR,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            return json.loads(file.read_text())["pages"]

    def show_members(self, rows, beside):
        wide = "{:<14}{:>11}{:>8}{:>10}{:>8}{:>5}{:>8}{:>10}".format
        self.stdout.write(wide("page", "entries", "cost H", "of it DB", "most H", "SQL", "bytes", "SQLite H"))
        other = {(row["page"], row["size"]): row["cost"] for row in beside}
        for row in rows:
            figures = [row["cost"], row["database"], row["most"] or "-", row["sql"], row["bytes"]]
            self.stdout.write(wide(row["page"], f"{row['size']:,}", *figures, other.get((row["page"], row["size"]), "-")))

    def judge(self, rows):
        """Fail for a page over its figure, or one that more entries of others make dearer or longer."""
        over = [f"{row['page']} at {row['size']:,}" for row in rows if row["most"] and row["cost"] > row["most"]]
        for small in [row for row in rows if row["size"] == SIZES["small"][0]]:
            for large in [row for row in rows if row["page"] == small["page"] and row["size"] > small["size"]]:
                if large["cost"] > small["cost"] * MOST_GROWTH or large["sql"] != small["sql"]:
                    over.append(f"{small['page']} grows")
        if over:
            raise CommandError(f"Over the figure: {', '.join(over)}.")
