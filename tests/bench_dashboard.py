"""python -m tests.bench_dashboard: what leads wait for at a million people, on both databases.

The data are made once for each database under var/bench/ and used again while the tables and
`tests/million.py` stay as they are. Cold means a database file that is not in memory and a process
that has not asked before.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime

from db import engine as engines
from tests.bench_pages import listed, month_end, pages, written
from tests.bench_queries import queries
from tests.bench_store import opened


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--database", choices=("SQLite", "PostgreSQL"), action="append")
    parser.add_argument("--pages", action="store_true", help="the pages alone, no single queries")
    parser.add_argument("--delete", action="store_true", help="delete the data at the end")
    given = parser.parse_args(arguments)
    print(f"python -m tests.bench_dashboard {' '.join(arguments)}")
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}")
    # A server on PostgreSQL does not start without one.
    os.environ.setdefault("STEWARD_SECRET_KEY", "bench-only-51d0c7a9e2f84b36-of-no-worth")
    now = datetime.now(UTC)
    for kind in given.database or ("SQLite", "PostgreSQL"):
        store = opened(kind, given.people)
        try:
            print(f"\n## {kind}: {given.people:,} people, {store.size():.1f} GB on disk")
            if not given.pages:
                queries(store, now)
            listed(store, now)
            written(store, now)
            pages(store)
            month_end(store)
        finally:
            store.close()
            engines.engine.cache_clear()
            if given.delete:
                store.delete()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
