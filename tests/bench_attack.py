"""python -m tests.bench_attack: random bodies under attack, and what is left to see of them.

Every body is attacked with what is shown of it; every tenth also with nothing hidden. Exit code 1
when anybody is isolated by what is shown.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence

from modules.manage.attacking import audit
from tests.crowds import decided


def main(arguments: Sequence[str] | None = None) -> int:
    """Attack the bodies of so many seeds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--bodies", type=int, default=1000)
    asked.add_argument("--first", type=int, default=1000, help="the first seed")
    given = asked.parse_args(arguments)
    seen: Counter[str] = Counter()
    begun = time.process_time()
    for number in range(given.bodies):
        seed = given.first + number
        book = decided(seed)
        rows = {day: [row for row in rows if not row.hidden] for day, rows in book.months.items()}
        parts = {day: [one for one in parts if not one.hidden] for day, parts in book.parts.items()}
        found = audit(book, rows, parts)
        seen["shown units"] += sum(map(len, rows.values()))
        seen["units"] += sum(map(len, book.months.values()))
        seen["with a breakdown"] += any(parts.values())
        seen["programmes"] += found.tried
        seen["left out"] += found.left_out
        seen["isolated"] += bool(found.isolated)
        for one in found.isolated:
            print(f"seed {seed}, {one.month}: {one.value} of {one.people} by {one.how}: {one.sums}")
        if number % 10 == 0:
            seen["attacked with nothing hidden"] += 1
            seen["isolated with nothing hidden"] += bool(
                audit(book, book.months, book.parts).isolated
            )
        if sys.stderr.isatty():
            print(f"\r{number + 1}/{given.bodies}", end="", file=sys.stderr, flush=True)
    print(f"{given.bodies} bodies in {time.process_time() - begun:.0f} s of one processor")
    for name, count in seen.items():
        print(f"  {name}: {count}")
    return 1 if seen["isolated"] or seen["left out"] else 0


if __name__ == "__main__":
    sys.exit(main())
