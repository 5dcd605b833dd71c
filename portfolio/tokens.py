"""Secrets that open something by themselves: made here, stored only as what cannot be turned back. Pure."""

import hashlib
import secrets

BYTES = 24


def new() -> str:
    """A secret of 192 random bits, in 32 characters that an address may hold."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """What is stored of a secret. It is random through and through, so it needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
