"""How long validation takes: of the whole content, and of one module after a word was typed.

Run: make bench-content
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from modules.course import check
from modules.course.files.folder import texts
from modules.drafts import looking
from modules.settings import settings

COMMAND = [sys.executable, "-m", "modules", "content", "check"]


def main() -> None:
    """Print each figure with what it measures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=40, help="changes for each module")
    times = options.parse_args().times
    root = settings().content

    for name, more in (("all tried", ["--thorough"]), ("what passed remembered", [])):
        _command(more)  # the files in the machine's memory, and something to remember
        took = [_command(more) for _ in range(3)]
        print(f"content check, a new process, {name}: median {median(took):,.0f} ms processor time")
    check.problems(root)
    begin = time.perf_counter()
    check.problems(root)
    print(f"whole content, read again: {_ms(begin):,.0f} ms")

    shipped = looking.shipped(root)
    every: list[float] = []
    for slug in sorted(path.parent.name for path in root.glob("*/module.yaml")):
        files, _ = texts(root, slug)
        looking.problems(files, slug, shipped)
        took = [_typed(root, slug, files, number) for number in range(times)]
        every += took
        print(
            f"{slug}: median {median(took):.1f} ms, slowest {max(took):.1f} ms of {times} changes"
        )
    print(f"one module after a change of one file: median {median(every):.1f} ms processor time")
    print(f"at most 50 ms: {sum(one <= 50 for one in every) / len(every):.1%} of {len(every)}")


def _command(more: list[str]) -> float:
    """Processor time of the command, its start included; milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*COMMAND, *more], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def _typed(root: Path, slug: str, files: dict[str, str], number: int) -> float:
    """Type one letter more into one of the files, and check the module; milliseconds."""
    paths = sorted(path for path in files if path.endswith((".en.yaml", ".en.md")))
    path = paths[number % len(paths)]
    text = files[path]
    # The end of some sentence: a long text, and another one each time.
    ends = [at for at in range(len(text) - 1) if text[at] == "." and text[at + 1] in "\n "]
    at = ends[(number * 7919) % len(ends)] if ends else len(text)
    typed = {**files, path: f"{text[:at]}{'x' * (number + 1)}{text[at:]}"}
    # Processor time: on a quiet machine that is how long somebody waits.
    begin = time.process_time()
    looking.problems(typed, slug, looking.shipped(root))
    return (time.process_time() - begin) * 1000


def _ms(begin: float) -> float:
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
