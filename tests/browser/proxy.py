"""A wire between two programs on the loopback that can be cut and mended."""

from __future__ import annotations

import contextlib
import socket
import threading

from tests.postgres import free_port


class Wire:
    """Passes bytes on to a port. Cut: open connections die at once, new ones are refused."""

    def __init__(self, to: int) -> None:
        self.to, self.port = to, free_port()
        self._lock = threading.Lock()
        self._ends: set[socket.socket] = set()
        self._door: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        """Let connections through, from now on."""
        door = socket.create_server(("127.0.0.1", self.port))
        self._door = door
        threading.Thread(target=self._admit, args=(door,), daemon=True).start()

    def cut(self) -> None:
        """Break everything that is open, and refuse what comes."""
        with self._lock:
            door, self._door = self._door, None
            ends, self._ends = self._ends, set()
        if door is not None:
            # A thread that waits in accept keeps a closed socket listening.
            with contextlib.suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
            door.close()
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _admit(self, door: socket.socket) -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.to), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                open_ = self._door is door
                if open_:
                    self._ends |= {near, far}
            if not open_:
                near.close()
                far.close()
                return
            for one, other in ((near, far), (far, near)):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            with self._lock:
                self._ends.discard(end)
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
