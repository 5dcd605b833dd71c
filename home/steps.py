"""One line for each step of a long piece of work: what it is, how far it has come, how long it took. Pure."""

import sys
import time
from types import TracebackType
from typing import TextIO


class Step:
    """A line such as "1/5 Making .venv … done in 4 s"; notes replace one another on it while the work goes on."""

    def __init__(self, title: str, stream: TextIO | None = None):
        self.line = f"{title} … "
        self.stream = stream or sys.stdout
        self.outcome = ""
        self.started = time.monotonic()

    def __enter__(self) -> "Step":
        self.write(self.line)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.note("")
        self.write(f"{self.ending() if kind is None else 'stopped'}\n")

    def note(self, text: str) -> None:
        """Show how far the work is; on a terminal only, for a file has no line to go back to."""
        if self.stream.isatty():
            self.write(f"\r\x1b[K{self.line}{text}")

    def ending(self) -> str:
        seconds = time.monotonic() - self.started
        return self.outcome or (f"done in {seconds:.0f} s" if seconds >= 1 else "done")

    def write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
