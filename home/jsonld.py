"""What search engines are told, in their own words (schema.org, JSON-LD 1.1), written so that no text ends a script. Pure."""

import json
from collections.abc import Mapping
from typing import Any

# What could end a script element, begin a comment in it, or break a line in old readers of JavaScript.
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def present(**values: Any) -> dict[str, Any]:
    """The values that are not empty."""
    return {name: value for name, value in values.items() if value}


def script(content: Mapping[str, Any]) -> str:
    """The content as JSON that no text in it can end: it may stand in a script element as it is (HTML, 4.12.1.3)."""
    return json.dumps(content, ensure_ascii=False).translate(UNSAFE)
