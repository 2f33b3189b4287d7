"""A throw-away PostgreSQL on the loopback: made for one test session, gone after it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from tests import machine

USER = "steward"
WAIT = 30.0
# Hundreds of databases are made and dropped: in memory, where the system has a place for it.
MEMORY = Path("/dev/shm")
# What a test run need not survive is not written through.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def free_port() -> int:
    """A port on the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A running server. It refuses to run as root, so root runs it as Debian's `postgres`."""

    def __init__(self) -> None:
        bin_ = machine.postgres_bin()
        if bin_ is None:
            raise RuntimeError("PostgreSQL's server programs are missing: python tests/machine.py")
        self.bin = bin_
        where = MEMORY if os.access(MEMORY, os.W_OK) else None
        self.home = Path(tempfile.mkdtemp(prefix="steward-postgres-", dir=where))
        self.port = free_port()
        self.as_user: dict[str, Any] = {"cwd": self.home}
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres", "postgres")
            self.as_user |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        self._run("initdb", "-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C")
        self.server = self._start()

    def _run(self, name: str, *arguments: str) -> None:
        command = [str(self.bin / name), *arguments, "--no-sync"]
        done = subprocess.run(command, capture_output=True, text=True, **self.as_user)
        if done.returncode:
            raise RuntimeError(f"{name} failed: {done.stderr.strip()}")

    def _start(self) -> subprocess.Popen[bytes]:
        options = [part for setting in FAST for part in ("-c", setting)]
        options += ["-D", "data", "-h", "127.0.0.1", "-p", str(self.port), "-k", str(self.home)]
        with (self.home / "log").open("wb") as log:
            server = subprocess.Popen(
                [str(self.bin / "postgres"), *options], stdout=log, stderr=log, **self.as_user
            )
        until = time.monotonic() + WAIT
        while time.monotonic() < until and server.poll() is None:
            with contextlib.suppress(psycopg.OperationalError), self.connect():
                return server
            time.sleep(0.05)
        server.kill()
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.home / 'log').read_text()}")

    def connect(self, name: str = "postgres") -> psycopg.Connection[Any]:
        """A connection outside the app, without a transaction."""
        return psycopg.connect(
            f"postgresql://{USER}@127.0.0.1:{self.port}/{name}", autocommit=True, connect_timeout=5
        )

    def url(self, name: str) -> str:
        """The address of a database, as in DATABASE_URL."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database from a template that nobody is connected to; gives its address."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database and whoever is still connected to it."""
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop the server that was started here, and remove its files."""
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            try:
                self.server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        shutil.rmtree(self.home, ignore_errors=True)
