"""Whether what search engines are told are words of schema.org's vocabulary, as the types of schema-dts have them.

No browser is needed, but tools that are fetched: VOCABULARY names a folder with typescript, schema-dts and schema-dts-lib
in node_modules (.ci/run fetches them).
"""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from careers.models import Skill
from portfolio.models import Profile
from tests import make
from tests.heads import sitemap, structured

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TSC = "--noEmit --strict --skipLibCheck --pretty false --target es2022 --module esnext --moduleResolution bundler".split()


def typed(blocks):
    """The blocks as TypeScript, a line each: only literals of a known type are asked whether they say too much."""
    actions, lines = [], []
    for block in blocks:
        text = json.dumps(lifted(block, actions), ensure_ascii=False)
        text = re.sub(r'"\\u0000(\d+)"', r"action\1", text)
        lines.append(f"({text}) satisfies schema.WithContext<schema.{block['@type']}>;")
    # The constraints of an action are no properties of it, and have a type of their own.
    consts = [
        f"const action{at} = {json.dumps(action)} as const satisfies schema.WithActionConstraints<schema.{action['@type']}>;"
        for at, action in enumerate(actions)
    ]
    return "\n".join(['import type * as schema from "schema-dts";', *consts, *lines])


def lifted(thing, actions):
    """The thing, with a mark in place of each action that says what it must be given; these are added to `actions`."""
    if isinstance(thing, list):
        return [lifted(each, actions) for each in thing]
    if not isinstance(thing, dict):
        return thing
    if any(name.endswith("-input") for name in thing):
        actions.append(thing)
        return f"\0{len(actions) - 1}"
    return {name: lifted(value, actions) for name, value in thing.items()}


def complaints(blocks, folder):
    """What the compiler says of the blocks: the number of the block and the words."""
    tools = os.environ.get("VOCABULARY")
    assert tools, "Set VOCABULARY to the folder with schema-dts, its library and typescript in node_modules."
    (folder / "told.ts").write_text(typed(blocks), "utf-8")
    (folder / "node_modules").symlink_to(Path(tools) / "node_modules")
    tsc = f"{tools}/node_modules/typescript/lib/tsc.js"
    run = subprocess.run(["node", tsc, *TSC, "told.ts"], cwd=folder, capture_output=True, text=True, check=False)
    # A check that could not run is no check that passed.
    assert run.returncode in (0, 2), run.stdout + run.stderr
    assert bool(run.stdout) == bool(run.returncode), run.stdout + run.stderr
    return run.stdout.splitlines()


def test_every_page_uses_words_of_the_vocabulary(client, tmp_path):
    owner, skill = make.member(), Skill.objects.get(slug="budgeting")
    Profile.objects.create(owner=owner, handle="ann", display_name="Ann", headline="Runs", visibility=4, is_indexed=True)
    make.entry(owner, skills=[skill], visibility=4)
    make.course(teaches=[skill], summary="From nothing.", hours=12, starts_on="2027-01-05", level="beginner", mode="online")
    places = [*sitemap(client), "/careers/producer/?country=us", "/careers/?q=budget", "/careers/compare/?role=producer"]

    blocks = [block for place in places for block in structured(client.get(place).content.decode())]

    kinds = {block["@type"] for block in blocks}
    assert kinds == {
        "Article",
        "BreadcrumbList",
        "Course",
        "DefinedTerm",
        "DefinedTermSet",
        "Occupation",
        "Person",
        "WebSite",
    }
    assert complaints(blocks, tmp_path) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"@type": "Occupation", "name": "Runner", "salary": 1}, "'\"salary\"' does not exist"),
        ({"@type": "Occupation", "skills": [{"@type": "DefinedTerm", "level": "high"}]}, "'\"level\"' does not exist"),
        ({"@type": "Occupation", "estimatedSalary": {"@type": "PostalAddress"}}, '"PostalAddress"'),
        ({"@type": "Article", "author": {"@type": "Organization", "colour": "green"}}, "'\"colour\"' does not exist"),
        ({"@type": "Job"}, "no exported member 'Job'"),
        (
            {"@type": "WebSite", "potentialAction": {"@type": "SearchAction", "targets": "/", "query-input": "required"}},
            "'\"targets\"' does not exist",
        ),
    ],
)
def test_a_word_that_is_not_of_the_vocabulary_is_found(wrong, said, tmp_path):
    found = complaints([{"@context": "https://schema.org", **wrong}], tmp_path)

    assert said in "\n".join(found)
