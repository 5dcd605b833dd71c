"""Text that people type: made comparable, clean and safe, and looked through for ways to reach somebody. Pure."""

import re
import unicodedata

LINK = re.compile(r"https?://\S*|\bwww\.\S*", re.IGNORECASE)
# What a spreadsheet takes for a formula (OWASP, CSV injection), behind any number of apostrophes.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w")
# From + or 0 on, with what people put between digits; or in threes and fours, as in North America.
DIGITS = r"(?:[ \u00a0.()/-]{0,2}\d){7,14}(?!\w)"
PHONE = re.compile(rf"(?<!\w)(?:\+\(?\d|\(?[0\u0660\u06f0\u0966]){DIGITS}|(?<!\d)\(?\d{{3}}\)?[ .-]\d{{3}}[ .-]\d{{4}}(?!\d)")


def fold(text: str) -> str:
    """The text in lower case without accents and with single spaces."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join(plain.split())


def clean(text: str, lines: bool = False) -> str:
    """The text without control characters and lone surrogates; line ends and tabs stay only where there are lines."""
    kept = "\n\r\t" if lines else ""
    spaced = text if lines else text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
    return "".join(char for char in spaced if char in kept or unicodedata.category(char) not in ("Cc", "Cs"))


def line(text: str) -> str:
    """The text in one line, with nothing in it that could begin another."""
    return " ".join(clean(text).split())


def links_in(text: str) -> int:
    """How many addresses of the web the text has in it."""
    return len(LINK.findall(text))


def could_reach_somebody(text: str) -> bool:
    """Whether something in the text looks like an email address or a phone number; addresses of the web do not count."""
    left = LINK.sub(" ", text)
    return bool(EMAIL.search(left) or PHONE.search(left))


def inert(cell: str) -> str:
    """The cell as it is written out: an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if FORMULA.match(cell) else cell
