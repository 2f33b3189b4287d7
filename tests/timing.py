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
        from tests import world as made
        from tests.course import use_one_module
        from tests.data.accounts import GOOD, OTHER, Browser, Clock, with_passphrase

        use_one_module()
        migrating.migrate(engine())
        with writing() as session:
            made.make(session)
        start.preload()
        world = made.World()
        for who in ("amira", "dev"):
            with_passphrase(world, who)
        world.leave("dev")
        kinds = {
            "unknown person": ("nobody@fernleigh.example", OTHER),
            "wrong pass-phrase": (world.email("amira"), OTHER),
            "no account": (world.email("ben"), OTHER),
            "deactivated, right pass-phrase": (world.email("dev"), GOOD),
        }
        browser = Browser(Clock(world.now))
        browser.get("/sign-in")
        taken: dict[str, list[float]] = {}
        # In turn, so that a busy machine is equally busy for all.
        for _ in range(ROUNDS):
            for path in ("sign in", "new link"):
                for kind, (email, passphrase) in kinds.items():
                    with writing() as session:
                        session.connection().execute(delete(core(Brake)))
                    began = time.perf_counter()
                    if path == "sign in":
                        done = browser.sign_in(email, passphrase)
                    else:
                        done = browser.post("/auth/forgotten", email=email)
                    spent = (time.perf_counter() - began) * 1000
                    assert done.status_code == (403 if path == "sign in" else 200)
                    taken.setdefault(f"{path}: {kind}", []).append(spent)
        print(f"{ROUNDS} each, in turn; load {os.getloadavg()[0]:.1f}\n")
        for name, all_of_it in taken.items():
            low, middle, high = statistics.quantiles(all_of_it, n=4)
            print(f"{name:45} median {middle:7.1f}   quartiles {low:7.1f} to {high:7.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
