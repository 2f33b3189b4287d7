"""The real server as a process of its own: started, waited for, killed hard, started again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

import httpx

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
WAIT = 180.0


def seed(url: str, *, people: int = 300, number: int = 7, **settings: str) -> str:
    """Make the demo body in an empty database with the command that people use; gives `url`."""
    command = ["-m", "modules", "seed", "--people", str(people), "--seed", str(number)]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, **settings},
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode:
        raise RuntimeError(f"seeding failed: {done.stderr.strip()[-2000:]}")
    return url


class Server:
    """Steward on a free port of the loopback, with a database of its own."""

    def __init__(self, database_url: str, **settings: str) -> None:
        self.database_url, self.settings = database_url, settings
        self.port = free_port()
        self.log = Path(tempfile.mkstemp(prefix="steward-server-", suffix=".log")[1])
        self.process: subprocess.Popen[bytes] | None = None
        # Seconds from starting the process to its first healthy answer.
        self.seconds = 0.0

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self.process is not None
        return self.process.pid

    def start(self) -> Server:
        """Start, and wait until it is healthy. Raises with the end of its log if it is not."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "modules", "serve"],
                cwd=ROOT,
                env={
                    **os.environ,
                    "DATABASE_URL": self.database_url,
                    "PORT": str(self.port),
                    # Tests start many servers; most open no lab.
                    "STEWARD_WARM_LABS": "false",
                    **self.settings,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while time.monotonic() - began < WAIT and self.process.poll() is None:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/healthz", timeout=5, trust_env=False).status_code == 200:
                    self.seconds = time.monotonic() - began
                    return self
            time.sleep(0.02)
        tail = self.said()[-3000:]
        self.kill()
        raise RuntimeError(f"the server did not become healthy within {WAIT:.0f} s:\n{tail}")

    def said(self) -> str:
        """Its log so far."""
        return self.log.read_text("utf-8", "replace")

    def kill(self) -> None:
        """Kill it hard: no handler runs, nothing is flushed."""
        if self.process is not None and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)

    def restart(self) -> Server:
        """Kill it hard and start it again on the same port and database."""
        self.kill()
        return self.start()

    def stop(self) -> None:
        """End it as its operator would, and hard when it does not end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
        self.log.unlink(missing_ok=True)

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            print(f"--- the server said:\n{self.said()[-4000:]}", file=sys.stderr)
        self.stop()
