"""Text made comparable, so that search takes no notice of case and accents. Pure."""

import unicodedata


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
