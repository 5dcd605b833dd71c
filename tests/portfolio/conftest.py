import time

import pytest


@pytest.fixture
def stopped(monkeypatch):
    """A clock that stands still, so that no minute or hour of a limit ends in the middle of a test; a list of its one time."""
    now = [time.time() // 86400 * 86400 + 3600]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now
