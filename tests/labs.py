"""python -m tests.labs: every lab of every module over many seeds, with its time and memory."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from statistics import median, quantiles

from modules.commands.labs import Strategy, placed, played
from modules.course.uses import Use, lab_uses
from modules.labs import LABS, libraries
from modules.settings import ROOT, settings

TARGET_MS, MOST_MS = 1000.0, 2000.0
IN_CHILD = "--one"


def table(seeds: list[str], only: str) -> int:
    """Print a line for each lab and module; gives how many of them have something wrong."""
    uses = [use for use in lab_uses(settings().content) if only in ("", use.lab.name)]
    print(f"{len(seeds)} seeds, from “{seeds[0]}” to “{seeds[-1]}”; times in ms, warm, wall clock")
    print(
        f"{'lab':<20} {'module':<10} {'solve':>9} {'naive':>9} {'median':>7} {'p95':>7} "
        f"{'worst':>7} {'import s':>9} {'peak MB':>8}"
    )
    wrong = 0
    for use in uses:
        child = [sys.executable, "-m", "tests.labs", IN_CHILD, placed(use), json.dumps(seeds)]
        ran = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=False)
        if ran.returncode:
            print(f"{use.lab.name:<20} {placed(use):<10} stopped: {ran.stderr.strip()[-300:]}")
            wrong += 1
            continue
        told = json.loads(ran.stdout.splitlines()[-1])
        ms = told["ms"]
        p95 = quantiles(ms, n=20)[-1]
        faults = told["faults"]
        slow = p95 > MOST_MS
        print(
            f"{use.lab.name:<20} {placed(use):<10} {told['solve']:>4}/{len(seeds)} "
            f"{told['naive']:>4}/{len(seeds)} {median(ms):>7.0f} {p95:>7.0f} {max(ms):>7.0f} "
            f"{told['import']:>9.1f} {told['memory']:>8.0f}"
            + ("  slower than 1 s" if TARGET_MS < p95 <= MOST_MS else "")
            + ("  SLOWER THAN 2 S" if slow else "")
        )
        for fault in faults[:5]:
            print(f"    {fault}")
        wrong += bool(faults) or slow
    print("solve: passed, of all; naive: refused, of all. Both must be all of them.")
    return wrong


def child(use: Use, seeds: list[str]) -> dict[str, object]:
    """All seeds of one lab, in a process that has loaded nothing else."""
    began = time.perf_counter()
    if lost := libraries.missing(LABS[use.lab.name].LIBRARIES):
        raise SystemExit(f"{lost} cannot be imported")
    imported = time.perf_counter() - began
    played(use, "warm-up", Strategy.solve)
    ms, faults, memory = [], [], 0.0
    right = dict.fromkeys(Strategy, 0)
    for seed in seeds:
        for strategy in Strategy:
            one = played(use, seed, strategy)
            ms.append(one["ms"])
            memory = one["memory_mb"]
            if one["passed"] is (strategy is Strategy.solve):
                right[strategy] += 1
            else:
                said = "passed" if one["passed"] else "did not pass"
                failed = [check["key"] for check in one["checks"] if not check["passed"]]
                again = f"python -m modules lab run {use.lab.name} --seed {seed}"
                faults.append(f"{strategy} {said} {failed[:4]}: {again} --strategy {strategy}")
    return {
        "ms": ms,
        "faults": faults,
        "import": imported,
        "memory": memory,
        "solve": right[Strategy.solve],
        "naive": right[Strategy.naive],
    }


def main() -> None:
    """Run all, or one lab."""
    if sys.argv[1:2] == [IN_CHILD]:
        use = next(one for one in lab_uses(settings().content) if placed(one) == sys.argv[2])
        print(json.dumps(child(use, json.loads(sys.argv[3]))))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--lab", default="")
    given = parser.parse_args()
    seeds = [str(number) for number in range(1, given.seeds + 1)]
    sys.exit(1 if table(seeds, given.lab) else 0)


if __name__ == "__main__":
    main()
