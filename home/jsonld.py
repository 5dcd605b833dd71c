"""What search engines are told, in their own words (schema.org, JSON-LD 1.1), written so that no text ends a script. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

CONTEXT = "https://schema.org"
# What could end a script element, begin a comment in it, or break a line in old readers of JavaScript.
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def present(**values: Any) -> dict[str, Any]:
    """The values that are not empty."""
    return {name: value for name, value in values.items() if value}


def thing(kind: str, **values: Any) -> dict[str, Any]:
    """A thing of the vocabulary's kind, to stand inside another, without what is empty."""
    return {"@type": kind, **present(**values)}


def whole(node: Mapping[str, Any]) -> dict[str, Any]:
    """The thing as one that stands alone."""
    return {"@context": CONTEXT, **node}


def script(content: Mapping[str, Any]) -> str:
    """The content as JSON that no text in it can end: it may stand in a script element as it is (HTML, 4.12.1.3)."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)


def crumbs(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A BreadcrumbList of the names and addresses from the top of the site down to the page itself."""
    items = [
        {"@type": "ListItem", "position": at, "name": name, "item": address} for at, (name, address) in enumerate(steps, start=1)
    ]
    return whole({"@type": "BreadcrumbList", "itemListElement": items})


def website(name: str, address: str, search: str) -> dict[str, Any]:
    """A WebSite whose search is asked by putting the words in place of {q} in `search`, as schema.org's actions have it."""
    target = {"@type": "EntryPoint", "urlTemplate": search}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=q"}
    return whole({"@type": "WebSite", "name": name, "url": address, "potentialAction": action})
