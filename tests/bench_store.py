"""A database with a million people in it for the bench: made once, kept, put out of memory."""

from __future__ import annotations

import hashlib
import os
import shutil
import statistics
from dataclasses import dataclass
from pathlib import Path

from tests import million
from tests.postgres import Cluster, free_port
from tests.server import ROOT

HOME = ROOT / "var" / "bench"


class Kept(Cluster):
    """A PostgreSQL whose data stay in a folder; otherwise as the tests have it."""

    def __init__(self, home: Path) -> None:
        from tests import machine

        bin_ = machine.postgres_bin()
        if bin_ is None:
            raise RuntimeError("PostgreSQL's server programs are missing: python tests/machine.py")
        self.bin, self.home, self.port = bin_, home, free_port()
        home.mkdir(parents=True, exist_ok=True)
        self.as_user = {"cwd": home}
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
            self.as_user |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        if not (home / "data").exists():
            self._run("initdb", "-D", "data", "-U", "steward", "-A", "trust", "-E", "UTF8")
            with (home / "data" / "postgresql.conf").open("a") as settings:
                settings.write("shared_buffers = 512MB\nmax_wal_size = 4GB\nmax_connections = 60\n")
        self.server = self._start()


@dataclass(frozen=True)
class Store:
    """One database with the body in it, and how its files are taken out of memory."""

    name: str
    url: str
    files: Path
    cluster: Kept | None

    def forget(self) -> None:
        """Nothing of it is in memory; PostgreSQL starts anew."""
        if self.cluster:
            self.cluster.server.terminate()
            self.cluster.server.wait(60)
        for path in self.files.parent.glob(f"{self.files.name}*"):
            for one in path.rglob("*") if path.is_dir() else [path]:
                if one.is_file():
                    with one.open("rb") as file:
                        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if self.cluster:
            self.cluster.server = self.cluster._start()

    def close(self) -> None:
        """End what was started for it."""
        if self.cluster:
            self.cluster.server.terminate()
            self.cluster.server.wait(60)

    def delete(self) -> None:
        """Take the data away again."""
        for path in HOME.glob(f"{self.files.name}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def size(self) -> float:
        """How much disk it takes, in GB."""
        paths = self.files.rglob("*") if self.files.is_dir() else [self.files]
        return sum(one.stat().st_size for one in paths if one.is_file()) / 1e9


def opened(kind: str, number: int) -> Store:
    """The database with a body of so many, made when it is not there."""
    HOME.mkdir(parents=True, exist_ok=True)
    sources = sorted((ROOT / "db" / "migrations" / "versions").glob("*.py"))
    sources.append(ROOT / "tests" / "million.py")
    state = hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()
    files = HOME / (f"dashboard-{number}.db" if kind == "SQLite" else f"postgresql-{number}")
    mark = HOME / f"{files.name}.made"
    ready = mark.exists() and mark.read_text() == state
    if not ready:
        for path in HOME.glob(f"{files.name}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    cluster = Kept(files) if kind != "SQLite" else None
    url = f"sqlite:///{files}"
    if cluster:
        url = cluster.url("million") if ready else cluster.create("million")
        url = url.replace("postgresql://", "postgresql+psycopg://")
    store = Store(kind, url, files, cluster)
    if not ready:
        counted = million.build(url, number)
        print(f"Roll-up of {10 * number:,} completions counted from nothing: {counted:.0f} s")
        mark.write_text(state)
    return store


def told(values: list[float]) -> str:
    """Median and quartiles."""
    if len(values) < 4:
        return f"{statistics.median(values):.1f}"
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return f"{middle:.1f} ({low:.1f}–{high:.1f})"
