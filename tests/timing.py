"""python -m tests.timing: does the time of a refusal tell who has an account? Medians, in ms."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = int(os.environ.get("ROUNDS", "60"))


def main() -> int:
    """Measure refusals of every kind in turn, in process, with the real hashing."""
    with tempfile.TemporaryDirectory(prefix="steward-timing-") as home:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(home) / 'timing.db'}"
        os.environ.setdefault("STEWARD_SECRET_KEY", "timing-only-8f1c0d27e6b94a53-of-no-worth")
        os.environ["STEWARD_SMTP_HOST"] = "127.0.0.1"
        os.environ["STEWARD_SMTP_PORT"] = "9"
        os.environ["STEWARD_SMTP_FROM"] = "steward@example.org"
        os.environ["STEWARD_PUBLIC_URL"] = "https://steward.example.org"
        from sqlalchemy import delete

        from db import migrating
        from db.engine import engine, writing
        from db.tables import Brake, core
        from modules.api import start
        from modules.identity import links
        from tests import world as made
        from tests.course import use_one_module
        from tests.data.accounts import (
            GOOD,
            OTHER,
            Browser,
            Clock,
            link,
            with_passphrase,
            with_second,
        )

        use_one_module()
        migrating.migrate(engine())
        with writing() as session:
            made.make(session)
        start.preload()
        world = made.World()
        for who in ("amira", "dev"):
            with_passphrase(world, who)
        world.leave("dev")
        with_second(world, "tom")
        link(world, "cora", links.INVITE)
        kinds = {
            "unknown person": ("nobody@fernleigh.example", OTHER),
            "wrong pass-phrase": (world.email("amira"), OTHER),
            "wrong, with a second factor": (world.email("tom"), OTHER),
            "no account": (world.email("ben"), OTHER),
            "invited, nothing chosen yet": (world.email("cora"), GOOD),
            "deactivated, right pass-phrase": (world.email("dev"), GOOD),
        }
        browser = Browser(Clock(world.now))
        browser.get("/sign-in")
        taken: dict[str, list[float]] = {}
        listed = list(kinds.items())

        def timed(path: str, kind: str, expected: int, **fields: str) -> None:
            began = time.perf_counter()
            done = browser.post("/auth/local" if path == "sign in" else "/auth/forgotten", **fields)
            taken.setdefault(f"{path}: {kind}", []).append((time.perf_counter() - began) * 1000)
            assert done.status_code == expected

        # In turn, so that a busy machine is equally busy for all; and each after each other.
        for number in range(ROUNDS):
            for path in ("sign in", "new link"):
                turn = number % len(listed)
                for kind, (email, passphrase) in listed[turn:] + listed[:turn]:
                    with writing() as session:
                        session.connection().execute(delete(core(Brake)))
                    if path == "sign in":
                        timed(path, kind, 403, email=email, passphrase=passphrase)
                        continue
                    timed(path, kind, 200, email=email)
                    # The mail is made after the answer: does what is asked next wait for it?
                    timed("right after it", kind, 200, email="somebody@elsewhere.example")
        print(f"{ROUNDS} each, in turn; load {os.getloadavg()[0]:.1f}\n")
        medians: dict[str, list[float]] = {}
        for name, all_of_it in taken.items():
            low, middle, high = statistics.quantiles(all_of_it, n=4)
            medians.setdefault(name.partition(":")[0], []).append(middle)
            print(f"{name:45} median {middle:7.1f}   quartiles {low:7.1f} to {high:7.1f}")
        for path, found in medians.items():
            print(f"{path}: largest median / smallest {max(found) / min(found):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
