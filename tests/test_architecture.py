"""Imports point one way: home ← careers ← courses ← portfolio; pure modules know no Django; nobody knows config."""

import ast
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ["home", "careers", "courses", "portfolio"]
CODE = sorted(path.relative_to(ROOT) for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
MYPY = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
PURE = {path.relative_to(ROOT) for pattern in MYPY["files"] for path in ROOT.glob(pattern)}
PLAIN = {*sys.stdlib_module_names, "markdown_it", "icalendar", "networkx", "PIL"}
# Choices are Django's own enumerations, which need no settings and no database.
SCALES = {Path("careers/scales.py"), Path("courses/scales.py"), Path("portfolio/scales.py")}
ENUMERATIONS = {"django.db.models.IntegerChoices", "django.db.models.TextChoices"}
# Sentences are made where they are needed, in the reader's language; looking a word up changes nothing.
WORDS = {
    "django.utils.functional.Promise",
    *(f"django.utils.translation.{name}" for name in "gettext gettext_lazy gettext_noop ngettext pgettext pgettext_lazy".split()),
}


def imports(file, source=None):
    """The full names that a file imports, wherever in it, other than for types alone."""
    found = Imports(file.parent.parts)
    found.visit(ast.parse(source or (ROOT / file).read_text()))
    return found.names


class Imports(ast.NodeVisitor):
    def __init__(self, package):
        self.package = package
        self.names = set()

    def visit_If(self, node):
        for statement in node.orelse if "TYPE_CHECKING" in ast.dump(node.test) else [*node.body, *node.orelse]:
            self.visit(statement)

    def visit_Import(self, node):
        self.names |= {alias.name for alias in node.names}

    def visit_ImportFrom(self, node):
        near = self.package[: len(self.package) - node.level + 1] if node.level else ()
        base = ".".join([*near, *filter(None, [node.module])])
        self.names |= {f"{base}.{alias.name}" for alias in node.names}


def top(name):
    return name.split(".")[0]


def upward(file, source=None):
    """The imports that reach into a layer above the file's own."""
    above = LAYERS[LAYERS.index(file.parts[0]) + 1 :]
    return sorted(name for name in imports(file, source) if top(name) in above)


def impure(file, source=None):
    """The imports that are neither plain Python, nor a listed library, nor pure themselves."""
    allowed = ENUMERATIONS if file in SCALES else set()
    return sorted(name for name in imports(file, source) - allowed - WORDS if not is_pure(name))


def is_pure(name):
    module = Path(*name.split("."))
    files = {path.with_name(f"{path.name}.py") for path in (module, module.parent) if path.name}
    return top(name) in PLAIN or not PURE.isdisjoint(files)


def settings(file, source=None):
    return sorted(name for name in imports(file, source) if top(name) == "config")


def offences(check, files):
    return {str(file): found for file in files if (found := check(file))}


def test_imports_point_one_way():
    assert offences(upward, CODE) == {}


def test_nothing_but_what_starts_a_process_knows_the_settings():
    assert offences(settings, CODE) == {}


def test_pure_modules_stay_pure():
    assert offences(impure, PURE) == {}


def test_there_is_something_to_check():
    assert {file.parts[0] for file in CODE} == set(LAYERS)
    assert {*SCALES, Path("home/importing.py"), Path("careers/importers/seed.py"), Path("portfolio/gaps.py")} < PURE


@pytest.mark.parametrize(
    ("check", "file", "source", "found"),
    [
        (upward, "home/models/pages.py", "import careers.models", ["careers.models"]),
        (upward, "home/roles.py", "def f():\n    from portfolio import models", ["portfolio.models"]),
        (upward, "careers/views.py", "from home import models\nfrom . import courses", []),
        (upward, "careers/views.py", "from courses.models import Course", ["courses.models.Course"]),
        (settings, "home/views.py", "from config.env import flag", ["config.env.flag"]),
        (impure, "careers/pay.py", "from django.db import models", ["django.db.models"]),
        (impure, "careers/pay.py", "from .models import CareerPage", ["careers.models.CareerPage"]),
        (impure, "careers/pay.py", "from . import models", ["careers.models"]),
        (impure, "careers/pay.py", "if TYPE_CHECKING:\n    from .models import CareerPage", []),
        (
            impure,
            "careers/pay.py",
            "from . import scales\nfrom home.importing import Row\nimport re",
            [],
        ),
        (impure, "careers/importers/seed.py", "from .. import scales, querysets", ["careers.querysets"]),
        (impure, "careers/scales.py", "from django.db.models import IntegerChoices, Model", ["django.db.models.Model"]),
    ],
)
def test_the_checks_see_what_they_look_for(check, file, source, found):
    assert check(Path(file), source) == found
