"""Counts wrong secrets by the address that they come from, so that nobody can try many.

Only misses count: the calendar programs of a whole school may ask from one address. If the cache does not answer, nobody is
turned away: a secret of 192 random bits is not found by trying, however fast.
"""

from home.rates import Limit, address_of

MOST = 30
SECONDS = 60
WRONG = Limit("guesses", MOST, SECONDS)


def are_too_many(request):
    """Whether the address has tried too often in this minute; a right secret does not help it then."""
    return WRONG.is_reached(address_of(request))


def count(request):
    WRONG.takes(address_of(request))
