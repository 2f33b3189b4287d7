"""python -m tests.bench_import [--files N] [--seed S]: mutated question files, large sound ones.

Exit 1 when a file crashed a reader, took longer than two seconds, or let something be written.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import traceback
from collections import defaultdict

import structlog

from modules.basics import StewardError
from tests.question_files import AIKEN, GIFT, cases, every, read, sound, watched

SLOWEST = 2.0
"""Seconds that one file may take."""


class Told:
    """What became of a format's files."""

    def __init__(self) -> None:
        self.files = self.read = self.refused = self.questions = 0
        self.seconds = self.slowest = 0.0


def fuzz(files: int, seed: int) -> bool:
    """Read so many mutated files; whether all went as it should."""
    told: dict[str, Told] = defaultdict(Told)
    names = every()
    for name in names:
        sound(name)  # made before anybody looks at what is written
    crashed = slow = 0
    with watched() as written:
        for n, (name, said, data) in enumerate(cases(names, files, seed)):
            one = told[names[n % len(names)]]
            one.files += 1
            began = time.perf_counter()
            try:
                bank = read(name, said, data)
                one.read += 1
                one.questions += len(bank.items)
            except StewardError:
                one.refused += 1
            except Exception:
                crashed += 1
                print(f"file {n} (seed {seed}), {name}, said {said}:")
                traceback.print_exc(limit=-3)
            took = time.perf_counter() - began
            one.seconds += took
            one.slowest = max(one.slowest, took)
            slow += took > SLOWEST
    print("| format | files | read | refused whole | questions | mean, ms | slowest, ms |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, one in told.items():
        mean, slowest = 1000 * one.seconds / one.files, 1000 * one.slowest
        print(
            f"| {name} | {one.files:,} | {one.read:,} | {one.refused:,} | {one.questions:,} "
            f"| {mean:.1f} | {slowest:.0f} |"
        )
    for one in written[:20]:
        print(one)
    print(f"{crashed} crashed, {slow} took over {SLOWEST:g} s, {len(written)} things were written.")
    return not (crashed or slow or written)


N = 300_000
HOSTILE = {
    "answers": ("gift", "Q {" + "=~" * N + "}"),
    "braces": ("gift", "{\n\n" * N),
    "questions without an end": ("gift", "Q {\n\n= a\n\n" * N),
    "tags without an end": ("gift", "//" + "[tag:" * N + "\nQ {T}"),
    "titles": ("gift", "::" * N + "{T}"),
    "elements in each other": ("gift", "[html]" + "<b>" * 60_000 + "{T}"),
    "elements beside each other": ("gift", "[html]" + "<b>x</b> " * 20_000 + "{T}"),
    "brackets of Markdown": ("gift", "[markdown]" + "[" * 19_000 + "{T}"),
    "stars of Markdown": ("gift", "[markdown]" + "*a **b " * 2_700 + "{T}"),
    "signs": ("gift", "`a _ * " * 25_000 + "{T}"),
    "options": ("aiken", "Q\n" + "A. x\n" * N + "ANSWER: A\n"),
    "paragraphs": ("aiken", "Q\n\n" * N + "A. x\nB. y\nANSWER: A\n"),
    "rows": ("csv", "question,a,b,answer\n" + "Q,x,y,A\n" * 5_000),
    "answers of a gap": ("csv", 'question,answer\nQ,"' + "|".join(map(str, range(15_000))) + '"\n'),
    "gaps": ("csv", 'question,answer\n"' + "___ " * 20_000 + '",x\n'),
}
"""Texts made to take long, by what there is too much of."""


def hostile() -> bool:
    """Read each; whether none took too long."""
    print("\n| hostile file | format | MB | became | seconds |")
    print("|---|---|--:|---|--:|")
    fine = True
    for name, (format, text) in HOSTILE.items():
        data = text.encode()
        began = time.perf_counter()
        try:
            bank = read(f"a.{format}", format, data)
            told = f"{len(bank.items):,} questions, {len(bank.refused):,} refused"
        except StewardError:
            told = "refused whole"
        took = time.perf_counter() - began
        fine = fine and took <= SLOWEST
        print(f"| {name} | {format} | {len(data) / 1e6:.1f} | {told} | {took:.2f} |")
    return fine


def large() -> None:
    """Sound files of growing size: twice the questions take twice the time."""
    print("\n| sound file | questions | MB | seconds |")
    print("|---|--:|--:|--:|")
    for name, text, each in (("gift", GIFT, 8), ("aiken", AIKEN, 2)):
        for times in (100, 200, 400):
            data = "\n\n".join([text] * times).encode()
            began = time.perf_counter()
            bank = read(f"a.{name}", name, data)
            took = time.perf_counter() - began
            assert len(bank.items) == each * times
            print(f"| {name} | {len(bank.items):,} | {len(data) / 1e6:.1f} | {took:.2f} |")


if __name__ == "__main__":
    # What a reader logs of each damaged document is not what is measured.
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet)
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    fine = fuzz(chosen.files, chosen.seed) & hostile()
    large()
    sys.exit(0 if fine else 1)
