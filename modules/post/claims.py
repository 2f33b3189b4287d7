"""Who sends: a name for this process that others on the machine can see is gone."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

LEASE = timedelta(minutes=20)
"""How long somebody who is not heard of keeps a claim: longer than a server may take to answer."""


def own() -> str:
    """A new claim of this process: machine, process and its start, and which run it is."""
    pid = os.getpid()
    return "|".join((_machine(), str(pid), _started(pid), secrets.token_hex(4)))


def gone(claim: str) -> bool:
    """Whether the process behind a claim is certainly gone. False for another machine's."""
    machine, _, rest = claim.partition("|")
    parts = rest.split("|")
    if machine != _machine() or len(parts) != 3 or not parts[0].isdigit() or not parts[1]:
        return False
    # A number that was given again belongs to a process that began at another time.
    return _started(int(parts[0])) != parts[1]


def _machine() -> str:
    """This machine since its start, and the space in which its process numbers count.

    Two containers can share a name and number their processes alike.
    """
    boot = space = ""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = str(Path("/proc/self/ns/pid").readlink())
    return f"{socket.gethostname()}/{boot}/{space}"


def _started(pid: int) -> str:
    """When a process began, in ticks since the machine did; "" when there is none or unknown."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = told.rpartition(")")[2].split()
    # A process that has ended and was not yet waited for does nothing any more.
    return "" if fields[0] in ("Z", "X") else fields[19]
