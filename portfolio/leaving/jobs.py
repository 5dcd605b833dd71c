"""Long work that outlives whoever does it: held by one worker at a time, taken up by the next when that one is gone."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from traceback import extract_tb
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ..models import Erasure, Export
from ..scales import Progress

# So long a job is its worker's, counted from the last sign of work; signs are given at most every SIGN.
LEASE = timedelta(seconds=30)
SIGN = timedelta(seconds=1)
TRIES = 3
UNDER_WAY = (Progress.WAITING, Progress.RUNNING)
Job = Export | Erasure
logger = logging.getLogger(__name__)


class Lost(Exception):
    """The job is somebody else's by now, or gone."""


class Hold:
    """A job in the hands of one worker. Each sign of work is a condition as well: who was thought dead cannot write."""

    def __init__(self, job: Job):
        self.job = job

    def begin(self, *, total: int, done: int = 0) -> None:
        self.job.done, self.job.total = done, total
        self.write(timezone.now(), done=done, total=total)

    def step(self, done: int = 0) -> None:
        """Count what is done, and let others see it about once a second. Raises Lost."""
        now = timezone.now()
        self.job.done += done
        if now - self.job.touched_at >= SIGN:
            self.write(now, done=self.job.done)

    def finish(self, **values: Any) -> None:
        now = timezone.now()
        self.write(now, progress=Progress.READY, finished_at=now, done=self.job.done, total=self.job.done, **values)

    def fail(self) -> None:
        self.write(timezone.now(), progress=Progress.FAILED)

    def write(self, now: datetime, **values: Any) -> None:
        mine = type(self.job).objects.filter(pk=self.job.pk, progress=Progress.RUNNING, touched_at=self.job.touched_at)
        if not mine.update(touched_at=now, **values):
            raise Lost
        self.job.touched_at = now


def take(model: type[Job], key: int, now: datetime) -> Hold | None:
    """The job in these hands, by one conditional statement; None if it is done, gone, or in others' hands."""
    free = Q(progress=Progress.WAITING) | Q(progress=Progress.RUNNING, touched_at__lt=now - LEASE)
    found = model.objects.filter(free, pk=key).update(progress=Progress.RUNNING, touched_at=now)
    return Hold(model.objects.get(pk=key)) if found else None


def work(model: type[Job], key: int, do: Callable[[Hold], None]) -> bool:
    """Whether the job was done here. What fails three times is left as failed."""
    hold = take(model, key, timezone.now())
    if not hold:
        return False
    try:
        for _ in range(TRIES):
            if succeeds(hold, do):
                return True
        hold.fail()
    except Lost:
        logger.info("%s %s is in other hands.", model.__name__, key)
    return False


def succeeds(hold: Hold, do: Callable[[Hold], None]) -> bool:
    """Whether it went well. What an error says may be about the person, so the log has only its kind and place."""
    try:
        do(hold)
    except Lost:
        raise
    except Exception as error:
        place = extract_tb(error.__traceback__)[-1]
        name, key = type(hold.job).__name__, hold.job.pk
        logger.error("%s %s failed: %s at %s:%s", name, key, type(error).__name__, place.filename, place.lineno)
        return False
    return True


def left_alone(now: datetime) -> Q:
    """The condition that a job should be going on and gave no sign for as long as a lease."""
    untouched = Q(touched_at__lt=now - LEASE) | Q(touched_at=None, asked_at__lt=now - LEASE)
    return Q(progress__in=UNDER_WAY) & untouched


def is_left_alone(job: Job, now: datetime) -> bool:
    return job.progress in UNDER_WAY and (job.touched_at or job.asked_at) < now - LEASE


def revive(model: type[Job], key: int, now: datetime) -> bool:
    """Whether the job waits for a worker again because the last one is gone; true for one caller a lease."""
    found = model.objects.filter(left_alone(now), pk=key)
    return bool(found.update(progress=Progress.WAITING, touched_at=now))
