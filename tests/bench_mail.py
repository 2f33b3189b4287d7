"""python -m tests.bench_mail: 10,000 due mails though their sender is killed five times."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from db import engine
from tests.conftest import fill
from tests.killing import kill_on_the_way
from tests.postgres import Cluster
from tests.world import World

MAILS, KILLS = 10_000, 5


def tried(url: str, kind: str, mails: int) -> bool:
    """Say what came of it on one database; whether it was as it must be."""
    os.environ["DATABASE_URL"] = url
    engine.engine.cache_clear()
    fill(url, world=True)
    with tempfile.TemporaryDirectory() as folder:
        seen = kill_on_the_way(World(), url, Path(folder), mails=mails, kills=KILLS)
    engine.engine().dispose()
    once = len(seen.arrived) if seen.most == 1 else 0
    print(
        f"{kind}: {mails} due, sender killed {seen.kills} times, {len(seen.arrived)} arrived, "
        f"none more than {seen.most} time, {len(seen.unconfirmed)} told as not confirmed "
        f"({len(seen.unconfirmed - seen.arrived)} of them not arrived), {seen.seconds:.0f} s",
        flush=True,
    )
    return once + len(seen.unconfirmed - seen.arrived) == mails and seen.open == 0


def main(mails: int) -> None:
    """Both databases."""
    cluster = Cluster()
    try:
        with tempfile.TemporaryDirectory() as folder:
            well = tried(f"sqlite:///{folder}/mail.db", "SQLite", mails)
        well = tried(cluster.create("mail"), "PostgreSQL", mails) and well
    finally:
        cluster.stop()
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MAILS)
