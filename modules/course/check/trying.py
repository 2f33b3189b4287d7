"""A lab tried with a module's options: the reference solution passes, and the naive one fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from modules.course.check import remembered
from modules.labs import LABS, OWN, LibraryMissing

SEEDS = tuple(f"content-check-{number}" for number in range(2))


@dataclass(frozen=True)
class Given:
    """A lab with its options, equal to another one whose structure is the same.

    What is typed into its texts makes no other lab of it, as long as this process runs.
    """

    name: str
    written: str
    options: Any = field(compare=False)


@lru_cache(maxsize=64)
def tried(given: Given) -> tuple[str, bool]:
    """What is wrong with a lab ("" for nothing), and whether content cannot go out so."""
    if LABS[given.name] is not OWN.get(given.name):
        return _tried(given)  # the code of a package's lab may change without its version
    # Loading a lab's libraries takes up to a second.
    checked = ("lab", given.name, given.written, given.options.model_dump_json(), *SEEDS)
    if remembered.passed(*checked):
        return "", True
    found = _tried(given)
    if found == ("", True):
        remembered.remember(*checked)
    return found


def _tried(given: Given) -> tuple[str, bool]:
    lab, options = LABS[given.name], given.options
    tries = (("reference solution", lab.solve, True), ("naive solution", lab.naive, False))
    for seed in SEEDS:
        for name, attempt, passes in tries:
            try:
                right = lab.grade(attempt(lab.start(options, seed))).right
            except LibraryMissing as missing:
                return f"nothing could be tried on this machine: {missing}", False
            except Exception as error:  # a lab's own fault must not hide the others
                return f"the {name} stops with {type(error).__name__}: {error} (seed {seed})", True
            if right is not passes:
                return f"the {name} {'fails' if passes else 'passes'} (seed {seed})", True
    return "", True
