"""A line to the server that a test can cut: before the question has arrived, or once the answer is on its way."""

import re
import socket
import threading
from contextlib import closing, suppress

# How the site says that it has saved: to its script, and to a browser without one.
SAVED = re.compile(rb"HTTP/1\.\d (204|302) ")


class Wire:
    """Passes bytes on from a port of its own; `cut` says what happens to the next POST: "asking", "answering" or nothing."""

    def __init__(self, host, port):
        self.server, self.cut, self.is_down = (host, port), None, False
        self.door = socket.create_server((host, 0))
        self.url = f"http://{host}:{self.door.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        with suppress(OSError):
            while True:
                caller, _ = self.door.accept()
                threading.Thread(target=self.serve, args=(caller,), daemon=True).start()

    def serve(self, caller):
        """One call, a question at a time, until somebody hangs up or the line is cut."""
        with suppress(OSError), closing(caller), closing(socket.create_connection(self.server)) as server:
            threading.Thread(target=self.answer, args=(server, caller), daemon=True).start()
            while not self.is_down and (part := caller.recv(65536)):
                if self.is_down:
                    break
                if self.cut == "asking" and part.startswith(b"POST"):
                    self.is_down = True
                    server.sendall(part[: len(part) // 2])
                    break
                server.sendall(part)

    def answer(self, server, caller):
        """What the server says goes back, unless the answer is what gets lost; by then the server has done its work."""
        with suppress(OSError):
            while part := server.recv(65536):
                if self.cut == "answering" and SAVED.match(part):
                    self.is_down = True
                if self.is_down:
                    break
                caller.sendall(part)
            caller.shutdown(socket.SHUT_RDWR)

    def mend(self):
        self.cut, self.is_down = None, False

    def close(self):
        self.door.close()
