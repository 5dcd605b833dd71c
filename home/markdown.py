"""Plain text that stays plain text in Markdown (CommonMark 0.31, GitHub's tables and strikethrough). Pure."""

import re

# What begins something inside a line; the bar parts the cells of a table, and marks at the end of a heading close it.
INSIDE = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w)|(?<=\s)#(?=#*$)")
# The start of a line that would make a block of it: a heading, a list, a rule, a line under a heading, a definition.
FIRST = re.compile(r"^(?:\d{1,9}(?=[.)])|(?=[#+=:-]))")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def escaped(text: str) -> str:
    """The text on one line, so that no character of it means anything in Markdown."""
    line = " ".join(UNPRINTABLE.sub(" ", text).split())
    return FIRST.sub(r"\g<0>\\", INSIDE.sub(r"\\\g<0>", line))


def address(url: str) -> str:
    """The address so that it can stand in the brackets of a link."""
    return re.sub(r"[\s<>()\\\x00-\x1f\x7f]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def tidied(text: str) -> str:
    """A document without spaces at the ends of its lines, or more than one empty line at a time."""
    lines = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def absolute(text: str, root: str) -> str:
    """The document with its links to this site's own paths led to the site's address, such as https://example.org."""
    return re.sub(r"(?<!\\)\]\(/(?!/)", f"]({root}/", text)
