"""Work that takes longer than a reader should wait: done by the worker where there is one, else beside the request."""

from functools import partial
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connections, transaction
from django_tasks.base import Task


def hand_over(task: Task, *args: Any) -> None:
    """Have the task done once the transaction is sure.

    settings.BACKGROUND says by whom: "worker", a thread of this process, or at once ("here", for tests). A task handed
    over must be one that can be begun again: a thread and a worker both can be killed.
    """
    begin = {"worker": partial(task.enqueue, *args), "thread": partial(in_thread, task, *args), "here": partial(task.call, *args)}
    transaction.on_commit(begin[settings.BACKGROUND])


def in_thread(task: Task, *args: Any) -> None:
    Thread(target=run, args=(task, *args), daemon=True).start()


def run(task: Task, *args: Any) -> None:
    """The task with connections of its own, closed behind it."""
    close_old_connections()
    try:
        task.call(*args)
    finally:
        connections.close_all()
