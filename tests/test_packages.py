import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from config.bootstrap import COVERS, LOCKS, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
FLOORS = tomllib.loads((ROOT / "config/floors.toml").read_text())
EXTRAS = {"test": ["test"], "ci": list(PROJECT["optional-dependencies"])}


def locked(text):
    """Each pinned package with the versions pinned (more than one when they differ by Python)."""
    pins = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE):
        pins.setdefault(canonicalize_name(name), set()).add(Version(version))
    return pins


def below(pins, floors):
    """A sentence for each floor that the pins break or that has no pin to check."""
    if not floors:
        return ["there are no floors"]
    unknown = [f"{name} is in no lock" for name in floors if name not in pins]
    low = [
        f"{name} {version} is below {floors[name]}"
        for name, versions in pins.items()
        for version in versions
        if name in floors and version < Version(floors[name])
    ]
    return unknown + low


@pytest.fixture(params=COVERS)
def lock(request):
    return request.param


def text_of(lock):
    return (LOCKS / f"{lock}.txt").read_text()


def test_no_locked_version_is_below_its_floor():
    assert below(locked(text_of("ci")), FLOORS) == []


@pytest.mark.parametrize(
    ("text", "floors", "words"),
    [
        ("django==5.2.18 \\\n", {"django": "5.2.19"}, ["django 5.2.18 is below 5.2.19"]),
        ("django==5.2.19 \\\n", {"django": "5.2.19"}, []),
        ("", {"django": "5.2.19"}, ["django is in no lock"]),
        ("django==5.2.19 \\\n", {}, ["there are no floors"]),
        ("a==1 ; python_version < '3.12' \\\na==3 \\\n", {"a": "2"}, ["a 1 is below 2"]),
    ],
)
def test_the_floors_are_really_checked(text, floors, words):
    assert below(locked(text), floors) == words


def test_every_pin_carries_a_hash_and_no_address(lock):
    text = text_of(lock)
    bare = [pin.split()[0] for pin in re.split(r"\n(?=\S)", text) if "==" in pin and "--hash=sha256:" not in pin]

    assert bare == []
    assert not re.search(r"https?:|file:|index|@", text)


def test_a_lock_holds_all_that_it_covers(lock):
    pins = locked(text_of(lock))

    for covered in COVERS[lock]:
        assert {name: pins.get(name) for name in locked(text_of(covered))} == locked(text_of(covered))


def test_the_locks_hold_what_the_project_asks_for(lock):
    wanted = PROJECT["dependencies"] + [line for extra in EXTRAS[lock] for line in PROJECT["optional-dependencies"][extra]]
    pins = locked(text_of(lock))

    unmet = [
        str(need)
        for need in map(Requirement, wanted)
        if not any(version in need.specifier for version in pins.get(canonicalize_name(need.name), []))
    ]

    assert unmet == []


def test_every_package_of_ours_is_named():
    ours = {path.parts[-2] for path in Path(ROOT).glob("*/__init__.py")} - {"tests"}
    find = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]

    assert {name.rstrip("*") for name in find["include"]} == ours
