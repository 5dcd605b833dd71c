"""Greenlight's one command. Written for any Python, so that an old one can say what it lacks."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Greenlight needs Python 3.11 or newer, and this is Python %d.%d. "  # noqa: UP031
        "Install a newer one and call it by its name, for example: python3.12 manage.py quickstart" % sys.version_info[:2]
    )

from config import bootstrap

if __name__ == "__main__":
    sys.exit(bootstrap.main(sys.argv))
