"""Kill a process that sends mail, again and again, and look at what the mail server got."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from db import outbox
from db.engine import reading, writing
from db.outbox import MAIL
from tests.postgres import free_port
from tests.server import ROOT

LINE = len(f"<{'x' * 36}@fernleigh.example> p1000@fernleigh.example\n")


@dataclass(frozen=True)
class Seen:
    """What came of it."""

    planned: set[str]
    arrived: set[str]
    unconfirmed: set[str]
    # The most often that one mail was taken.
    most: int
    # Mails that are neither sent nor unconfirmed.
    open: int
    kills: int
    seconds: float


def plan(world, mails):
    """So many mails that are due, one a day to one person."""
    amira = world.viewer("amira")
    with writing() as session:
        outbox.put(
            session,
            [
                {
                    "org_id": amira.org_id,
                    "person_id": amira.person_id,
                    "key": str(number),
                    "kind": "duties",
                    "facts": {"n": number},
                    "day": date(2000, 1, 1) + timedelta(days=number),
                    "next_at": world.now,
                }
                for number in range(mails)
            ],
            now=world.now,
        )
    with reading() as session:
        return {str(one) for one in session.connection().execute(select(MAIL.id)).scalars()}


def states():
    """By mail, its state."""
    with reading() as session:
        return {str(row.id): row.state for row in session.connection().execute(select(MAIL))}


def kill_on_the_way(world, url: str, folder: Path, *, mails: int, kills: int) -> Seen:
    """Plan mails, and kill the sender at moments drawn at random until it was killed so often."""
    planned, file, port = plan(world, mails), folder / "taken", free_port()
    file.touch()
    sink = subprocess.Popen(
        [sys.executable, "-m", "tests.post_sink", str(port), str(file)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "STEWARD_SMTP_HOST": "127.0.0.1",
        "STEWARD_SMTP_PORT": str(port),
        "STEWARD_SMTP_FROM": "steward@fernleigh.example",
        "STEWARD_SMTP_STARTTLS": "false",
        "STEWARD_PUBLIC_URL": "http://steward.test",
    }
    killed, began = 0, time.monotonic()
    try:
        sink.stdout.readline()
        # Each kill somewhere within its share of the mails.
        for number in range(kills + 1):
            at = int(mails * (number + random.random()) / (kills + 1))
            sender = subprocess.Popen(
                [sys.executable, "-m", "tests.post_sender"], cwd=ROOT, env=environment
            )
            ends = time.monotonic() + 300
            while sender.poll() is None and time.monotonic() < ends:
                if number < kills and taken(file) >= at:
                    # Anywhere within what it does for one mail.
                    time.sleep(random.random() * 0.02)
                    sender.kill()
                    killed += 1
                    break
                time.sleep(0.002 if number < kills else 0.05)
            sender.wait(timeout=30)
    finally:
        sink.stdin.close()
        sink.wait(timeout=30)
    counts = Counter(line.split()[0] for line in file.read_text().splitlines())
    found = states()
    return Seen(
        planned=planned,
        arrived={one.strip("<>").partition("@")[0] for one in counts},
        unconfirmed={one for one, state in found.items() if state == "unconfirmed"},
        most=max(counts.values()),
        open=sum(state not in ("sent", "unconfirmed") for state in found.values()),
        kills=killed,
        seconds=time.monotonic() - began,
    )


def taken(file: Path) -> int:
    """How many mails the server has taken, from the size of its list: all lines are alike."""
    return file.stat().st_size // LINE
