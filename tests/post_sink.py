"""A mail server in a process of its own, for tests in which senders are killed.

`python -m tests.post_sink PORT FILE`: each mail that it takes is a line of FILE, its Message-ID and
its recipient, written before the answer. It runs until its input is closed.
"""

from __future__ import annotations

import asyncio
import os
import sys
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Takes everything."""

    def __init__(self, file: Path) -> None:
        self.file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep who got which mail; then say that it is ours."""
        mail = message_from_bytes(envelope.content)
        os.write(self.file, f"{mail['Message-ID']} {envelope.rcpt_tos[0]}\n".encode())
        # A real server takes a moment, in which its client may die.
        await asyncio.sleep(0.001)
        return "250 Taken"


def main(port: int, file: Path) -> None:
    """Serve until the input ends."""
    controller = Controller(Sink(file), hostname="127.0.0.1", port=port)
    controller.start()
    print("ready", flush=True)
    sys.stdin.read()
    controller.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
