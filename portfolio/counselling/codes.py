"""Codes to join a cohort by: short enough to read aloud, without letters and digits that look or sound alike. Pure."""

import secrets

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B and U V: 23 characters, so that there are 78 thousand million codes of eight.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
LENGTH = 8


def new() -> str:
    """A code that nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read(text: str) -> str:
    """The code that somebody typed, however they grouped and wrote it; nothing if it cannot be one."""
    code = "".join(char for char in text.upper() if char not in " -\u2013\u2010\u2011\u00a0")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def shown(code: str) -> str:
    """The code in two groups, as it is read aloud: "ACDE-3467"."""
    return f"{code[:4]}-{code[4:]}" if code else ""
