"""How much work something is, in units that a busy machine stretches as much as it stretches the work."""

import time


def effort(work):
    """The processor time that this process spends on the work, as a multiple of a fixed loop's (a twentieth of a second or so).

    The loop is timed before and after, and the slower one counts: what else runs on the machine slows both.
    """
    before = spent(reference)
    found = spent(work)
    return found / max(before, spent(reference))


def spent(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun


def reference():
    total = 0
    for number in range(1_000_000):
        total += number & 7
    return total
